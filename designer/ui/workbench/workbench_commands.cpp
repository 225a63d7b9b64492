#include <QAction>
#include <QMenu>

#include "designer/ui/canvas/view/canvas_view.hpp"
#include "designer/ui/panels/lists/find_bar.hpp"
#include "designer/ui/panels/lists/problems_panel.hpp"
#include "designer/ui/panels/palette/palette_panel.hpp"
#include "designer/ui/panels/text/text_panel.hpp"
#include "designer/ui/shell/commands/command_field.hpp"
#include "designer/ui/shell/settings/settings.hpp"
#include "designer/ui/shell/window/main_window.hpp"
#include "designer/ui/shell/window/panel_dock.hpp"
#include "designer/ui/workbench/data_files.hpp"
#include "designer/ui/workbench/examples.hpp"
#include "designer/ui/workbench/parts.hpp"
#include "designer/ui/workbench/services.hpp"
#include "designer/ui/workbench/template_work.hpp"
#include "designer/ui/workbench/topology_page.hpp"
#include "designer/ui/workbench/workbench.hpp"

namespace weir::designer {

namespace {

// Each window has its own; a new one begins like the last that was changed.
const QString kMinimap = QStringLiteral("canvas/minimap");

}  // namespace

void Workbench::handleFileCommands() {
  ActionRegistry& actions = window_.actions();
  actions.handle("file.new", this, [this](bool) { openPage(emptyStart()); });
  actions.handle("file.newFromTemplate", this, [this](bool) {
    QMenu menu;
    for (const Example& example : templates()) {
      menu.addAction(example.title, this, [this, example] { openInPlaceOf(current(), startFrom(example)); });
    }
    if (!services_.templates.all().empty()) menu.addSection(tr("Own", "templates"));
    for (const OwnTemplate& own : services_.templates.all()) {
      QAction* const action = menu.addAction(own.title, this, [this, file = own.file, title = own.title] {
        openInPlaceOf(current(), startFrom({file, title}));
      });
      action->setEnabled(own.error.isEmpty());
    }
    menu.exec(window_.mapToGlobal(window_.rect().center()));
  });
  actions.handle("file.save", this, [this](bool) {
    if (TopologyPage* const page = current()) page->save();
  });
  actions.handle("file.saveAs", this, [this](bool) {
    if (TopologyPage* const page = current()) page->saveAs();
  });
}

void Workbench::handleEditCommands() {
  const auto onDocument = [this](const char* id, auto work) {
    window_.actions().handle(id, this, [this, work](bool) {
      // What the mouse holds is not taken away under it.
      if (TopologyPage* const page = current(); page != nullptr && !page->canvas().isInGesture())
        work(page->document());
    });
  };
  onDocument("edit.undo", [](Document& document) { document.undo(); });
  onDocument("edit.redo", [](Document& document) { document.redo(); });
  window_.actions().handle("edit.find", this, [this](bool) {
    if (TopologyPage* const page = current()) page->find().start();
  });
  window_.actions().handle("edit.replace", this, [this](bool) {
    if (TopologyPage* const page = current()) page->find().startReplacing();
  });
  window_.actions().handle("view.text", this, [this](bool) {
    window_.dock(Side::Right).showPanel("text");
    window_.setDockShown(Side::Right, true);
    text_->setFocus(Qt::ShortcutFocusReason);
  });
  window_.actions().handle("view.canvas", this, [this](bool) {
    TopologyPage* const page = current();
    page != nullptr && page->canvas().hasFocus() ? editProperties() : goToCanvas();
  });
  window_.actions().handle("edit.nextProblem", problems_, [this](bool) { problems_->next(); });
  window_.actions().handle("edit.previousProblem", problems_, [this](bool) { problems_->previous(); });
  window_.actions().handle("edit.quickFix", problems_, [this](bool) { problems_->applyFix(); });
}

void Workbench::handleCanvasCommands() {
  // The canvas knows what its commands do; the table of the window gives them their words and keys.
  const auto onPage = [this](const char* id, auto work) {
    window_.actions().handle(id, this, [this, work](bool) {
      TopologyPage* const page = current();
      if (page != nullptr && !page->canvas().isInGesture()) work(*page);
    });
  };
  const auto handle = [&](const char* id, auto work) {
    onPage(id, [work](TopologyPage& page) {
      page.canvas().settle();
      work(page.canvas());
    });
  };
  const auto command = [&](const char* id, void (DocumentCommands::*run)()) {
    handle(id, [run](CanvasView& canvas) { (canvas.commands().*run)(); });
  };
  command("edit.cut", &DocumentCommands::cut);
  command("edit.copy", &DocumentCommands::copy);
  command("edit.paste", &DocumentCommands::paste);
  command("edit.duplicate", &DocumentCommands::duplicateSelected);
  command("edit.delete", &DocumentCommands::deleteSelected);
  command("edit.detach", &DocumentCommands::detachSelected);
  command("arrange.bend", &DocumentCommands::bendSelected);
  command("arrange.nextBend", &DocumentCommands::chooseNextBend);
  command("arrange.straighten", &DocumentCommands::straightenSelected);
  command("arrange.link", &DocumentCommands::toggleLinks);
  command("edit.deleteAndReconnect", &DocumentCommands::deleteAndHeal);
  command("edit.disable", &DocumentCommands::toggleDisabled);
  command("edit.selectAll", &DocumentCommands::selectAll);
  command("insert.comment", &DocumentCommands::addComment);
  command("arrange.pin", &DocumentCommands::togglePinned);
  command("arrange.group", &DocumentCommands::groupSelected);
  command("arrange.ungroup", &DocumentCommands::ungroupSelected);
  command("arrange.collapseGroup", &DocumentCommands::toggleCollapsed);
  command("arrange.commentColour", &DocumentCommands::nextCommentColour);
  handle("edit.rename", [](CanvasView& canvas) { canvas.texts().rename(); });
  handle("edit.selectUpstream", [](CanvasView& canvas) { canvas.commands().selectAlong(Along::Upstream); });
  handle("edit.selectDownstream", [](CanvasView& canvas) { canvas.commands().selectAlong(Along::Downstream); });
  handle("edit.selectConnected", [](CanvasView& canvas) { canvas.commands().selectAlong(Along::Both); });
  handle("view.zoomIn", [](CanvasView& canvas) { canvas.camera().zoomIn(); });
  handle("view.zoomOut", [](CanvasView& canvas) { canvas.camera().zoomOut(); });
  handle("view.zoomOriginal", [](CanvasView& canvas) { canvas.camera().zoomToHundred(); });
  handle("view.fit", [](CanvasView& canvas) { canvas.zoomToFit(); });
  handle("view.fitSelection", [](CanvasView& canvas) { canvas.zoomToSelection(); });
  handle("insert.node", [](CanvasView& canvas) { canvas.operators().openToAdd(); });
  handle("insert.connection", [](CanvasView& canvas) { canvas.connections().open(); });
  onPage("insert.part", [this](TopologyPage& page) { parts_->choose(page); });
  onPage("arrange.saveAsPart", [this](TopologyPage& page) { parts_->saveGroup(page); });
  onPage("edit.openPart", [this](TopologyPage& page) { parts_->open(page); });
  window_.actions().handle("insert.dataFile", this, [this](bool) {
    if (TopologyPage* const page = current()) dataFiles_->choose(*page);
  });
  const std::pair<const char*, Align> alignments[] = {
      {"arrange.alignLeft", Align::Left},     {"arrange.alignCenter", Align::Centre},
      {"arrange.alignRight", Align::Right},   {"arrange.alignTop", Align::Top},
      {"arrange.alignMiddle", Align::Middle}, {"arrange.alignBottom", Align::Bottom}};
  for (const auto& [id, how] : alignments) {
    handle(id, [how = how](CanvasView& canvas) { canvas.commands().alignSelected(how); });
  }
  handle("arrange.distributeHorizontally",
         [](CanvasView& canvas) { canvas.commands().distributeSelected(Axis::Horizontal); });
  handle("arrange.distributeVertically",
         [](CanvasView& canvas) { canvas.commands().distributeSelected(Axis::Vertical); });
}

void Workbench::handleTemplates() {
  window_.actions().handle("file.saveAsTemplate", this, [this](bool) {
    if (TopologyPage* const page = current()) templates_->saveFrom(*page);
  });
  connect(palette_, &PalettePanel::templateRequested, this, [this](const QString& file) {
    if (TopologyPage* const page = current()) templates_->insert(*page, file, page->canvas().camera().middle());
  });
  connect(palette_, &PalettePanel::changeTemplateRequested, templates_, &TemplateWork::change);
  connect(palette_, &PalettePanel::removeTemplateRequested, templates_, &TemplateWork::remove);
  const auto show = [this] { palette_->setTemplates(services_.templates.all()); };
  connect(&services_.templates, &OwnTemplates::changed, palette_, show);
  show();
  window_.commandField().addSource([this](const QString& typed) { return templates_->commands(typed, current()); });
}

void Workbench::handleMinimap() {
  ActionRegistry& actions = window_.actions();
  actions.handle("view.minimap", this, [this](bool shown) { services_.settings.setValue(kMinimap, shown); });
  const auto show = [this](bool narrow) {
    window_.actions().setChecked("view.minimap", !narrow && services_.settings.value(kMinimap, true).toBool());
  };
  show(window_.isNarrow());
  connect(&window_, &MainWindow::narrowChanged, this, show);
}

void Workbench::handleArrangeCommands() {
  window_.actions().handle("arrange.layOut", this, [this](bool) {
    if (TopologyPage* const page = current()) page->layOut();
  });
}

void Workbench::updateCommands() {
  ActionRegistry& actions = window_.actions();
  TopologyPage* const page = current();
  const QString undo = page == nullptr ? QString() : page->document().undoLabel();
  const QString redo = page == nullptr ? QString() : page->document().redoLabel();
  actions.setEnabled("edit.undo", !undo.isEmpty());
  actions.setEnabled("edit.redo", !redo.isEmpty());
  actions.action("edit.undo")->setText(undo.isEmpty() ? tr("&Undo") : tr("&Undo: %1").arg(undo));
  actions.action("edit.redo")->setText(redo.isEmpty() ? tr("&Redo") : tr("&Redo: %1").arg(redo));
  actions.setEnabled("file.save", page != nullptr && page->topology().file().canSave());
  for (const char* const id : {"file.saveAs", "file.saveAsTemplate", "file.exportSvg", "file.exportPng",
                               "file.copyPicture", "file.copyMermaid", "view.minimap", "arrange.layOut"}) {
    actions.setEnabled(id, page != nullptr);
  }
}

}  // namespace weir::designer
