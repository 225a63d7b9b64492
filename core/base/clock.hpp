// The only door to the time of day, to measuring time and to waiting.
#pragma once

#include <atomic>
#include <compare>
#include <cstdint>

// First, because TypeId has an enumerator named like Timestamp below, and -Wshadow minds the order.
#include "weir/sdk/types.hpp"

namespace weir {

// Microseconds since the epoch, UTC.
using Timestamp = std::int64_t;
// Microseconds.
using Duration = std::int64_t;

inline constexpr Duration kMillisecond = 1000;
inline constexpr Duration kSecond = 1000 * kMillisecond;

// A reading of the monotonic clock. It means nothing but how long before or after another one of this process it lies,
// and it is a type of its own so that no interval is ever measured by the time of day, which people and NTP set back.
class Instant {
 public:
  constexpr Instant() = default;
  constexpr explicit Instant(std::int64_t microseconds) : microseconds_(microseconds) {}
  static constexpr Instant never() { return Instant(INT64_MAX); }

  // What lies beyond the end of counting never comes.
  friend constexpr Instant operator+(Instant from, Duration by) {
    std::int64_t sum = 0;
    return __builtin_add_overflow(from.microseconds_, by, &sum) ? never() : Instant(sum);
  }
  friend constexpr Duration operator-(Instant later, Instant earlier) {
    return later.microseconds_ - earlier.microseconds_;
  }
  friend constexpr auto operator<=>(Instant, Instant) = default;

 private:
  std::int64_t microseconds_ = 0;
};

// [any]
class Clock {
 public:
  virtual ~Clock() = default;
  // The time of day: for what is compared with event times or shown to people. It may jump, back as well.
  virtual Timestamp now() const = 0;
  // For every interval, time limit and wait. Never goes back.
  virtual Instant monotonic() const = 0;
};

// The machine's clock.
class SystemClock final : public Clock {
 public:
  Timestamp now() const override;
  Instant monotonic() const override;
};

// Stands still until a test moves it.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Timestamp start = 0) : now_(start) {}
  Timestamp now() const override { return now_.load(); }
  Instant monotonic() const override { return Instant(passed_.load()); }
  // Time passes.
  void advance(Duration by) {
    now_ += by;
    passed_ += by;
  }
  // Somebody sets the time of day, and no time passes.
  void setTimeOfDay(Timestamp now) { now_ = now; }

 private:
  std::atomic<Timestamp> now_;
  std::atomic<Duration> passed_{0};
};

}  // namespace weir
