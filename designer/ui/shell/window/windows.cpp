#include "designer/ui/shell/window/windows.hpp"

#include <QFileInfo>

#include "designer/ui/shell/documents/document_area.hpp"
#include "designer/ui/shell/settings/settings.hpp"
#include "designer/ui/shell/window/main_window.hpp"

namespace weir::designer {

Windows::Windows(Settings& settings, Furnish furnish, QObject* parent)
    : QObject(parent), settings_(settings), furnish_(std::move(furnish)) {}

MainWindow* Windows::make() {
  auto* window = new MainWindow(settings_);
  window->actions().handle(QStringLiteral("file.newWindow"), this, [this](bool) { open(); });
  window->actions().handle(QStringLiteral("file.quit"), this, [this](bool) { quit(); });
  if (furnish_) furnish_(*window);
  all_ += window;
  connect(window, &MainWindow::closing, this, [this, window] { onClosing(window); });
  connect(window, &MainWindow::sessionChanged, this, &Windows::save);
  return window;
}

MainWindow* Windows::open() {
  MainWindow* window = make();
  window->show();
  Q_EMIT opened(window);
  save();
  return window;
}

bool Windows::restoreSession() {
  const QList<WindowSession> windows = settings_.session();
  for (const WindowSession& session : windows) {
    MainWindow* window = make();
    window->restore(session);
    for (const QString& path : session.files) {
      if (QFileInfo::exists(path)) Q_EMIT window->openRequested(path);
    }
    if (session.current < session.files.size()) {
      if (DocumentPage* page = window->documents().pageOf(session.files[session.current])) {
        window->documents().setCurrent(page);
      }
    }
    window->show();
  }
  return !windows.isEmpty();
}

void Windows::quit() {
  if (mayQuit_ && !mayQuit_()) return;
  save();
  quitting_ = true;
  for (MainWindow* window : QList<MainWindow*>(all_)) {
    if (mayQuit_) window->setCloseGuard({});
    if (!window->close()) break;
  }
  quitting_ = false;
  if (!all_.isEmpty()) save();
}

void Windows::onClosing(MainWindow* window) {
  // The last window comes back as it was; one of several that is closed is gone.
  if (!quitting_ && all_.size() == 1) save();
  all_.removeOne(window);
  window->disconnect(this);
  if (!quitting_ && !all_.isEmpty()) save();
}

void Windows::save() {
  if (quitting_) return;
  QList<WindowSession> sessions;
  for (const MainWindow* window : std::as_const(all_)) sessions += window->session();
  settings_.setSession(sessions);
}

}  // namespace weir::designer
