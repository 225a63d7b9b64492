// The timer of one node.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/base/clock.hpp"

namespace weir::runtime {

// [task] The earliest time that its operator has asked for. Kept as what lies between then and the asking, so that a
// clock that is set moves no timer.
class NodeTimer {
 public:
  void ask(const Clock& clock, Timestamp time) {
    const Timestamp asked = clock.now();
    const Instant due = clock.monotonic() + (time > asked ? time - asked : 0);
    if (due >= due_) return;
    due_ = due;
    time_ = time;
  }
  bool isSet() const { return due_ != Instant::never(); }
  // Instant::never(): it is not set.
  Instant due() const { return due_; }
  bool hasCome(Instant now) const { return due_ <= now; }

  // It is told, and set no more. Answers the time of day to tell: never before what the operator asked for, wherever
  // the clock has been set to meanwhile.
  Timestamp take(const Clock& clock) {
    const Timestamp time = std::max(clock.now(), time_);
    *this = NodeTimer();
    return time;
  }

 private:
  Instant due_ = Instant::never();
  Timestamp time_ = INT64_MAX;
};

}  // namespace weir::runtime
