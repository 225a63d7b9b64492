// How an operator says that it cannot go on. The trampolines turn these into a status and a text; nothing
// is ever thrown across the border. The text says what happened, where, and what to do.
#pragma once

#include <stdexcept>
#include <string>

#include "weir/abi/host.h"

namespace weir {

class PluginError : public std::runtime_error {
 public:
  PluginError(weir_status status, const std::string& text) : std::runtime_error(text), status_(status) {}
  weir_status status() const { return status_; }

 private:
  weir_status status_;
};

// The topology is wrong: trying again cannot help.
class ConfigError : public PluginError {
 public:
  explicit ConfigError(const std::string& text) : PluginError(WEIR_ERROR_CONFIG, text) {}
};

// The outside world failed: the task is made anew from the last commit, and may work then.
class RetryableError : public PluginError {
 public:
  explicit RetryableError(const std::string& text) : PluginError(WEIR_ERROR_RETRYABLE, text) {}
};

// Rows that cannot be worked on, when it is not known which ones. Known rows go to Context::deadLetter.
class PoisonError : public PluginError {
 public:
  explicit PoisonError(const std::string& text) : PluginError(WEIR_ERROR_POISON, text) {}
};

// The instance is broken.
class FatalError : public PluginError {
 public:
  explicit FatalError(const std::string& text) : PluginError(WEIR_ERROR_FATAL, text) {}
};

}  // namespace weir
