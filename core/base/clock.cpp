#include "core/base/clock.hpp"

#include <chrono>

namespace weir {

namespace {

template <typename C>
std::int64_t microsecondsOf() {
  return std::chrono::duration_cast<std::chrono::microseconds>(C::now().time_since_epoch()).count();
}

}  // namespace

Timestamp SystemClock::now() const {
  return microsecondsOf<std::chrono::system_clock>();
}

Instant SystemClock::monotonic() const {
  return Instant(microsecondsOf<std::chrono::steady_clock>());
}

}  // namespace weir
