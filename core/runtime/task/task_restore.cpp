#include "core/runtime/task/task_restore.hpp"

namespace weir::runtime {

TaskRestore::TaskRestore(const topology::SubTopology& subTopology, std::uint32_t task,
                         const StateResources& resources) {
  states_.reserve(subTopology.nodes.size());
  for (const topology::PlannedNode& node : subTopology.nodes) {
    states_.push_back(std::make_unique<NodeState>(node, static_cast<std::int32_t>(task), resources));
  }
}

Result<bool> TaskRestore::some() {
  if (next_ == states_.size()) return true;
  WEIR_TRY_ASSIGN(done, states_[next_]->restoreSome());
  if (done) ++next_;
  return next_ == states_.size();
}

RestoreProgress TaskRestore::progress() const {
  RestoreProgress all;
  for (const auto& state : states_) {
    all.done += state->restored().done;
    all.total += state->restored().total;
  }
  return all;
}

}  // namespace weir::runtime
