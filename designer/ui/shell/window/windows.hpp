// All windows of the designer, and what is remembered of them.
#pragma once

#include <QObject>
#include <functional>

#include "designer/ui/shell/window/main_window.hpp"  // complete: a signal carries pointers to it

namespace weir::designer {

class Settings;

class Windows : public QObject {
  Q_OBJECT

 public:
  // Gives a new window its panels and its commands.
  using Furnish = std::function<void(MainWindow&)>;

  Windows(Settings& settings, Furnish furnish, QObject* parent = nullptr);

  // A new window, shown. It deletes itself when it is closed.
  MainWindow* open();
  // The windows of the last time, with their files; false when there were none.
  bool restoreSession();
  QList<MainWindow*> all() const { return all_; }

  // Asked once before all windows close, in place of the guards of each; false: none closes.
  void setQuitGuard(std::function<bool()> mayQuit) { mayQuit_ = std::move(mayQuit); }

 Q_SIGNALS:
  // A new one, with nothing in it.
  void opened(weir::designer::MainWindow* window);

 public Q_SLOTS:
  // Closes every window; nothing is closed any more once one of them refuses.
  void quit();

 private:
  MainWindow* make();
  void onClosing(MainWindow* window);
  void save();

  Settings& settings_;
  Furnish furnish_;
  std::function<bool()> mayQuit_;
  QList<MainWindow*> all_;
  bool quitting_ = false;  // what was open then is what comes back
};

}  // namespace weir::designer
