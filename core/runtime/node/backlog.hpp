// What waits at one node of a task.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <utility>

#include "core/runtime/ports/plugin_host.hpp"
#include "weir/sdk/batch.hpp"

namespace weir::runtime {

// [task] What an operator has begun and not finished, and the batches that have come meanwhile, in their order.
class Backlog {
 public:
  struct Waiting {
    std::size_t port = 0;
    Batch batch;
  };

  // Takes in what a call into the operator answered. True: it is done with what it was given.
  bool answered(Progress progress) {
    more_ = progress == Progress::More;
    const bool done = more_ || progress == Progress::Done;
    unfinished_ = done ? std::nullopt : std::optional(progress);
    return done;
  }
  // The operator has begun something: it has output left, or is blocked.
  bool isUnfinished() const { return unfinished_.has_value(); }
  bool isBlocked() const { return unfinished_ == Progress::Blocked; }

  // It has output left that its state knows of: that waits for room, and is not in the way.
  bool hasMore() const { return more_; }
  // Whether it has some, it will say when it is asked.
  void expectMore() { more_ = true; }

  void add(std::size_t port, const Batch& batch) { queue_.push_back({port, batch}); }
  bool hasBatches() const { return !queue_.empty(); }
  // The one that has waited longest.
  Waiting next() {
    Waiting next = std::move(queue_.front());
    queue_.pop_front();
    return next;
  }

  // A batch that comes now is worked on at once.
  bool empty() const { return !unfinished_ && queue_.empty(); }
  // An operator that is blocked may be waiting for nothing but its timer.
  bool admitsTimer() const { return unfinished_ ? isBlocked() : queue_.empty(); }

  // For a count of the nodes where something waits: how far this one has changed it since the last call.
  int takeChange() {
    const bool before = std::exchange(counted_, !empty());
    return static_cast<int>(counted_) - static_cast<int>(before);
  }

 private:
  std::optional<Progress> unfinished_;  // HaveOutput or Blocked
  bool more_ = false;
  bool counted_ = false;
  std::deque<Waiting> queue_;
};

}  // namespace weir::runtime
