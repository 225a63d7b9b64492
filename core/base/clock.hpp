// The only door to the time of day and to waiting.
#pragma once

#include <atomic>
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

// [any]
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Timestamp now() const = 0;
};

// The machine's clock.
class SystemClock final : public Clock {
 public:
  Timestamp now() const override;
};

// Stands still until a test moves it.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Timestamp start = 0) : now_(start) {}
  Timestamp now() const override { return now_.load(); }
  void advance(Duration by) { now_ += by; }
  void set(Timestamp now) { now_ = now; }

 private:
  std::atomic<Timestamp> now_;
};

}  // namespace weir
