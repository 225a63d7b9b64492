// Undo and redo over snapshots.
#pragma once

#include <QString>
#include <cstddef>
#include <deque>
#include <string>

#include "designer/model/document/snapshot.hpp"
#include "designer/model/edits/edit.hpp"

namespace weir::designer {

struct Step {
  QString label;
  std::string mergeKey;
  Snapshot before;
  Snapshot after;
  Selection selectedBefore;
  Selection selectedAfter;
};

class History {
 public:
  // Versions share what did not change; what they do not share is bounded by this many bytes, and the oldest steps go.
  explicit History(std::size_t mostBytes = std::size_t{256} << 20) : mostBytes_(mostBytes) {}

  // Drops what had been undone. Merges with the step before when both have the same key, unless closeMerge() was
  // called in between.
  void push(Step step);
  // Ends a drag or the typing into a field.
  void closeMerge() { open_ = false; }

  // The step to take back or to make again; null when there is none. Valid until the next push.
  const Step* undo();
  const Step* redo();

  const Step* nextUndo() const { return done_ == 0 ? nullptr : &steps_[done_ - 1]; }
  const Step* nextRedo() const { return done_ == steps_.size() ? nullptr : &steps_[done_]; }

 private:
  void dropOldest();

  std::deque<Step> steps_;
  std::size_t done_ = 0;  // steps before it are done, the others undone
  std::size_t mostBytes_;
  std::size_t bytes_ = 0;
  bool open_ = false;
};

}  // namespace weir::designer
