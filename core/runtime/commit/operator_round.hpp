// How a commit goes through the operators of a task, one after the other: each is asked for what it keeps, and later
// told that it is durable. Each may keep it waiting.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/runtime/node/task_graph.hpp"

namespace weir::runtime {

// [task] One round at a time.
class OperatorRound {
 public:
  // Both outlive it.
  OperatorRound(TaskGraph& graph, const Clock& clock) : graph_(graph), clock_(clock) {}

  // From the first one on.
  void begin();
  // Asks for what they keep, or tells them, from where it stopped. True: all of them are done; false: call again after
  // a wake.
  Result<bool> prepare(std::uint64_t epoch);
  Result<bool> tell(std::uint64_t epoch);
  // What those keep that were done is certain not to be committed.
  void abort(std::uint64_t epoch);

  // It has stopped at this one.
  bool waitsFor(const TaskNode& node) const { return asked_ && node.index() == next_; }
  // Nothing goes on before that one, from a thread of its own, wakes the task.
  bool awaitsWake() const;

 private:
  bool mayPrepareAgain(TaskNode& node);

  TaskGraph& graph_;
  const Clock& clock_;
  std::size_t next_ = 0;    // all nodes before it are done
  bool asked_ = false;      // it has been asked, and was not ready
  bool timerHeld_ = false;  // its timer came while it was asked
};

}  // namespace weir::runtime
