// Tries a plugin out: what `weir plugin-check` does, in its child process.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/adapters/host/guard/trust.hpp"

namespace weir::host {

enum class CheckOutcome : std::uint8_t {
  Passed,
  Skipped,  // the operator refused with a reason, which is its right: example parameters are a guess
  Failed,
};

struct CheckStep {
  std::string name;  // "echo: process 100 rows": the operator comes first, where it is about one
  CheckOutcome outcome = CheckOutcome::Passed;
  std::string message;
};

// Told before a step begins (so that a crash or a hang can be named) and after it.
struct CheckListener {
  std::function<void(const std::string& name)> begins;
  std::function<void(const CheckStep& step)> ended;
};

// Loads the library into this process and takes every operator through its life; with `after`, only those that come
// after that one in the manifest.
void checkPlugin(const std::string& library, const TrustPolicy& policy, const CheckListener& listener,
                 const std::string& after = {});

}  // namespace weir::host
