#include "app/runner/stderr_logger.hpp"

#include "core/base/printable.hpp"

namespace weir::app {

namespace {

const char* word(LogLevel level) {
  switch (level) {
    case LogLevel::Debug: return "debug";
    case LogLevel::Info: return "info";
    case LogLevel::Warning: return "warning";
    case LogLevel::Error: return "error";
    case LogLevel::Misbehaviour: return "misbehaviour";
  }
  return "";
}

}  // namespace

void StderrLogger::write(LogLevel level, std::string_view where, std::string_view text) {
  if (!shows(level)) return;
  std::string line = std::string("weir: ") + word(level) + ": ";
  if (!where.empty()) line.append(where).append(": ");
  line.append(printable(text)).append("\n");
  const std::lock_guard lock(mutex_);
  std::fputs(line.c_str(), stderr);
}

}  // namespace weir::app
