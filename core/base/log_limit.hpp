// Keeps one part of the system from drowning what the others have to say.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "core/base/clock.hpp"
#include "core/base/logger.hpp"

namespace weir {

// Lets some lines of each level through a second, and tells how many it dropped when that second is over. Levels are
// counted apart, so that a node that chatters does not hide its own errors. [any]
class LogLimit {
 public:
  static constexpr int kLinesPerSecond = 10;  // of each level

  // Logger and clock outlive it. `where` as for Logger::write.
  LogLimit(Logger& logger, const Clock& clock, std::string where);
  // Tells what it has not told.
  ~LogLimit();
  LogLimit(const LogLimit&) = delete;
  LogLimit& operator=(const LogLimit&) = delete;

  // True when this is the first line that was dropped since the last were told: from now on somebody should call
  // `tell`.
  bool write(LogLevel level, std::string_view text);
  // Tells how many lines were dropped, once their second is over. Answers when that will be, never when there is
  // nothing to tell.
  Instant tell();

 private:
  void tellLocked();

  Logger& logger_;
  const Clock& clock_;
  const std::string where_;
  std::mutex mutex_;  // guards what follows
  Instant begin_;
  std::array<int, 5> lines_{};  // since `begin_`, by level
  std::int64_t dropped_ = 0;
};

}  // namespace weir
