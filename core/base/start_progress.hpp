// What a start that takes long owes to whoever waits for it: how far it is, and an end when a stop is asked for.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <stop_token>
#include <string_view>

#include "core/base/clock.hpp"
#include "core/base/logger.hpp"
#include "core/base/result.hpp"

namespace weir {

// [any] Nothing is said about a start that takes less than a second.
class StartProgress {
 public:
  StartProgress(const Clock& clock, Logger& logger, std::stop_token stop);

  // A task is about to be made anew. Where nothing else was starting a moment ago, that is a start of its own.
  void begin();
  // Called between pieces of work that take no longer than some tenths of a second: `done` of `total` of `what` are
  // over, at a node or (empty) for the whole. An error when a stop has been asked for; nothing is lost then.
  Result<void> at(std::string_view where, std::string_view what, std::int64_t done, std::int64_t total);
  // Whether `at` has ended the start.
  bool stopped() const { return stopped_; }

 private:
  const Clock& clock_;
  Logger& logger_;
  std::stop_token stop_;
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;  // guards what follows
  Instant lastCall_;
  Instant nextLine_;
};

}  // namespace weir
