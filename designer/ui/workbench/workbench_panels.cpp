// The panels around the topology, and how they follow the one in front.
#include <QAction>
#include <QFileInfo>

#include "designer/ui/canvas/view/canvas_view.hpp"
#include "designer/ui/panels/inspector/inspector_panel.hpp"
#include "designer/ui/panels/lists/changes_panel.hpp"
#include "designer/ui/panels/lists/outline_panel.hpp"
#include "designer/ui/panels/lists/problems_panel.hpp"
#include "designer/ui/panels/palette/palette_panel.hpp"
#include "designer/ui/panels/text/text_panel.hpp"
#include "designer/ui/shell/settings/settings.hpp"
#include "designer/ui/shell/window/main_window.hpp"
#include "designer/ui/shell/window/panel_dock.hpp"
#include "designer/ui/shell/window/status_bar.hpp"
#include "designer/ui/workbench/data_files.hpp"
#include "designer/ui/workbench/parts.hpp"
#include "designer/ui/workbench/services.hpp"
#include "designer/ui/workbench/template_work.hpp"
#include "designer/ui/workbench/topology_page.hpp"
#include "designer/ui/workbench/workbench.hpp"

namespace weir::designer {

void Workbench::makePanels() {
  palette_ = new PalettePanel;
  auto* const outline = new OutlinePanel;
  inspector_ = new InspectorPanel;
  problems_ = new ProblemsPanel;
  changes_ = new ChangesPanel;
  text_ = new TextPanel;
  text_->setPlacing([this](topology::Topology& typed) {
    if (TopologyPage* const page = current()) page->topology().place(typed);
  });
  panels_ = {outline, inspector_, problems_, changes_, text_};
  window_.addPanel(Side::Left, "palette", tr("Palette"), palette_);
  window_.addPanel(Side::Left, "outline", tr("Outline"), outline);
  window_.addPanel(Side::Right, "inspector", tr("Inspector"), inspector_);
  window_.addPanel(Side::Right, "text", tr("Text"), text_);
  window_.addPanel(Side::Bottom, "problems", tr("Problems"), problems_);
  window_.addPanel(Side::Bottom, "changes", tr("Changes"), changes_);
  palette_->setRecent(services_.settings.value("palette/recent").toStringList());
  connect(palette_, &PalettePanel::addRequested, this, &Workbench::addNode);
  connect(palette_, &PalettePanel::recentChanged, this,
          [this](const QStringList& uses) { services_.settings.setValue("palette/recent", uses); });
  connect(problems_, &ProblemsPanel::countsChanged, this, [this](int errors, int unfinished, int warnings) {
    window_.status().setProblems(errors, unfinished, warnings);
    window_.dock(Side::Bottom).setCount("problems", errors + unfinished + warnings);
  });
  connect(&window_.status(), &StatusBar::problemsClicked, this,
          [this] { window_.dock(Side::Bottom).showPanel("problems"); });
  connect(problems_, &ProblemsPanel::locate, this, [this](const QString& id, const QString& parameter) {
    TopologyPage* const page = current();
    if (page == nullptr) return;
    if (!id.isEmpty()) page->canvas().locate(id);
    if (!parameter.isEmpty()) inspector_->editField(parameter);
  });
  connect(inspector_, &InspectorPanel::left, this, &Workbench::goToCanvas);
  connect(inspector_, &InspectorPanel::dataFileNamed, this,
          [this](const QString& node, const QString& written, const QString& file) {
            if (current() != nullptr) dataFiles_->read(*current(), node, written, file);
          });
  const auto locate = [this](const QString& id) {
    if (TopologyPage* const page = current()) page->canvas().locate(id);
  };
  connect(outline, &OutlinePanel::locate, this, locate);
  connect(changes_, &ChangesPanel::locate, this, locate);
}

void Workbench::follow(TopologyPage* page) {
  connect(&page->topology(), &OpenTopology::checkedChanged, this, [this, page] {
    if (page != current()) return;
    for (Panel* const panel : panels_) panel->setChecked(page->topology().checked());
  });
  connect(&page->topology(), &OpenTopology::catalogChanged, this, [this, page] {
    if (page != current()) return;
    for (Panel* const panel : panels_) panel->setCatalog(page->topology().catalog());
  });
  const auto list = [this, page] {
    if (page == current()) changes_->setComparison(page->topology().outside().comparison());
  };
  connect(&page->topology().outside(), &OutsideChange::changed, this, list);
  connect(page, &TopologyPage::changesRequested, this, [this, page, list] {
    list();
    if (page == current()) showChanges();
  });
  connect(&page->document(), &Document::savedStateChanged, this, &Workbench::updateCommands);
  connect(&page->document(), &Document::selectionChanged, this, &Workbench::updateCommands);
  connect(&page->canvas().camera(), &Camera::changed, this, [this, page] {
    if (page == current()) window_.status().setZoom(page->canvas().camera().zoom());
  });
  connect(&page->canvas(), &CanvasView::propertiesRequested, this, &Workbench::editProperties);
  connect(&page->canvas(), &CanvasView::menuRequested, this,
          [this, page](const QString& id, QPoint at) { showMenu(*page, id.toStdString(), at); });
  connect(&page->canvas(), &CanvasView::portMenuRequested, this,
          [this, page](QPoint at) { showMenuUnder(*page, kOnPort, at); });
  connect(&page->canvas(), &CanvasView::dataFilesDropped, this,
          [this, page](const QStringList& files, QPointF at) { dataFiles_->add(*page, files, at); });
  connect(&page->canvas(), &CanvasView::templateDropped, this,
          [this, page](const QString& file, QPointF at) { templates_->insert(*page, file, at); });
  connect(&page->canvas(), &CanvasView::partsDropped, this,
          [this, page](const QStringList& files, QPointF at) { parts_->add(*page, files, at); });
  connect(&page->canvas(), &CanvasView::partRequested, this,
          [this, page](const QString& node) { parts_->open(*page, node.toStdString()); });
  connect(&page->canvas(), &CanvasView::operatorUsed, palette_, &PalettePanel::noteUsed);
  connect(palette_, &PalettePanel::recentChanged, &page->canvas().operators(), &OperatorList::setRecentUses);
  page->canvas().operators().setRecentUses(palette_->recent());
  const QAction* const minimap = window_.actions().action("view.minimap");
  connect(minimap, &QAction::toggled, &page->canvas(), &CanvasView::setMinimapShown);
  page->canvas().setMinimapShown(minimap->isChecked());
  connect(&page->topology().file(), &TopologyFile::pathChanged, this, [this, page] {
    if (page == current()) inspector_->setFolder(QFileInfo(page->topology().file().path()).absolutePath());
  });
}

void Workbench::showPage(TopologyPage* page) {
  Document* const document = page == nullptr ? nullptr : &page->document();
  palette_->setCatalog(services_.catalog.catalog());
  for (Panel* const panel : panels_) {
    panel->setCatalog(page == nullptr ? services_.catalog.catalog() : page->topology().catalog());
    panel->setDocument(document);
    panel->setChecked(page == nullptr ? nullptr : page->topology().checked());
  }
  changes_->setComparison(page == nullptr ? std::nullopt : page->topology().outside().comparison());
  if (page != nullptr) {
    inspector_->setFolder(QFileInfo(page->topology().file().path()).absolutePath());
    if (page->topology().outside().state() == OutsideChange::State::Undecided) showChanges();
  }
  if (page == nullptr) {
    window_.status().clearZoom();
    window_.status().clearProblems();
  } else {
    window_.status().setZoom(page->canvas().camera().zoom());
  }
  updateCommands();
}

}  // namespace weir::designer
