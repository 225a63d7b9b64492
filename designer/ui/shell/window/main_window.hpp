// One window: menus, tool bar, panels at three sides, documents in the middle. It knows nothing of what a document is:
// whoever furnishes it gives it panels, pages and the work of its commands.
#pragma once

#include <QMainWindow>
#include <functional>

#include "designer/ui/shell/commands/action_registry.hpp"
#include "designer/ui/shell/documents/document_page.hpp"

namespace weir::designer {

class CommandField;
class DocumentArea;
class PanelDock;
class Settings;
class StatusBar;
struct WindowSession;

enum class Side : std::uint8_t { Left, Right, Bottom };

class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(Settings& settings);

  Settings& settings() { return settings_; }
  ActionRegistry& actions() { return actions_; }
  DocumentArea& documents() { return *documents_; }
  CommandField& commandField() { return *commandField_; }
  StatusBar& status() { return *status_; }
  PanelDock& dock(Side side) { return *docks_[static_cast<std::size_t>(side)]; }

  // A dock is shown from its first panel on.
  void addPanel(Side side, const QString& id, const QString& title, QWidget* panel);
  // Shows or hides a dock as the user would: from then on the width of the window does not decide.
  void setDockShown(Side side, bool shown);

  // Asked before the window closes; false keeps it open. Asks about unsaved work of all tabs at once.
  void setCloseGuard(std::function<bool()> mayClose) { mayClose_ = std::move(mayClose); }
  // Where the runner is, for the settings; empty: nowhere.
  void setFoundWeir(const QString& path) { foundWeir_ = path; }
  // Where the documents are; empty: nowhere, and there is no command for them. Once.
  void setDocsFolder(const QString& folder);

  WindowSession session() const;
  bool isNarrow() const { return narrow_; }
  // All but the files.
  void restore(const WindowSession& session);

 Q_SIGNALS:
  // A file was chosen: in a dialog, from the list of recent ones, or dropped.
  void openRequested(const QString& path);
  void closeRequested(weir::designer::DocumentPage* page);
  void sessionChanged();  // tabs or the current one
  void closing();         // it will not come back
  // There is room for less, or for everything again. What folds then does so once: in between the user decides.
  void narrowChanged(bool narrow);

 protected:
  void closeEvent(QCloseEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void makeDocks();
  void handleOwnCommands();
  void updateTitle();
  void updateCommands();
  void fold();
  void setNarrow(bool narrow);
  void openFiles();
  void showSettings();

  Settings& settings_;
  ActionRegistry actions_;
  DocumentArea* documents_;
  CommandField* commandField_;
  StatusBar* status_;
  std::array<PanelDock*, 3> docks_{};
  std::function<bool()> mayClose_;
  QString foundWeir_;
  bool narrow_ = false;
  bool folded_ = false;  // the inspector, because the window is narrow
};

}  // namespace weir::designer
