// A side of the window: one panel below its title, or several behind tabs. It cannot be torn off.
#pragma once

#include <QDockWidget>

class QLabel;
class QStackedWidget;
class QTabBar;

namespace weir::designer {

class PanelDock : public QDockWidget {
  Q_OBJECT

 public:
  // `id` names the dock in what a window remembers. `wanted` is its size in the direction it can be pulled.
  PanelDock(const QString& id, const QString& title, QSize wanted, QWidget* parent = nullptr);

  // Takes the panel over. `id` is for the calls below.
  void addPanel(const QString& id, const QString& title, QWidget* panel);
  void showPanel(const QString& id);  // and the dock
  QString currentPanel() const;
  int panelCount() const;
  // A number behind the title in the tab: "Problems 3". Zero shows none.
  void setCount(const QString& id, int count);
  // Whether a panel that counts nothing folds to its title, until somebody asks for one.
  void setFoldsWhenEmpty(bool folds);
  bool isFolded() const { return folded_; }

  QSize wantedSize() const { return wanted_; }

 private:
  struct Panel {
    QString id;
    QString title;
    int count = 0;
    bool counts = false;
  };
  int indexOf(const QString& id) const;
  void updateHeader();
  void updateFold();
  void ask();

  QSize wanted_;
  QList<Panel> panels_;
  QWidget* header_;
  QLabel* title_;
  QTabBar* tabs_;
  QStackedWidget* stack_;
  bool foldsWhenEmpty_ = false;
  bool asked_ = false;  // for a panel, since it could fold
  bool folded_ = false;
  int leastHeight_ = 0;   // when it is not folded
  int heightBefore_ = 0;  // it was folded
};

}  // namespace weir::designer
