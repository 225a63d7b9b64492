#include "designer/ui/workbench/topology_page.hpp"

#include "designer/ui/canvas/view/canvas_view.hpp"
#include "designer/ui/panels/lists/find_bar.hpp"
#include "designer/ui/shell/documents/empty_state.hpp"
#include "designer/ui/shell/settings/settings.hpp"
#include "designer/ui/workbench/busy_note.hpp"
#include "designer/ui/workbench/file_dialogs.hpp"
#include "designer/ui/workbench/services.hpp"

namespace weir::designer {

namespace {

constexpr int kOverlayInset = 16;

}  // namespace

TopologyPage* TopologyPage::make(OpenTopology::Start start, Services& services) {
  return new TopologyPage(openOrShare(services, std::move(start)), services);
}

TopologyPage::TopologyPage(OpenTopologyRef topology, Services& services)
    : DocumentPage(new CanvasView(topology->document()), {}),
      services_(services),
      topology_(std::move(topology)),
      canvas_(qobject_cast<CanvasView*>(content())),
      find_(new FindBar(canvas_)),
      busy_(new BusyNote(tr("Laying out…"), canvas_)) {
  find_->hide();
  find_->setDocument(&document());
  find_->setCatalog(topology_->catalog());
  canvas_->setCatalog(topology_->catalog());
  canvas_->setReducedMotion(services_.settings.reducedMotion());
  canvas_->setChecked(topology_->checked());
  find_->setChecked(topology_->checked());
  follow();
  updateTitle();
  sayWhatSavingTouches();
  sayWhatACrashWouldLose();
  sayWhatHappenedOutside();
}

TopologyPage::~TopologyPage() {
  // The canvas looks at the topology until it goes.
  delete empty_;
  delete canvas_;
}

void TopologyPage::follow() {
  connect(&services_.catalog, &CatalogService::loaded, this,
          [this] { topology_->setCatalog(services_.catalog.catalog()); });
  connect(topology_.get(), &OpenTopology::catalogChanged, this, [this] {
    canvas_->setCatalog(topology_->catalog());
    find_->setCatalog(topology_->catalog());
  });
  connect(&services_.settings, &Settings::reducedMotionChanged, canvas_, &CanvasView::setReducedMotion);
  connect(topology_.get(), &OpenTopology::checkedChanged, this, [this] {
    canvas_->setChecked(topology_->checked());
    find_->setChecked(topology_->checked());
  });
  connect(find_, &FindBar::locate, canvas_, &CanvasView::locate);
  connect(find_, &FindBar::resized, this, &TopologyPage::placeOverlays);
  connect(find_, &FindBar::closed, canvas_, [this] { canvas_->setFocus(); });
  connect(&document(), &Document::savedStateChanged, this, &TopologyPage::updateTitle);
  connect(&document(), &Document::edited, this, &TopologyPage::showEmptyState);
  connect(&topology_->file(), &TopologyFile::pathChanged, this, &TopologyPage::updateTitle);
  connect(&topology_->file(), &TopologyFile::written, this, [this] {
    for (const char* const settled : {"save", "canonical", "form"}) removeMessage(settled);
  });
  connect(&topology_->autosave(), &Autosave::failureChanged, this, &TopologyPage::sayWhatACrashWouldLose);
  connect(topology_.get(), &OpenTopology::linesNotCanonicalChanged, this, &TopologyPage::sayWhatSavingTouches);
  connect(&topology_->outside(), &OutsideChange::changed, this, &TopologyPage::sayWhatHappenedOutside);
  connect(topology_.get(), &OpenTopology::applyingLayout, canvas_, &CanvasView::setGliding);
  connect(topology_.get(), &OpenTopology::layingOutChanged, busy_, &BusyNote::setBusy);
  connect(busy_, &BusyNote::cancelRequested, this, [this] { topology_->cancelLayout(); });
}

void TopologyPage::updateTitle() {
  setTitle(topology_->file().title());
  setFilePath(topology_->file().path());
  setDirty(document().changed());
}

bool TopologyPage::isUntouched() {
  const topology::Topology& now = document().topology();
  return topology_->file().path().isEmpty() && !document().changed() && now.nodes.empty() && now.topics.empty();
}

void TopologyPage::layOut() {
  canvas_->cancelGesture();
  topology_->layOut(canvas_->placed().picture());
}

void TopologyPage::setStartActions(const StartActions& actions) {
  startActions_ = std::make_unique<StartActions>(actions);
  if (empty_) empty_->setActions(actions);
  showEmptyState();
}

void TopologyPage::showEmptyState() {
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

void TopologyPage::takeFocus() {
  if (empty_) {
    empty_->setFocus();
  } else {
    canvas_->setFocus();
  }
}

void TopologyPage::resizeEvent(QResizeEvent* event) {
  DocumentPage::resizeEvent(event);
  placeOverlays();
}

void TopologyPage::placeOverlays() {
  if (empty_) empty_->resize(canvas_->size());
  find_->adjustSize();
  find_->move(canvas_->width() - find_->width() - kOverlayInset, kOverlayInset);
  busy_->adjustSize();
  busy_->move((canvas_->width() - busy_->width()) / 2, kOverlayInset);
}

bool TopologyPage::save() {
  if (topology_->file().path().isEmpty()) return saveAs();
  // What another program wrote is not overwritten before somebody has decided.
  const OutsideChange::State outside = topology_->outside().state();
  if (outside == OutsideChange::State::Undecided || outside == OutsideChange::State::Unreadable) {
    if (outside == OutsideChange::State::Undecided) Q_EMIT changesRequested();
    return saved(
        configError(tr("Another program has changed this file: take theirs or keep mine first.").toStdString()));
  }
  return saved(topology_->file().save(*topology_->catalog()));
}

bool TopologyPage::saveAs() {
  const QString there = topology_->file().path();
  const QString name = QString::fromStdString(document().topology().name.value);
  const QString path = askWhereToWrite(this, services_.settings,
                                       {.title = tr("Save topology"),
                                        .suggestion = there.isEmpty() ? name + ".weir" : there,
                                        .suffix = "weir",
                                        .filter = tr("Topologies (*.weir)")});
  if (path.isEmpty()) return false;
  const OpenTopologyRef other = openAt(services_, path);
  if (other != nullptr && other != topology_) {
    const QString refusal = tr("%1 is open already. Close it, or choose another name.").arg(other->file().title());
    return saved(configError(refusal.toStdString()));
  }
  return saved(topology_->file().saveAs(path, *topology_->catalog()));
}

bool TopologyPage::saved(const Result<void>& done) {
  if (!done) {
    showMessage({"save",
                 MessageTone::Error,
                 {},
                 tr("Not saved. %1").arg(QString::fromStdString(done.error().message)),
                 {{tr("Save as…"), [this] { saveAs(); }}}});
    return false;
  }
  services_.settings.addRecentFile(topology_->file().path());
  return true;
}

void TopologyPage::sayWhatSavingTouches() {
  const int lines = topology_->linesNotCanonical();
  if (lines == 0) return removeMessage("canonical");
  showMessage(
      {"canonical",
       MessageTone::Warning,
       {},
       tr("This file is not in canonical form: saving it will touch %n line(s) beside your changes.", nullptr, lines),
       {}});
}

void TopologyPage::sayWhatACrashWouldLose() {
  const QString& failure = topology_->autosave().failure();
  if (failure.isEmpty()) return removeMessage("autosave");
  showMessage({"autosave",
               MessageTone::Warning,
               {},
               tr("A crash would lose what is not saved, for it cannot be kept: %1.").arg(failure),
               {{tr("Save"), [this] { save(); }}}});
}

void TopologyPage::sayWhatHappenedOutside() {
  OutsideChange& outside = topology_->outside();
  const MessageButton take{tr("Take theirs"), [&outside] { outside.takeTheirs(); }};
  const MessageButton keep{tr("Keep mine"), [&outside] { outside.keepMine(); }};
  const auto say = [this](MessageTone tone, const QString& sentence, const QList<MessageButton>& buttons) {
    showMessage({"outside", tone, {}, sentence, buttons});
  };
  switch (outside.state()) {
    case OutsideChange::State::Nothing: return removeMessage("outside");
    case OutsideChange::State::Gone:
      return say(MessageTone::Warning, tr("The file is gone from the disk. Saving writes it again."),
                 {{tr("Save"), [this] { save(); }}});
    case OutsideChange::State::Read:
      return say(MessageTone::Info, tr("Another program has changed this file. It is shown as it is on disk now."),
                 {{tr("Show changes"), [this] { Q_EMIT changesRequested(); }},
                  {tr("Undo"), [&outside] { outside.undoReading(); }}});
    case OutsideChange::State::Undecided:
      say(MessageTone::Warning, tr("Another program has changed this file: compare below."), {take, keep});
      Q_EMIT changesRequested();
      return;
    case OutsideChange::State::Unreadable:
      return say(MessageTone::Error, tr("Another program has changed this file. Not taken. %1").arg(outside.reason()),
                 {take, keep});
  }
}

}  // namespace weir::designer
