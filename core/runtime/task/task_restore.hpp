// The state of a task on its way to its last commit, before the task is made: in pieces, so that a thread that runs
// other tasks too can do it, and whoever wants it to stop need not wait.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/state/node_state.hpp"
#include "core/topology/plan/plan.hpp"

namespace weir::runtime {

// [task]
class TaskRestore {
 public:
  // The part outlives the states.
  TaskRestore(const topology::SubTopology& subTopology, std::uint32_t task, const StateResources& resources);

  // One piece, of some tenths of a second at most. True: everything is there.
  Result<bool> some();
  // Of what it has looked at so far.
  RestoreProgress progress() const;
  // What the task is made with, by node.
  std::vector<std::unique_ptr<NodeState>> take() { return std::move(states_); }

 private:
  std::vector<std::unique_ptr<NodeState>> states_;
  std::size_t next_ = 0;
};

}  // namespace weir::runtime
