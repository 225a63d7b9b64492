// The logging port: where messages for operators of the system go.
#pragma once

#include <cstdint>
#include <string_view>

namespace weir {

enum class LogLevel : std::uint8_t { Debug, Info, Warning, Error, Misbehaviour };

// [any] Implementations copy the text and never block for long.
class Logger {
 public:
  virtual ~Logger() = default;
  // `where` names a node or a part of the runner; empty for the runner itself.
  virtual void write(LogLevel level, std::string_view where, std::string_view text) = 0;
  // Whether lines of this level go anywhere.
  virtual bool shows(LogLevel) const { return true; }
};

}  // namespace weir
