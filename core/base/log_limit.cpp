#include "core/base/log_limit.hpp"

#include <utility>

namespace weir {

LogLimit::LogLimit(Logger& logger, const Clock& clock, std::string where)
    : logger_(logger), clock_(clock), where_(std::move(where)) {}

LogLimit::~LogLimit() {
  const std::lock_guard lock(mutex_);
  tellLocked();
}

bool LogLimit::write(LogLevel level, std::string_view text) {
  if (!logger_.shows(level)) return false;
  const std::lock_guard lock(mutex_);
  const Instant now = clock_.monotonic();
  if (now - begin_ >= kSecond) {
    tellLocked();
    begin_ = now;
    lines_.fill(0);
  }
  if (++lines_[static_cast<std::size_t>(level)] > kLinesPerSecond) return ++dropped_ == 1;
  logger_.write(level, where_, text);
  return false;
}

Instant LogLimit::tell() {
  const std::lock_guard lock(mutex_);
  if (clock_.monotonic() - begin_ >= kSecond) tellLocked();
  return dropped_ == 0 ? Instant::never() : begin_ + kSecond;
}

void LogLimit::tellLocked() {
  if (dropped_ == 0) return;
  logger_.write(LogLevel::Warning, where_,
                std::to_string(dropped_) + (dropped_ == 1 ? " more line was" : " more lines were") +
                    " dropped: it may write " + std::to_string(kLinesPerSecond) + " of a kind a second.");
  dropped_ = 0;
}

}  // namespace weir
