#include "designer/ui/shell/window/main_window.hpp"

#include <QAction>
#include <QCloseEvent>
#include <QDir>
#include <QFileInfo>
#include <QMenuBar>
#include <QMimeData>

#include "designer/ui/shell/commands/command_field.hpp"
#include "designer/ui/shell/commands/shortcuts_list.hpp"
#include "designer/ui/shell/documents/document_area.hpp"
#include "designer/ui/shell/documents/document_page.hpp"
#include "designer/ui/shell/settings/settings.hpp"
#include "designer/ui/shell/settings/settings_dialog.hpp"
#include "designer/ui/shell/window/about_card.hpp"
#include "designer/ui/shell/window/docs_window.hpp"
#include "designer/ui/shell/window/menus.hpp"
#include "designer/ui/shell/window/panel_dock.hpp"
#include "designer/ui/shell/window/status_bar.hpp"
#include "designer/ui/shell/window/tool_bar.hpp"
#include "designer/ui/theme/tokens.h"
#include "designer/ui/widgets/file_dialog.hpp"

namespace weir::designer {
namespace {

constexpr const char* kDockCommands[] = {"view.left", "view.right", "view.bottom"};
constexpr Qt::DockWidgetArea kAreas[] = {Qt::LeftDockWidgetArea, Qt::RightDockWidgetArea, Qt::BottomDockWidgetArea};
constexpr Side kSides[] = {Side::Left, Side::Right, Side::Bottom};

// Of a file of ours that is dragged over the window.
QStringList topologiesIn(const QMimeData* data) {
  QStringList paths;
  for (const QUrl& url : data->urls()) {
    if (url.isLocalFile() && url.fileName().endsWith(QLatin1String(".weir"))) paths += url.toLocalFile();
  }
  return paths;
}

}  // namespace

MainWindow::MainWindow(Settings& settings)
    : settings_(settings),
      actions_(this),
      documents_(new DocumentArea(this)),
      commandField_(new CommandField(actions_, this)),
      status_(new StatusBar(this)) {
  setAttribute(Qt::WA_DeleteOnClose);
  setAcceptDrops(true);
  setMinimumSize(shell::kMinimumWidth, shell::kMinimumHeight);
  resize(shell::kDefaultWidth, shell::kDefaultHeight);
  setContextMenuPolicy(Qt::PreventContextMenu);  // else: a menu that hides tool bar and docks
  setDockOptions({});
  setAnimated(false);
  auto* menus = new Menus(menuBar(), actions_, settings_);
  connect(menus, &Menus::recentFileChosen, this, &MainWindow::openRequested);
  addToolBar(new ToolBar(actions_, commandField_, this));
  setStatusBar(status_);
  setCentralWidget(documents_);
  makeDocks();
  handleOwnCommands();
  connect(documents_, &DocumentArea::currentChanged, this, [this] {
    updateTitle();
    updateCommands();
    Q_EMIT sessionChanged();
  });
  connect(documents_, &DocumentArea::pageChanged, this, [this] {
    updateTitle();
    Q_EMIT sessionChanged();
  });
  connect(documents_, &DocumentArea::closeRequested, this, &MainWindow::closeRequested);
  connect(status_, &StatusBar::problemsClicked, this, [this] { setDockShown(Side::Bottom, true); });
  updateTitle();
  updateCommands();
}

void MainWindow::makeDocks() {
  docks_ = {new PanelDock(QStringLiteral("left"), tr("Palette"), {shell::kLeftDock, 0}, this),
            new PanelDock(QStringLiteral("right"), tr("Inspector"), {shell::kRightDock, 0}, this),
            new PanelDock(QStringLiteral("bottom"), tr("Problems"), {0, shell::kBottomDock}, this)};
  setCorner(Qt::TopLeftCorner, Qt::LeftDockWidgetArea);
  setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
  setCorner(Qt::TopRightCorner, Qt::RightDockWidgetArea);
  setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
  for (const Side side : kSides) {
    const auto index = static_cast<std::size_t>(side);
    if (side == Side::Bottom) {
      dock(side).setMinimumHeight(shell::kMinimumBottomDock);
    } else {
      dock(side).setMinimumWidth(shell::kMinimumDock);
    }
    addDockWidget(kAreas[index], docks_[index]);
    dock(side).hide();
  }
}

void MainWindow::addPanel(Side side, const QString& id, const QString& title, QWidget* panel) {
  PanelDock& target = dock(side);
  target.addPanel(id, title, panel);
  if (target.panelCount() > 1) return;
  const QString command = QString::fromLatin1(kDockCommands[static_cast<std::size_t>(side)]);
  actions_.handle(command, this, [this, side](bool shown) { setDockShown(side, shown); });
  target.show();
  const QSize size = target.wantedSize();
  if (side == Side::Bottom) {
    resizeDocks({&target}, {size.height()}, Qt::Vertical);
  } else {
    resizeDocks({&target}, {size.width()}, Qt::Horizontal);
  }
  actions_.setChecked(command, true);
  if (side == Side::Right) {
    narrow_ = false;
    fold();
  }
}

void MainWindow::setDockShown(Side side, bool shown) {
  if (dock(side).panelCount() == 0) return;
  if (side == Side::Right) folded_ = false;
  dock(side).setVisible(shown);
  actions_.setChecked(QString::fromLatin1(kDockCommands[static_cast<std::size_t>(side)]), shown);
}

// A window that gets narrow has no room for it; one that gets wide again has. In between the user decides.
void MainWindow::fold() {
  const bool narrow = width() < shell::kFoldsBelow;
  if (narrow == narrow_) return;
  const bool shown = !dock(Side::Right).isHidden();
  if (narrow && shown) {
    setDockShown(Side::Right, false);
    folded_ = true;
  } else if (!narrow && folded_) {
    setDockShown(Side::Right, true);
  }
  setNarrow(narrow);
}

void MainWindow::setNarrow(bool narrow) {
  narrow_ = narrow;
  dock(Side::Bottom).setFoldsWhenEmpty(narrow);
  Q_EMIT narrowChanged(narrow);
}

void MainWindow::updateTitle() {
  const DocumentPage* page = documents_->current();
  setWindowTitle(page == nullptr ? tr("Weir") : tr("%1[*] – Weir", "a document").arg(page->title()));
  setWindowModified(page != nullptr && page->isDirty());
}

void MainWindow::updateCommands() {
  const auto count = documents_->pages().size();
  actions_.setEnabled(QStringLiteral("file.closeTab"), count > 0);
  actions_.setEnabled(QStringLiteral("view.nextTab"), count > 1);
  actions_.setEnabled(QStringLiteral("view.previousTab"), count > 1);
}

WindowSession MainWindow::session() const {
  WindowSession now{saveGeometry(), saveState(), {}, 0};
  for (const DocumentPage* page : documents_->pages()) {
    if (page->filePath().isEmpty()) continue;
    if (page == documents_->current()) now.current = static_cast<int>(now.files.size());
    now.files += page->filePath();
  }
  return now;
}

void MainWindow::restore(const WindowSession& session) {
  restoreGeometry(session.geometry);
  restoreState(session.docks);
  for (const Side side : kSides) {
    const bool shown = dock(side).panelCount() > 0 && !dock(side).isHidden();
    dock(side).setVisible(shown);
    actions_.setChecked(QString::fromLatin1(kDockCommands[static_cast<std::size_t>(side)]), shown);
  }
  folded_ = false;
  setNarrow(width() < shell::kFoldsBelow);
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (mayClose_ && !mayClose_()) {
    event->ignore();
    return;
  }
  Q_EMIT closing();
  event->accept();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  fold();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (!topologiesIn(event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  for (const QString& path : topologiesIn(event->mimeData())) Q_EMIT openRequested(path);
  event->acceptProposedAction();
}

// What a window can do by itself.
void MainWindow::handleOwnCommands() {
  actions_.handle(QStringLiteral("file.open"), this, [this](bool) { openFiles(); });
  actions_.handle(QStringLiteral("file.closeTab"), this, [this](bool) {
    if (DocumentPage* page = documents_->current()) Q_EMIT closeRequested(page);
  });
  actions_.handle(QStringLiteral("file.settings"), this, [this](bool) { showSettings(); });
  actions_.handle(QStringLiteral("view.commands"), this, [this](bool) { commandField_->begin(); });
  actions_.handle(QStringLiteral("view.nextTab"), this, [this](bool) { documents_->step(1); });
  actions_.handle(QStringLiteral("view.previousTab"), this, [this](bool) { documents_->step(-1); });
  actions_.handle(QStringLiteral("help.shortcuts"), this, [this](bool) {
    auto* list = new ShortcutsList(actions_, this);  // deletes itself when it is closed
    list->open();
  });
  actions_.handle(QStringLiteral("help.about"), this, [this](bool) {
    auto* card = new AboutCard(this);  // deletes itself when it is closed
    card->open();
  });
}

void MainWindow::setDocsFolder(const QString& folder) {
  if (folder.isEmpty()) return;
  actions_.handle(QStringLiteral("help.docs"), this, [this, folder](bool) {
    auto* docs = findChild<DocsWindow*>();
    if (docs == nullptr) {
      docs = new DocsWindow(folder, this);  // deletes itself when it is closed
      connect(docs, &DocsWindow::topologyChosen, this, &MainWindow::openRequested);
    }
    docs->show();
    docs->raise();
    docs->activateWindow();
  });
}

void MainWindow::openFiles() {
  const QStringList recent = settings_.recentFiles();
  const QString folder = recent.isEmpty() ? QDir::homePath() : QFileInfo(recent.first()).path();
  const QStringList paths =
      FileDialog(this, tr("Open topologies"), folder, tr("Topologies (*.weir);;All files (*)")).askForSome();
  for (const QString& path : paths) Q_EMIT openRequested(path);
}

void MainWindow::showSettings() {
  auto* dialog = new SettingsDialog(settings_, foundWeir_, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->open();
}

}  // namespace weir::designer
