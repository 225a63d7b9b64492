// One task: the operators of a sub-topology over one partition, their state, their time and their commits.
//
// A task is serial: one thread at a time runs it, whichever that is. It reads, delivers to its operators and waits;
// what a commit is, and when there is one, is in CommitCycle.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/runtime/commit/commit_cycle.hpp"
#include "core/runtime/figures/figures.hpp"
#include "core/runtime/figures/task_counts.hpp"
#include "core/runtime/input/task_inputs.hpp"
#include "core/runtime/node/task_graph.hpp"
#include "core/runtime/output/task_outputs.hpp"
#include "core/runtime/task/blocked_nodes.hpp"
#include "core/runtime/task/delivery.hpp"
#include "core/runtime/task/task_build.hpp"
#include "core/runtime/task/task_spec.hpp"
#include "core/runtime/task/worker_pool.hpp"
#include "core/runtime/task/writer_numbers.hpp"

namespace weir::runtime {

class Task final : public Runnable, private NodeOwner {
 public:
  // Makes the operators, and opens inputs where the last commit left them. `states`: restored, by node of the part.
  static Result<std::unique_ptr<Task>> make(const TaskSpec& spec, const TaskResources& resources, NodeStates states);
  // Restores them first, however long that takes.
  static Result<std::unique_ptr<Task>> make(const TaskSpec& spec, const TaskResources& resources);
  ~Task() override;

  // [task] Runnable.
  bool runSome() override;

  // [any] Ends the task after one more commit; rows that were not read stay in the input.
  void requestStop();
  // [any] Ends it so when everything that others wrote for it until now has been read; its sources are read no more.
  void requestDrain();
  // [any] The committer's answer.
  void commitDone(CommitResult result);
  // [any] Runs it soon.
  void wake() { resources_.host.wake(*this); }
  // [any] Of a task that has failed: what became of the commit that was under way, nothing while that is not known. The
  // committer does not know the task any more when there is an answer.
  std::optional<CommitResult> lastCommit() const { return commits_->last(); }
  // [any] The commit that made it fail, if one did.
  CommitResult refused() const { return commits_->refused(); }
  // [any] Gives up what operators have in flight; the task is destroyed soon.
  void cancel();

  // [any] Everything has been read and committed, or the stop asked for is complete.
  bool finished() const { return finished_; }
  // [any] Why it stopped working.
  std::optional<Error> failure() const;

  // [task] or when nothing runs the task any more.
  std::vector<NodeCounters> counters() const { return counts_->nodes(); }
  // Counts the commits that it has begun.
  std::uint64_t epoch() const { return commits_->epoch(); }
  // The state of a node, by its id; nullptr: it has no such node.
  NodeState* stateOf(std::string_view node);
  TaskFigures figures() const { return {counts_->rowsRead(), deadLetterCount(), counts_->nodes()}; }
  // Of a task that nobody runs any more, when its last commit is over: what it had counted until then.
  TaskFigures settle();
  // Rows have been read and committed since it was made.
  bool gotOn() const { return counts_->rowsCommitted() > 0; }
  // Ids of operators that it waits for.
  std::vector<std::string> blockedNodes() const { return blocked_->ids(); }
  // Nothing goes on before an operator, from a thread of its own, wakes the task.
  bool awaitsWake() const;
  std::int64_t rowsRead() const { return counts_->rowsRead(); }
  std::int64_t deadLetterCount() const { return outputs_.deadLetters().count(); }
  std::int64_t watermark() const { return inputs_.watermark(); }
  bool idle() const { return commits_->isIdle(); }

  const topology::SubTopology& subTopology() const { return spec_.part(); }
  std::uint32_t index() const { return spec_.task; }
  // Repartition topics that it writes, with its number among their writers.
  std::vector<WrittenTopic> repartitionsWritten() const { return repartitionsWrittenBy(spec_); }
  bool readsSource() const;

 private:
  Task(const TaskSpec& spec, const TaskResources& resources) : spec_(spec), resources_(resources) {}
  Result<void> build(NodeStates states);

  // NodeOwner
  bool emitFrom(std::size_t node, std::size_t port, const Batch& batch) override;
  void deadLetterFrom(const std::string& node, const Batch& batch, std::span<const std::uint32_t> rows,
                      std::string_view reason) override;
  void linesDropped() override;
  void wakeTask() override { wake(); }
  void requestCommit() override { commits_->need().ask(); }
  const Clock& clock() const override { return resources_.host.clock(); }

  // One piece of work; false: nothing to do before the next wake.
  bool step();
  bool readSome();
  bool pollInputs(bool draining);
  void deliverSlice();
  // Before it comes to rest.
  void askForTimers();
  // Answers when to call it again, never when no line was dropped.
  Instant tellDroppedLines();
  void tellProgress(bool hasRows);
  bool finish();
  void fail(Error error);

  TaskSpec spec_;
  TaskResources resources_;
  std::unique_ptr<TaskGraph> graph_;
  TaskInputs inputs_;
  TaskOutputs outputs_;
  std::unique_ptr<TaskCounts> counts_;
  std::unique_ptr<CommitCycle> commits_;
  std::unique_ptr<BlockedNodes> blocked_;
  Delivery delivery_;                     // what is being given to the operators
  Instant nextLines_ = Instant::never();  // when to tell of dropped lines

  std::atomic<bool> linesDropped_{false};
  std::atomic<bool> stopRequested_{false};
  std::atomic<bool> drainRequested_{false};
  std::atomic<bool> finished_{false};
  mutable std::mutex mutex_;  // guards what follows
  std::optional<Error> failure_;
};

}  // namespace weir::runtime
