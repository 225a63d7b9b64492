#include "designer/model/service/outside_change.hpp"

namespace weir::designer {

OutsideChange::OutsideChange(Document& document, TopologyFile& file, QObject* parent)
    : QObject(parent), document_(document), file_(file) {
  connect(&file_, &TopologyFile::outsideChange, this, &OutsideChange::onOutsideChange);
  connect(&file_, &TopologyFile::cameBack, this, &OutsideChange::close);
  connect(&file_, &TopologyFile::written, this, &OutsideChange::close);
  // What was read is history with the next edit.
  connect(&document_, &Document::edited, this, [this] {
    if (state_ == State::Read) close();
  });
}

void OutsideChange::become(State state, std::optional<Comparison> comparison) {
  state_ = state;
  comparison_ = std::move(comparison);
  if (state != State::Unreadable) reason_.clear();
  Q_EMIT changed();
}

void OutsideChange::onOutsideChange(bool gone) {
  if (gone) return become(State::Gone);
  if (!document_.changed()) return takeTheirs();
  Result<topology::Topology> theirs = file_.onDisk();
  if (!theirs) {
    reason_ = QString::fromStdString(theirs.error().message).section('\n', 0, 0);
    return become(State::Unreadable);
  }
  // Both may have come to the same.
  if (*theirs == document_.topology()) return takeTheirs();
  become(State::Undecided, Comparison{nullptr, makeSnapshot(std::move(*theirs)), tr("Mine"), tr("Theirs")});
}

bool OutsideChange::read() {
  state_ = State::Nothing;  // what the document says meanwhile is no edit of the user
  const Result<void> taken = file_.reload();
  if (!taken) reason_ = QString::fromStdString(taken.error().message).section('\n', 0, 0);
  return taken.ok();
}

void OutsideChange::takeTheirs() {
  const Snapshot before = document_.now();
  if (!read()) return become(State::Unreadable);
  if (*before == document_.topology()) return become(State::Nothing);
  become(State::Read, Comparison{before, document_.now(), tr("Before"), tr("On disk")});
}

void OutsideChange::keepMine() {
  file_.keepMine();
  become(State::Nothing);
}

void OutsideChange::undoReading() {
  if (state_ == State::Read) document_.undo();  // which closes this
}

void OutsideChange::close() {
  if (state_ != State::Nothing) become(State::Nothing);
}

}  // namespace weir::designer
