#include "designer/model/document/history.hpp"

namespace weir::designer {

namespace {

// What a version takes beside the parts that it shares with others: its lists of parts.
std::size_t bytesOf(const Step& step) {
  const topology::Topology& t = *step.after;
  const std::size_t parts =
      t.params.size() + t.nodes.size() + t.topics.size() + t.groups.size() + t.edges.size() + t.layout.size();
  return sizeof(topology::Topology) + parts * sizeof(topology::Part<topology::Node>);
}

}  // namespace

void History::push(Step step) {
  while (steps_.size() > done_) {
    bytes_ -= bytesOf(steps_.back());
    steps_.pop_back();
  }
  if (open_ && !step.mergeKey.empty() && done_ > 0 && steps_.back().mergeKey == step.mergeKey) {
    Step& last = steps_.back();
    bytes_ -= bytesOf(last);
    last.label = std::move(step.label);
    last.after = std::move(step.after);
    last.selectedAfter = std::move(step.selectedAfter);
    bytes_ += bytesOf(last);
    // A drag that was called off, or that went back to where it began, is no step.
    if (*last.after == *last.before) {
      bytes_ -= bytesOf(last);
      steps_.pop_back();
      done_ = steps_.size();
      open_ = false;
    }
    return;
  }
  bytes_ += bytesOf(step);
  steps_.push_back(std::move(step));
  done_ = steps_.size();
  open_ = true;
  dropOldest();
}

void History::dropOldest() {
  while (bytes_ > mostBytes_ && steps_.size() > 1) {
    bytes_ -= bytesOf(steps_.front());
    steps_.pop_front();
    --done_;
  }
}

const Step* History::undo() {
  open_ = false;
  if (done_ == 0) return nullptr;
  return &steps_[--done_];
}

const Step* History::redo() {
  open_ = false;
  if (done_ == steps_.size()) return nullptr;
  return &steps_[done_++];
}

}  // namespace weir::designer
