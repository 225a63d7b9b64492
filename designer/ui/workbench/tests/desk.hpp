// The designer as a person starts it: windows, files on disk, settings, and dialogs that are answered.
#pragma once

#include <QApplication>
#include <QFileDialog>
#include <QMessageBox>
#include <QPointer>

#include "designer/ui/canvas/view/canvas_view.hpp"
#include "designer/ui/shell/documents/document_area.hpp"
#include "designer/ui/shell/window/windows.hpp"
#include "designer/ui/widgets/card_button.hpp"
#include "designer/ui/workbench/tests/workbench_fixture.hpp"

namespace weir::designer::test {

// Works on the next widget of its kind that is shown, from within that one's own event loop; closes it if the work has
// left it open.
template <typename Widget>
class Next : public QObject {
 public:
  explicit Next(std::function<void(Widget&)> work) : work_(std::move(work)) { qApp->installEventFilter(this); }
  bool came() const { return came_; }

  bool eventFilter(QObject* watched, QEvent* event) override {
    auto* const shown = event->type() == QEvent::Show && !came_ ? qobject_cast<Widget*>(watched) : nullptr;
    if (shown == nullptr) return false;
    came_ = true;
    QMetaObject::invokeMethod(
        shown,
        [this, widget = QPointer<Widget>(shown)] {
          work_(*widget);
          if (widget != nullptr && widget->isVisible()) widget->close();
        },
        Qt::QueuedConnection);
    return false;
  }

 private:
  std::function<void(Widget&)> work_;
  bool came_ = false;
};

// For a file dialog: puts the path in and presses the button.
std::function<void(QFileDialog&)> typing(const QString& path);
// For a question: presses the button.
std::function<void(QMessageBox&)> pressing(QMessageBox::StandardButton button, QString* text = nullptr);

class Desk {
 public:
  enum class Runner : bool { Missing, There };

  explicit Desk(Runner runner = Runner::There);
  ~Desk();
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  // Returns when its first window is active and, if there is a runner, the plugins are known.
  void start(const QStringList& files = {});
  // As if it had been killed: asks nothing and remembers nothing more.
  void end();

  QString path(const QString& name) const { return folder_.filePath(name); }
  QString write(const QString& name, const QByteArray& bytes) const;
  QByteArray read(const QString& name) const;
  // A topology with one node, in canonical form.
  QString writeTopology(const QString& name, const QByteArray& where = "amount > 1") const;

  // Three filters in a row: n0, n1 and n2.
  QString writeChain(const QString& name) const;

  Settings& settings() { return settings_; }
  Services& services() { return services_; }
  Windows& windows() { return *windows_; }
  MainWindow& window(int number = 0) { return *windows_->all().at(number); }
  Workbench& workbench(int number = 0) { return *window(number).findChild<Workbench*>(); }
  TopologyPage& page(int number = 0) { return *workbench(number).current(); }
  // Of an empty window, by words of its name.
  CardButton& card(const QString& title);
  CanvasView& canvas(int number = 0) { return page(number).canvas(); }
  QAction& command(const QString& id, int number = 0) { return *window(number).actions().action(id); }
  QStringList titles(int number = 0);
  // What the bar of that id says; empty: it is not there.
  QString message(const QString& id, int number = 0);
  void pressInBar(const QString& id, const QString& button);

  void activate(int number);
  void key(Qt::Key key, Qt::KeyboardModifiers keys = {});
  // Adds a filter with the keyboard.
  void addFilter();

 private:
  QTemporaryDir folder_;
  Settings settings_;
  Services services_;
  bool runner_;
  std::unique_ptr<Windows> windows_;
};

}  // namespace weir::designer::test
