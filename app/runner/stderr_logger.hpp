// Messages of a runner, a line each, on standard error.
#pragma once

#include <cstdio>
#include <mutex>
#include <string>

#include "core/base/logger.hpp"

namespace weir::app {

// [any]
class StderrLogger final : public Logger {
 public:
  explicit StderrLogger(LogLevel least = LogLevel::Info) : least_(least) {}
  void write(LogLevel level, std::string_view where, std::string_view text) override;
  bool shows(LogLevel level) const override { return level >= least_; }

 private:
  LogLevel least_;
  std::mutex mutex_;
};

}  // namespace weir::app
