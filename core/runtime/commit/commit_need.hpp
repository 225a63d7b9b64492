// When a task needs a commit, and why: the rules stand here, with what they rest on.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/clock.hpp"
#include "core/runtime/input/task_host.hpp"
#include "core/runtime/input/task_inputs.hpp"
#include "core/runtime/node/task_graph.hpp"
#include "core/runtime/output/task_outputs.hpp"

namespace weir::runtime {

// [task] What happens while a commit is under way is for the next one.
class CommitNeed {
 public:
  // All of them outlive it. `feedsTasks`: others read what it writes while they run.
  CommitNeed(const TaskGraph& graph, const TaskInputs& inputs, const TaskOutputs& outputs, const TaskOptions& options,
             bool feedsTasks, const Clock& clock);

  // What has happened in the task since its last commit was handed over.
  // Something that would be lost without a commit, beside rows that have moved, which are seen by themselves.
  void mustKeep() { dirty_ = true; }
  // An input has given something: rows, or words about time alone, which it would give again after a restart.
  void tookIn();
  // At the last look the inputs had nothing, or something.
  void lookedInVain(bool inVain) { dry_ = inVain; }
  // An operator asks for one.
  void ask() { asked_ = true; }
  bool isAskedFor() const { return asked_; }
  // Nothing will come any more; or a stop was asked for, and what was not read stays in the input.
  void inputEnded() { ended_ = true; }
  void stop() { stopped_ = true; }
  bool hasEnded() const { return ended_; }
  bool hasStopped() const { return stopped_; }

  // Nothing is read any more.
  bool isAtEnd() const { return ended_ || stopped_; }
  // Everything has been read and sent.
  bool isComplete() const { return ended_ && !graph_.hasMore(); }
  // A commit now is the last one.
  bool isLast() const { return isComplete() || stopped_; }
  // Something would be lost without a commit.
  bool isDirty() const { return dirty_ || graph_.rowsMoved() != rowsMovedBefore_; }
  bool isDue() const;
  // When one will be due though nothing more comes; never: none is needed.
  Instant dueWhenDry() const;
  // What waits for a commit asks for one.
  bool bufferIsFull() const { return outputs_.bytesBuffered() >= bufferLimit_; }
  // Time has moved, and nothing would be lost without a commit. True, once: it is to be announced instead.
  bool takeTimeAlone();

  // A commit that holds everything so far is being handed over.
  void taken();

 private:
  const TaskGraph& graph_;
  const TaskInputs& inputs_;
  const TaskOutputs& outputs_;
  const TaskOptions& options_;
  const Clock& clock_;
  std::size_t bufferLimit_;

  bool dirty_ = false;
  std::int64_t rowsMovedBefore_ = 0;  // by the last commit
  bool timeMoved_ = false;            // since the writers were asked what they have to say about it
  bool asked_ = false;
  bool dry_ = false;
  bool ended_ = false;
  bool stopped_ = false;
  Instant lastTaken_;
};

}  // namespace weir::runtime
