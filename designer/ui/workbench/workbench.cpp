#include "designer/ui/workbench/workbench.hpp"

#include <QAction>
#include <QDir>
#include <QFileInfo>
#include <QMenu>

#include "designer/ui/canvas/view/canvas_view.hpp"
#include "designer/ui/panels/inspector/inspector_panel.hpp"
#include "designer/ui/shell/documents/document_area.hpp"
#include "designer/ui/shell/documents/empty_state.hpp"
#include "designer/ui/shell/settings/settings.hpp"
#include "designer/ui/shell/window/main_window.hpp"
#include "designer/ui/shell/window/panel_dock.hpp"
#include "designer/ui/shell/window/status_bar.hpp"
#include "designer/ui/widgets/file_dialog.hpp"
#include "designer/ui/workbench/close_guard.hpp"
#include "designer/ui/workbench/data_files.hpp"
#include "designer/ui/workbench/examples.hpp"
#include "designer/ui/workbench/parts.hpp"
#include "designer/ui/workbench/services.hpp"
#include "designer/ui/workbench/template_work.hpp"
#include "designer/ui/workbench/topology_page.hpp"

namespace weir::designer {

Workbench::Workbench(MainWindow& window, Services& services) : QObject(&window), window_(window), services_(services) {
  dataFiles_ = new DataFiles(services_, this);
  templates_ = new TemplateWork(services_, window_, this);
  parts_ = new Parts(services_, this);
  connect(parts_, &Parts::openRequested, this, &Workbench::openPath);
  makePanels();
  window_.actions().setKeyHints(tr("On the canvas"), canvasKeyHints());
  handleFileCommands();
  handleEditCommands();
  handleCanvasCommands();
  handleArrangeCommands();
  handleMinimap();
  handleExports();
  handleTemplates();
  DocumentArea& documents = window_.documents();
  connect(&documents, &DocumentArea::currentChanged, this, [this](DocumentPage* page) {
    showPage(qobject_cast<TopologyPage*>(page));
    goToCanvas();
  });
  connect(&window_, &MainWindow::closeRequested, this,
          [this](DocumentPage* page) { closePage(qobject_cast<TopologyPage*>(page)); });
  connect(&window_, &MainWindow::openRequested, this, &Workbench::openPath);
  window_.setCloseGuard([this] { return mayClose(pages(), &window_); });
  connect(&services_.catalog, &CatalogService::loaded, this, [this] {
    noRunner_.clear();
    for (TopologyPage* const page : pages()) page->removeMessage("runner");
    showPage(current());
  });
  connect(&services_.catalog, &CatalogService::failed, this, [this](const QString& reason) {
    noRunner_ = reason;
    sayThatTheRunnerIsMissing();
  });
  // Queued: a card of an empty page may be what opened a file.
  const auto renewStart = [this] {
    for (TopologyPage* const page : pages()) page->setStartActions(startActions());
  };
  connect(&services_.settings, &Settings::recentFilesChanged, this, renewStart, Qt::QueuedConnection);
  connect(&services_.templates, &OwnTemplates::changed, this, renewStart, Qt::QueuedConnection);
  window_.setFoundWeir(findRunner({}, services_.besideFolder));
  window_.setDocsFolder(services_.docsFolder);
  window_.status().setState(tr("Not running"));
}

TopologyPage* Workbench::current() const {
  return qobject_cast<TopologyPage*>(window_.documents().current());
}

QList<TopologyPage*> Workbench::pages() const {
  QList<TopologyPage*> all;
  for (DocumentPage* page : window_.documents().pages()) {
    if (auto* const topology = qobject_cast<TopologyPage*>(page)) all += topology;
  }
  return all;
}

TopologyPage* Workbench::openPage(OpenTopology::Start start) {
  TopologyPage* const page = TopologyPage::make(std::move(start), services_);
  page->setStartActions(startActions());
  follow(page);
  window_.actions().addTo(&page->canvas());
  window_.documents().add(page);
  page->canvas().zoomToOpen();
  sayThatTheRunnerIsMissing();
  return page;
}

TopologyPage* Workbench::openInPlaceOf(TopologyPage* before, OpenTopology::Start start) {
  const bool replaces = before != nullptr && before->isUntouched();
  TopologyPage* const page = openPage(std::move(start));
  if (replaces) window_.documents().remove(before);
  return page;
}

void Workbench::show(TopologyPage* page) {
  window_.documents().setCurrent(page);
}

TopologyPage* Workbench::pageOf(const QString& path) const {
  return qobject_cast<TopologyPage*>(window_.documents().pageOf(path));
}

void Workbench::openPath(const QString& path) {
  const QString absolute = QFileInfo(path).absoluteFilePath();
  if (TopologyPage* const open = pageOf(absolute)) return window_.documents().setCurrent(open);
  if (OpenTopologyRef there = openAt(services_, absolute)) {
    // In another window: this one shows the same document.
    openInPlaceOf(current(), {{}, there->file().path(), {}});
    return;
  }
  Result<OpenedFile> opened = openFile(absolute);
  if (!opened) {
    openEmptyWhenBare();
    const QString reason = QString::fromStdString(opened.error().message).section('\n', 0, 0);
    current()->showMessage({"open", MessageTone::Error, {}, tr("Not opened: %1").arg(reason), {}});
    if (!QFileInfo::exists(absolute)) services_.settings.removeRecentFile(absolute);
    return;
  }
  TopologyPage* const page =
      openInPlaceOf(current(), {std::move(opened->topology), absolute, std::move(opened->bytes)});
  if (!opened->problems.empty()) {
    const QString first = QString::fromStdString(opened->problems.front().message);
    page->showMessage(
        {"form", MessageTone::Warning, {}, tr("What is not understood is lost on saving: %1").arg(first), {}});
  }
  services_.settings.addRecentFile(absolute);
}

void Workbench::openEmptyWhenBare() {
  if (window_.documents().pages().isEmpty()) openPage(emptyStart());
}

void Workbench::showChanges() {
  window_.dock(Side::Bottom).showPanel("changes");
}

void Workbench::showMenu(TopologyPage& page, const std::string& id, QPoint at) {
  const auto under = [&]() -> std::uint8_t {
    if (id.empty()) return kOnCanvas;
    if (page.document().selection().size() > 1) return kOnSeveral;
    if (drawing::isCommentId(id)) return kOnComment;
    const PlacedPicture& placed = page.canvas().placed();
    if (placed.wire(id) != nullptr) return kOnWire;
    if (placed.node(id) == nullptr) return kOnGroup;
    return catalog::isPartUse(placed.node(id)->picture->use) ? kOnNode | kOnPart : kOnNode;
  };
  showMenuUnder(page, under(), at);
}

void Workbench::showMenuUnder(TopologyPage& page, std::uint8_t under, QPoint at) {
  auto* const menu = new QMenu(&page.canvas());
  menu->setAttribute(Qt::WA_DeleteOnClose);
  window_.actions().fillContextMenu(*menu, under);
  menu->popup(at);
}

void Workbench::closePage(TopologyPage* page) {
  if (page == nullptr || !mayClose({page}, &window_)) return;
  window_.documents().remove(page);
  openEmptyWhenBare();
}

void Workbench::editProperties() {
  window_.dock(Side::Right).showPanel("inspector");
  inspector_->editFirst();
}

void Workbench::goToCanvas() {
  if (TopologyPage* const page = current()) page->takeFocus();
}

void Workbench::addNode(const QString& use) {
  TopologyPage* const page = current();
  if (page == nullptr) return;
  page->canvas().nodes().add(use);
  page->canvas().setFocus();
}

void Workbench::sayThatTheRunnerIsMissing() {
  TopologyPage* const page = current();
  if (page == nullptr || noRunner_.isEmpty()) return;
  page->showMessage({"runner", MessageTone::Warning, {}, noRunner_, {{tr("Locate…"), [this] { locateRunner(); }}}});
}

void Workbench::locateRunner() {
  const QString path = FileDialog(&window_, tr("Where is weir?"), QDir::homePath()).askForOne();
  if (path.isEmpty()) return;
  if (path == services_.settings.weirPath()) return loadCatalog(services_);
  services_.settings.setWeirPath(path);
}

StartActions Workbench::startActions() {
  const auto begin = [this](const Example& example) {
    return [this, example] { openInPlaceOf(current(), startFrom(example)); };
  };
  StartActions actions;
  actions.openOrders = begin(ordersExample());
  actions.chooseData = [this] { dataFiles_->choose(*current()); };
  actions.templates += {flightsExample().title, begin(flightsExample())};
  for (const Example& example : templates()) actions.templates += {example.title, begin(example)};
  for (const OwnTemplate& own : services_.templates.all()) {
    // One that cannot be read says why, where it would be chosen.
    actions.ownTemplates += own.error.isEmpty()
                                ? StartChoice{own.title, begin({own.file, own.title}), {}}
                                : StartChoice{QStringLiteral("%1: %2").arg(own.title, own.error), {}, {}};
  }
  actions.openFile = [this] { window_.actions().action("file.open")->trigger(); };
  for (const QString& path : services_.settings.recentFiles()) {
    actions.recentFiles += {QFileInfo(path).fileName(), [this, path] { openPath(path); }};
  }
  return actions;
}

}  // namespace weir::designer
