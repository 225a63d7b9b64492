// What a job that was posted to a task may look at.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/runtime/task/task.hpp"

namespace weir::runtime {

// [task] What has been committed, and figures. Nothing of it changes the task.
class TaskView {
 public:
  explicit TaskView(Task& task) : task_(task) {}

  std::int64_t watermark() const { return task_.watermark(); }
  TaskFigures figures() const { return task_.figures(); }

  // Entries of a node's store, as the last commit left them.
  Result<std::optional<std::string>> get(std::string_view node, std::string_view store, std::int64_t segment,
                                         std::string_view key) const {
    WEIR_TRY_ASSIGN(state, stateOf(node));
    return state->read(store, segment, key);
  }
  // As StateStore::scan.
  Result<void> scan(std::string_view node, std::string_view store, std::int64_t segment, std::string_view from,
                    std::string_view to, const StateVisitor& visitor) const {
    WEIR_TRY_ASSIGN(state, stateOf(node));
    return state->scan(store, segment, from, to, visitor);
  }

 private:
  Result<NodeState*> stateOf(std::string_view node) const {
    NodeState* const state = task_.stateOf(node);
    if (state == nullptr) {
      return configError("Sub-topology '" + task_.subTopology().id + "' has no node '" + std::string(node) + "'.");
    }
    return state;
  }

  Task& task_;
};

// Called once: between two steps of the task, or, on any thread, with the reason why there is no task to look at. The
// task does nothing else meanwhile.
using TaskJob = std::function<void(const Result<TaskView>& task)>;

}  // namespace weir::runtime
