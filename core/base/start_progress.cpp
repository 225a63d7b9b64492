#include "core/base/start_progress.hpp"

#include <algorithm>
#include <string>

namespace weir {

namespace {

constexpr Duration kPatience = kSecond;
constexpr Duration kBetweenLines = 2 * kSecond;
constexpr Duration kPause = 5 * kSecond;
constexpr Duration kMoment = kSecond / 2;

}  // namespace

StartProgress::StartProgress(const Clock& clock, Logger& logger, std::stop_token stop)
    : clock_(clock),
      logger_(logger),
      stop_(std::move(stop)),
      lastCall_(clock.monotonic()),
      nextLine_(lastCall_ + kPatience) {}

void StartProgress::begin() {
  const Instant now = clock_.monotonic();
  const std::lock_guard lock(mutex_);
  if (now - lastCall_ > kMoment) nextLine_ = now + kPatience;
  lastCall_ = now;
}

Result<void> StartProgress::at(std::string_view where, std::string_view what, std::int64_t done, std::int64_t total) {
  if (stop_.stop_requested()) {
    stopped_ = true;
    return retryableError("The start was given up because a stop was asked for; what was committed is safe.");
  }
  const Instant now = clock_.monotonic();
  const std::lock_guard lock(mutex_);
  // A task that is made anew much later has a start of its own.
  if (now - lastCall_ > kPause) nextLine_ = now + kPatience;
  lastCall_ = now;
  if (now < nextLine_) return {};
  nextLine_ = now + kBetweenLines;
  const double share = total <= 0 ? 0 : static_cast<double>(done) / static_cast<double>(total);
  const int percent = static_cast<int>(std::clamp(share, 0.0, 1.0) * 100);
  logger_.write(LogLevel::Info, where, std::string(what) + ": " + std::to_string(percent) + " %.");
  return {};
}

}  // namespace weir
