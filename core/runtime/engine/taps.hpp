// The taps of an engine: where they can be opened, and those that are.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/base/result.hpp"
#include "core/runtime/node/tap.hpp"
#include "core/topology/plan/plan.hpp"

namespace weir::runtime {

// An output port, of all tasks that have its node, or of some.
struct TapPlace {
  std::string node;
  std::size_t port = 0;
  std::optional<std::string> subTopology = {};
  std::optional<std::int32_t> task = {};
};

// [any]
class Taps {
 public:
  // For every task of the plan, wherever it is run.
  explicit Taps(const topology::Plan& plan);

  const TaskTaps& of(const TaskId& task) const { return points_.at(task); }

  // Open until it is closed, whatever becomes of the tasks; one that is run elsewhere shows nothing.
  Result<std::shared_ptr<Tap>> open(const TapPlace& place, const TapLimits& limits);
  void close(const Tap& tap);

 private:
  std::map<TaskId, TaskTaps> points_;
  std::map<TaskId, std::vector<std::string>> nodes_;  // ids, in the order of the part
};

}  // namespace weir::runtime
