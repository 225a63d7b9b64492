// The designer with one window, and where on the screen its parts are. What looks at widgets runs in their thread.
#pragma once

#include <QTemporaryDir>
#include <memory>

#include "app/designer_main/designer_app.hpp"
#include "designer/ui/canvas/view/canvas_view.hpp"
#include "designer/ui/shell/settings/language.hpp"
#include "tests/session/user.hpp"

namespace weir::designer {

class InspectorPanel;
class MainWindow;
class PalettePanel;

class DesignerSession : public QObject {
 public:
  DesignerSession();
  ~DesignerSession() override;

  // Where the user saves to; gone with the session.
  QString pathOf(const QString& name) const { return folder_.filePath(name); }

  MainWindow& window() const;
  CanvasView& canvas() const;
  InspectorPanel& inspector() const;
  // Of the topology; null while there is none: "params.size" of a node.
  json::Value value(const std::string& id, const std::string& path) const;
  bool has(const std::string& id) const { return canvas().placed().node(id) != nullptr; }
  bool connected(const std::string& wire) const;  // "orders.out -> per_minute.in"

  // All are looked for anew whenever the user looks.
  User::Where paletteRow(const QString& title) const;
  User::Where canvasAt(double x, double y) const;  // 0 to 1 of what is seen
  User::Where node(const std::string& id) const;
  User::Where input(const std::string& id, const std::string& port) const;
  User::Where output(const std::string& id, const std::string& port) const;
  // The widget in which the value with that path is edited.
  User::Where field(const std::string& path) const;
  // Where its list opens.
  User::Where arrow(const std::string& path) const;
  QWidget* fieldWidget(const std::string& path) const;
  QWidget* button(const std::string& path, const QString& words) const;
  QWidget* moreSettings() const;  // what unfolds them
  // Whether keys go to it.
  bool hasFocus(const QWidget* widget) const;
  User::Where buttonIn(const std::string& path, const QString& words) const;
  User::Where more() const;
  User::Where cell(const std::string& path, int row, int column) const;
  User::Where idField() const;
  User::Where nameField() const;
  User::Where form() const;  // its middle, whatever is there
  User::Where popupRow(const QString& words) const;
  User::Where menu(const QString& title) const;
  User::Where menuEntry(const QString& words) const;
  User::Where dialogButton(const QString& words) const;
  User::Where dialogLine() const;

 protected:
  // What a window manager does: a new window gets the keyboard.
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QTemporaryDir folder_;
  Settings settings_;
  Language language_{QStringLiteral("en")};
  DesignerApp designer_;
};

}  // namespace weir::designer
