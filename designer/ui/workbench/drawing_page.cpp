#include "ui/workbench/drawing_page.hpp"

#include <QFileDialog>
#include <QFileInfo>

#include "ui/canvas/canvas_view.hpp"
#include "ui/panels/find_bar.hpp"
#include "ui/shell/empty_state.hpp"
#include "ui/shell/settings.hpp"
#include "ui/workbench/services.hpp"

namespace weir::designer {

namespace {

constexpr int kOverlayInset = 16;

}  // namespace

DrawingPage* DrawingPage::make(OpenDrawing::Start start, Services& services) {
  return new DrawingPage(std::make_unique<OpenDrawing>(std::move(start), services.catalog.catalog(),
                                                       services.makeDeriver, services.recoveryFolder),
                         services);
}

DrawingPage::DrawingPage(std::unique_ptr<OpenDrawing> drawing, Services& services)
    : DocumentPage(new CanvasView(drawing->document()), {}),
      services_(services),
      drawing_(std::move(drawing)),
      canvas_(qobject_cast<CanvasView*>(content())),
      find_(new FindBar(canvas_)) {
  find_->hide();
  find_->setDocument(&document());
  find_->setCatalog(drawing_->catalog());
  canvas_->setCatalog(drawing_->catalog());
  canvas_->setReducedMotion(services_.settings.reducedMotion());
  follow();
  updateTitle();
  sayWhatSavingTouches();
}

DrawingPage::~DrawingPage() {
  // The canvas looks at the drawing until it goes.
  delete empty_;
  delete canvas_;
}

void DrawingPage::follow() {
  connect(&services_.catalog, &CatalogService::loaded, this, [this] {
    drawing_->setCatalog(services_.catalog.catalog());
    canvas_->setCatalog(drawing_->catalog());
    find_->setCatalog(drawing_->catalog());
    sayWhatSavingTouches();
  });
  connect(&services_.settings, &Settings::reducedMotionChanged, canvas_, &CanvasView::setReducedMotion);
  connect(drawing_.get(), &OpenDrawing::checkedChanged, this, [this] {
    canvas_->setChecked(drawing_->checked());
    find_->setChecked(drawing_->checked());
  });
  connect(find_, &FindBar::locate, canvas_, &CanvasView::locate);
  connect(find_, &FindBar::closed, canvas_, [this] { canvas_->setFocus(); });
  connect(&document(), &Document::savedStateChanged, this, &DrawingPage::updateTitle);
  connect(&document(), &Document::edited, this, &DrawingPage::showEmptyState);
  connect(&drawing_->file(), &DrawingFile::pathChanged, this, &DrawingPage::updateTitle);
  connect(&drawing_->file(), &DrawingFile::outsideChange, this, &DrawingPage::sayWhatHappenedOutside);
}

void DrawingPage::updateTitle() {
  setTitle(drawing_->file().title());
  setFilePath(drawing_->file().path());
  setDirty(document().changed());
}

void DrawingPage::setStartActions(const StartActions& actions) {
  startActions_ = std::make_unique<StartActions>(actions);
  showEmptyState();
}

void DrawingPage::showEmptyState() {
  const topology::Topology& now = document().topology();
  const bool isEmpty = now.nodes.empty() && now.topics.empty();
  if (!isEmpty || startActions_ == nullptr) {
    delete empty_;
    return;
  }
  if (empty_) return;
  empty_ = new EmptyState(canvas_);
  empty_->setActions(*startActions_);
  placeOverlays();
  empty_->show();
}

void DrawingPage::resizeEvent(QResizeEvent* event) {
  DocumentPage::resizeEvent(event);
  placeOverlays();
}

void DrawingPage::placeOverlays() {
  if (empty_) empty_->resize(canvas_->size());
  find_->adjustSize();
  find_->move(canvas_->width() - find_->width() - kOverlayInset, kOverlayInset);
}

bool DrawingPage::save() {
  if (drawing_->file().path().isEmpty()) return saveAs();
  return report(drawing_->file().save(*drawing_->catalog()));
}

bool DrawingPage::saveAs() {
  const QString name = QString::fromStdString(document().topology().name.value);
  const QString there = drawing_->file().path();
  QString path = QFileDialog::getSaveFileName(this, tr("Save topology"), there.isEmpty() ? name + ".weir" : there,
                                              tr("Topologies (*.weir)"));
  if (path.isEmpty()) return false;
  if (QFileInfo(path).suffix().isEmpty()) path += ".weir";
  return report(drawing_->file().saveAs(path, *drawing_->catalog()));
}

bool DrawingPage::report(const Result<void>& done) {
  removeMessage("canonical");
  if (!done) {
    showMessage({"save",
                 MessageTone::Error,
                 {},
                 tr("Not saved. %1").arg(QString::fromStdString(done.error().message)),
                 {{tr("Save as…"), [this] { saveAs(); }}}});
    return false;
  }
  removeMessage("save");
  removeMessage("outside");
  services_.settings.addRecentFile(drawing_->file().path());
  return true;
}

void DrawingPage::sayWhatSavingTouches() {
  // Without the plugins nobody knows in what order parameters stand.
  if (drawing_->catalog()->entries().empty()) return;
  const int lines = drawing_->file().linesNotCanonical(*drawing_->catalog());
  if (lines == 0) return removeMessage("canonical");
  showMessage(
      {"canonical",
       MessageTone::Warning,
       {},
       tr("This file is not in canonical form: saving it will touch %n line(s) beside your changes.", nullptr, lines),
       {}});
}

void DrawingPage::sayWhatHappenedOutside(bool gone) {
  if (gone) {
    showMessage({"outside",
                 MessageTone::Warning,
                 {},
                 tr("The file is gone from the disk. Saving writes it again."),
                 {{tr("Save"), [this] { save(); }}}});
    return;
  }
  showMessage({"outside",
               MessageTone::Warning,
               {},
               tr("Another program has changed this file."),
               {{tr("Take theirs"),
                 [this] {
                   removeMessage("outside");
                   report(drawing_->file().reload());
                 }},
                {tr("Keep mine"), [this] {
                   removeMessage("outside");
                   drawing_->file().keepMine();
                 }}}});
}

}  // namespace weir::designer
