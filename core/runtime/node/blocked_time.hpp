// How long an operator has kept its task waiting.
#pragma once

#include <optional>

#include "core/base/clock.hpp"

namespace weir::runtime {

// [task]
class BlockedTime {
 public:
  // It still waits for something of its own. Answers for how long where that is to be said now: when it has been as
  // long as `limit`, and then twice as late each time.
  std::optional<Duration> goesOn(Instant now, Duration limit) {
    if (since_ == Instant::never()) {
      since_ = now;
      next_ = now + limit;
    }
    if (next_ > now) return std::nullopt;
    const Duration soFar = now - since_;
    next_ = now + soFar;
    return soFar;
  }
  // When it is to be said next.
  Instant next() const { return next_; }
  void isOver() { since_ = Instant::never(); }

 private:
  Instant since_ = Instant::never();
  Instant next_ = Instant::never();
};

}  // namespace weir::runtime
