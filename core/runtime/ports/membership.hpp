// The Membership port: which tasks this runner runs. Alone it runs all of them; as one of a group, its share, which
// changes while it runs.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace weir::runtime {

// A task of a plan by names that do not shift when the topology changes.
struct TaskId {
  std::string subTopology;
  std::int32_t task = 0;
  friend auto operator<=>(const TaskId&, const TaskId&) = default;
};

enum class Revocation : std::uint8_t {
  Asked,  // another runner is to have the tasks: their last commit comes first
  Lost    // another runner may have them already: nothing of them may be committed
};

// Whoever runs the tasks. Calls come one at a time, on a thread of the membership's own.
class AssignmentListener {
 public:
  virtual ~AssignmentListener() = default;
  // Tasks to be run beside those that are run already; there may be none. `generation` numbers the assignments of the
  // group: a commit is made in the newest one that its runner has heard of, and refused in an older one.
  virtual void assigned(std::vector<TaskId> tasks, std::int64_t generation) = 0;
  // `done` is to be called once, on any thread, when none of the tasks runs and nothing of them is on its way into the
  // log.
  virtual void revoked(std::vector<TaskId> tasks, Revocation why, std::function<void()> done) = 0;
  // Each task of the plan has come to the end of its input, here or elsewhere: what has been assigned may still end
  // once more, and then there is nothing left to do.
  virtual void allEnded() {}
};

// [any]
class Membership {
 public:
  virtual ~Membership() = default;
  // `tasks` are those of the whole plan, the same for all members. The listener outlives the membership, or leaves.
  virtual Result<void> join(std::span<const TaskId> tasks, AssignmentListener& listener) = 0;
  // Told by a run until the end of the input: the task has come there, and everything of it is committed. It may be
  // told again of a task that has moved since.
  virtual void ended(const TaskId& task) { static_cast<void>(task); }
  // The tasks may go to others, who do not wait. The listener is not called after it. Nothing where nobody joined.
  virtual void leave() = 0;
};

}  // namespace weir::runtime
