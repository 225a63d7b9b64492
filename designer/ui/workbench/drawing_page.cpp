#include "ui/workbench/drawing_page.hpp"

#include "ui/canvas/canvas_view.hpp"
#include "ui/panels/find_bar.hpp"
#include "ui/shell/empty_state.hpp"
#include "ui/shell/settings.hpp"
#include "ui/workbench/busy_note.hpp"
#include "ui/workbench/file_dialogs.hpp"
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
      find_(new FindBar(canvas_)),
      busy_(new BusyNote(tr("Laying out…"), canvas_)) {
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
  connect(&drawing_->file(), &DrawingFile::cameBack, this, [this] { removeMessage("outside"); });
  connect(drawing_.get(), &OpenDrawing::applyingLayout, canvas_, &CanvasView::setGliding);
  connect(drawing_.get(), &OpenDrawing::layingOutChanged, busy_, &BusyNote::setBusy);
  connect(busy_, &BusyNote::cancelRequested, this, [this] { drawing_->cancelLayout(); });
}

void DrawingPage::updateTitle() {
  setTitle(drawing_->file().title());
  setFilePath(drawing_->file().path());
  setDirty(document().changed());
}

bool DrawingPage::isUntouched() {
  const topology::Topology& now = document().topology();
  return drawing_->file().path().isEmpty() && !document().changed() && now.nodes.empty() && now.topics.empty();
}

void DrawingPage::layOut() {
  canvas_->cancelGesture();
  drawing_->layOut(canvas_->placed().picture());
}

void DrawingPage::setStartActions(const StartActions& actions) {
  startActions_ = std::make_unique<StartActions>(actions);
  if (empty_) empty_->setActions(actions);
  showEmptyState();
}

void DrawingPage::showEmptyState() {
  const topology::Topology& now = document().topology();
  const bool isEmpty = now.nodes.empty() && now.topics.empty();
  if (!isEmpty || startActions_ == nullptr) {
    const bool hadFocus = empty_ != nullptr && empty_->isAncestorOf(focusWidget());
    delete empty_;
    if (hadFocus) canvas_->setFocus();
    return;
  }
  if (empty_) return;
  empty_ = new EmptyState(canvas_);
  empty_->setActions(*startActions_);
  placeOverlays();
  empty_->show();
}

void DrawingPage::takeFocus() {
  if (empty_) {
    empty_->setFocus();
  } else {
    canvas_->setFocus();
  }
}

void DrawingPage::resizeEvent(QResizeEvent* event) {
  DocumentPage::resizeEvent(event);
  placeOverlays();
}

void DrawingPage::placeOverlays() {
  if (empty_) empty_->resize(canvas_->size());
  find_->adjustSize();
  find_->move(canvas_->width() - find_->width() - kOverlayInset, kOverlayInset);
  busy_->adjustSize();
  busy_->move((canvas_->width() - busy_->width()) / 2, kOverlayInset);
}

bool DrawingPage::save() {
  if (drawing_->file().path().isEmpty()) return saveAs();
  return saved(drawing_->file().save(*drawing_->catalog()));
}

bool DrawingPage::saveAs() {
  const QString there = drawing_->file().path();
  const QString name = QString::fromStdString(document().topology().name.value);
  const QString path = askWhereToWrite(this, services_.settings,
                                       {.title = tr("Save topology"),
                                        .suggestion = there.isEmpty() ? name + ".weir" : there,
                                        .suffix = "weir",
                                        .filter = tr("Topologies (*.weir)")});
  return !path.isEmpty() && saved(drawing_->file().saveAs(path, *drawing_->catalog()));
}

bool DrawingPage::saved(const Result<void>& done) {
  if (!done) {
    showMessage({"save",
                 MessageTone::Error,
                 {},
                 tr("Not saved. %1").arg(QString::fromStdString(done.error().message)),
                 {{tr("Save as…"), [this] { saveAs(); }}}});
    return false;
  }
  for (const char* const settled : {"save", "outside", "canonical", "form"}) removeMessage(settled);
  services_.settings.addRecentFile(drawing_->file().path());
  return true;
}

void DrawingPage::takeTheirs() {
  const Result<void> taken = drawing_->file().reload();
  if (!taken) {
    const QString reason = QString::fromStdString(taken.error().message).section('\n', 0, 0);
    return showMessage({"theirs", MessageTone::Error, {}, tr("Not taken. %1").arg(reason), {}});
  }
  for (const char* const settled : {"theirs", "outside", "save"}) removeMessage(settled);
  sayWhatSavingTouches();
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
               {{tr("Take theirs"), [this] { takeTheirs(); }}, {tr("Keep mine"), [this] {
                                                                  removeMessage("theirs");
                                                                  removeMessage("outside");
                                                                  drawing_->file().keepMine();
                                                                }}}});
}

}  // namespace weir::designer
