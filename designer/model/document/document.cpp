#include "designer/model/document/document.hpp"

#include "designer/model/edits/edits.hpp"

namespace weir::designer {

Document::Document(topology::Topology topology, QObject* parent)
    : QObject(parent), now_(makeSnapshot(std::move(topology))), saved_(now_) {}

void Document::showAs(topology::Topology topology) {
  Snapshot next = makeSnapshot(std::move(topology));
  saved_ = next;
  become(std::move(next), selection_);
}

void Document::apply(Edit edit) {
  Snapshot next = makeSnapshot(std::move(edit.after));
  Selection selected = edit.selection ? std::move(*edit.selection) : selection_;
  keepThere(*next, selected);
  if (*next == *now_) {
    select(std::move(selected));
    return;
  }
  history_.push({std::move(edit.label), std::move(edit.mergeKey), now_, next, selection_, selected});
  become(std::move(next), std::move(selected));
}

bool Document::undo() {
  const Step* const step = history_.undo();
  if (step == nullptr) return false;
  become(step->before, step->selectedBefore);
  return true;
}

bool Document::redo() {
  const Step* const step = history_.redo();
  if (step == nullptr) return false;
  become(step->after, step->selectedAfter);
  return true;
}

QString Document::undoLabel() const {
  const Step* const step = history_.nextUndo();
  return step == nullptr ? QString() : step->label;
}

QString Document::redoLabel() const {
  const Step* const step = history_.nextRedo();
  return step == nullptr ? QString() : step->label;
}

void Document::become(Snapshot next, Selection selection) {
  const Snapshot before = std::exchange(now_, std::move(next));
  unsaved_.reset();
  const bool reselected = selection != selection_;
  selection_ = std::move(selection);
  Q_EMIT edited(before, now_);
  if (reselected) Q_EMIT selectionChanged();
  Q_EMIT savedStateChanged();
}

void Document::select(Selection selection) {
  keepThere(*now_, selection);
  if (selection == selection_) return;
  selection_ = std::move(selection);
  // What is typed or dragged after that is another step.
  history_.closeMerge();
  Q_EMIT selectionChanged();
}

const Document::Unsaved& Document::unsaved() const {
  if (!unsaved_) {
    // Versions share their parts, so this is quick however large they are.
    const topology::Topology& a = *saved_;
    const topology::Topology& b = *now_;
    const bool sameLogic = a.name == b.name && a.doc == b.doc && a.guarantee == b.guarantee && a.params == b.params &&
                           a.ports == b.ports && a.nodes == b.nodes && a.topics == b.topics && a.groups == b.groups &&
                           a.edges == b.edges;
    unsaved_ = Unsaved{!sameLogic, a.layout != b.layout};
  }
  return *unsaved_;
}

bool Document::logicChanged() const {
  return unsaved().logic;
}

bool Document::layoutChanged() const {
  return unsaved().layout;
}

void Document::setUnreadText(const QString& text) {
  if (text == unreadText_) return;
  unreadText_ = text;
  Q_EMIT savedStateChanged();
}

void Document::markSaved() {
  markSavedAs(now_);
}

void Document::markSavedAs(Snapshot saved) {
  saved_ = std::move(saved);
  unsaved_.reset();
  Q_EMIT savedStateChanged();
}

}  // namespace weir::designer
