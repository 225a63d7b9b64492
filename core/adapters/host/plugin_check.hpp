// Tries a plugin out: what `weir plugin-check` does, in its child process.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "adapters/host/trust.hpp"

namespace weir::host {

enum class CheckOutcome : std::uint8_t {
  Passed,
  Skipped,  // the operator refused with a reason, which is its right: example parameters are a guess
  Failed,
};

struct CheckStep {
  std::string name;  // "echo: process 100 rows"
  CheckOutcome outcome = CheckOutcome::Passed;
  std::string message;
};

// Told before a step begins (so that a crash or a hang can be named) and after it.
struct CheckListener {
  std::function<void(const std::string& name)> begins;
  std::function<void(const CheckStep& step)> ended;
};

// Loads the library into this process and takes every operator through its life.
void checkPlugin(const std::string& library, const TrustPolicy& policy, const CheckListener& listener);

// The same in a child process (`program` `arguments`... prints steps as lines), which is ended after the time limit. A
// crash or a hang becomes a failed step with the name of the one that was under way.
std::vector<CheckStep> checkPluginInChild(const std::vector<std::string>& command, int timeLimitMilliseconds);

// One line each, between child and parent.
std::string beginLine(const std::string& name);
std::string endLine(const CheckStep& step);

}  // namespace weir::host
