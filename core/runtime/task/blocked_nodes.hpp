// Which operators keep their task waiting, and that this is said.
#pragma once

#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/logger.hpp"
#include "core/runtime/commit/commit_cycle.hpp"
#include "core/runtime/node/task_graph.hpp"

namespace weir::runtime {

// [task]
class BlockedNodes {
 public:
  // All of them outlive it. `limit`: a warning names an operator that is blocked for longer.
  BlockedNodes(TaskGraph& graph, const CommitCycle& commits, Duration limit, const Clock& clock, Logger& logger)
      : graph_(graph), commits_(commits), limit_(limit), clock_(clock), logger_(logger) {}

  // Says it now and then; answers when to call it again.
  Instant tell();
  // Their ids.
  std::vector<std::string> ids() const;

 private:
  bool waitsFor(const TaskNode& node) const;

  TaskGraph& graph_;
  const CommitCycle& commits_;
  Duration limit_;
  const Clock& clock_;
  Logger& logger_;
};

}  // namespace weir::runtime
