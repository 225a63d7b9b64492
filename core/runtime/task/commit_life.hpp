// What the operators of a task go through with each commit:
//
//   drain every node -> prepare every node -> (the task hands it over, and it becomes durable) -> tell every node
//
// Each may wait for an operator. While it drains and prepares no rows go on; while it tells they do.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "core/base/clock.hpp"
#include "core/runtime/task/task_graph.hpp"

namespace weir::runtime {

// [task] A failure is the graph's.
class CommitLife {
 public:
  // Both outlive it.
  CommitLife(TaskGraph& graph, const Clock& clock) : graph_(graph), clock_(clock) {}
  // Operators learn that what they were preparing is not committed.
  ~CommitLife();
  CommitLife(const CommitLife&) = delete;
  CommitLife& operator=(const CommitLife&) = delete;

  // The epochs to come are above this one.
  void goOnFrom(std::uint64_t epoch) { epoch_ = std::max(epoch_, epoch); }
  // The one that is being prepared, or was prepared last.
  std::uint64_t epoch() const { return epoch_; }

  // Begins a commit, or goes on with it. True: every operator has handed over what it keeps; false: call again after a
  // wake, or the graph has failed.
  bool prepare();
  // It has begun and is not prepared: rows have to wait.
  bool preparing() const { return phase_ != Phase::Idle; }
  // What was prepared is certain not to be committed.
  void abort();

  // What was prepared is durable.
  void durable();
  // Some operator does not know of it yet.
  bool telling() const { return told_ != SIZE_MAX; }
  // Tells them. True: all of them know; otherwise as `prepare`.
  bool tell();

  // The operator keeps the commit waiting.
  bool waitsFor(const TaskNode& node) const;
  // Nothing goes on before an operator, from a thread of its own, wakes the task.
  bool awaitsWake() const;

 private:
  enum class Phase : std::uint8_t { Idle, Draining, Preparing };
  // Asks operators that are not ready, and have been woken, once more.
  bool prepareNodes();
  bool mayPrepareAgain(TaskNode& node);
  bool fail(Error error);

  TaskGraph& graph_;
  const Clock& clock_;
  Phase phase_ = Phase::Idle;
  std::uint64_t epoch_ = 0;
  std::size_t prepared_ = 0;     // nodes, of the epoch that is being prepared
  bool asked_ = false;           // the next of them, and it was not ready
  bool timerHeld_ = false;       // its timer came while it was asked
  std::size_t told_ = SIZE_MAX;  // nodes, of the epoch that has become durable; SIZE_MAX: all of them
  bool toldAsked_ = false;
};

}  // namespace weir::runtime
