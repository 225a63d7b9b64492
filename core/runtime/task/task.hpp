// One task: the operators of a sub-topology over one partition, their state, their time and their commits.
//
// A task is serial: one thread at a time runs it, whichever that is. The life of a commit:
//
//   commit due -> every operator prepares (CommitLife) -> hand over to the committer
//        rows go on, of the next epoch     ...    commitDone -> every operator is told
//
// Nothing is rolled back: after a failure the task is thrown away and made anew from the last commit.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/runtime/input/task_host.hpp"
#include "core/runtime/input/topic_input.hpp"
#include "core/runtime/output/dead_letters.hpp"
#include "core/runtime/ports/plugin_host.hpp"
#include "core/runtime/task/commit_life.hpp"
#include "core/runtime/task/figures.hpp"
#include "core/runtime/task/flow_control.hpp"
#include "core/runtime/task/tap.hpp"
#include "core/runtime/task/task_counts.hpp"
#include "core/runtime/task/task_graph.hpp"
#include "core/runtime/task/task_inputs.hpp"
#include "core/runtime/task/worker_pool.hpp"
#include "core/topology/plan/plan.hpp"

namespace weir::runtime {

struct TaskSpec {
  const topology::Plan* plan = nullptr;  // outlives the task
  std::size_t subTopology = 0;
  std::uint32_t task = 0;
  TaskOptions options;
  std::int64_t sequence = 0;  // what it writes is numbered from here on: PreparedHome::sequence
};

// What tasks of one engine share.
struct TaskResources {
  PluginHost& plugins;
  StateResources state;
  TaskHost& host;
  FlowControl& flow;
  // The readers' side of a repartition topic, or nullptr.
  std::function<ReaderProgress*(const std::string& topic)> progressOf;
  // Of the writers of each topic in this run, by Plan::topics; empty: the first one.
  std::vector<std::int64_t> generations;
  HomeIdentity home;
  const TaskTaps* taps = nullptr;  // where batches may be looked at, of this task; nullptr: nowhere
};

struct WrittenTopic {
  std::string name;
  std::int32_t writer = 0;
};

class Task final : public Runnable, private NodeOwner {
 public:
  using NodeStates = std::vector<std::unique_ptr<NodeState>>;
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
  std::optional<CommitResult> lastCommit() const;
  // [any] The commit that made it fail, if one did.
  CommitResult refused() const;
  // [any] Gives up what operators have in flight; the task is destroyed soon.
  void cancel();

  // [any] Everything has been read and committed, or the stop asked for is complete.
  bool finished() const { return finished_; }
  // [any] Why it stopped working.
  std::optional<Error> failure() const;

  // [task] or when nothing runs the task any more.
  std::vector<NodeCounters> counters() const { return counts_->nodes(); }
  // Counts the commits that it has begun.
  std::uint64_t epoch() const { return life_->epoch(); }
  // The state of a node, by its id; nullptr: it has no such node.
  NodeState* stateOf(std::string_view node);
  TaskFigures figures() const { return {counts_->rowsRead(), deadLetters_.count(), counts_->nodes()}; }
  // Of a task that nobody runs any more, when its last commit is over: what it had counted until then.
  TaskFigures settle();
  // Rows have been read and committed since it was made.
  bool gotOn() const { return counts_->rowsCommitted() > 0; }
  // Ids of operators that it waits for.
  std::vector<std::string> blockedNodes() const;
  // Nothing goes on before an operator, from a thread of its own, wakes the task.
  bool awaitsWake() const;
  std::int64_t rowsRead() const { return counts_->rowsRead(); }
  std::int64_t deadLetterCount() const { return deadLetters_.count(); }
  std::int64_t watermark() const { return inputs_.watermark(); }
  bool idle() const;

  const topology::SubTopology& subTopology() const { return plan_.subTopologies[spec_.subTopology]; }
  std::uint32_t index() const { return spec_.task; }
  // Repartition topics that it writes, with its number among their writers.
  std::vector<WrittenTopic> repartitionsWritten() const;
  bool readsSource() const;

 private:
  Task(const TaskSpec& spec, const TaskResources& resources);
  Result<void> build(NodeStates states);
  Result<void> buildOperator(TaskNode& node);
  Result<void> buildWriter(TaskNode& node);
  std::int64_t generationOf(std::size_t topic) const;
  void wireEdges(std::vector<std::unique_ptr<TaskNode>>& nodes);
  Result<void> openInputs();

  // NodeOwner
  bool emitFrom(std::size_t node, std::size_t port, const Batch& batch) override;
  void deadLetterFrom(const std::string& node, const Batch& batch, std::span<const std::uint32_t> rows,
                      std::string_view reason) override;
  void linesDropped() override;
  void wakeTask() override;
  void requestCommit() override { commitRequested_ = true; }
  const Clock& clock() const override { return resources_.host.clock(); }

  // One piece of work; false: nothing to do before the next wake.
  bool step();
  // Before it comes to rest.
  void askForTimers();
  // Says now and then which operators keep it waiting; answers when to look again.
  Instant tellBlocked();
  bool waitsFor(const TaskNode& node) const;
  void hand(CommitRequest request);
  bool readSome();
  bool pollInputs(bool draining);
  // Something has come from an input.
  void tookIn();
  void deliverSlice();
  // Answers when to call it again, never when no line was dropped.
  Instant tellDroppedLines();
  std::int64_t bytesMoved() const;
  std::size_t bufferedBytes() const;
  std::int64_t overlayBytes() const;
  bool bufferIsFull() const;
  bool mustWaitForCommit() const;
  bool hasNews() const;
  // Something would be lost without a commit.
  bool isDirty() const { return dirty_ || graph_->rowsMoved() != rowsMovedAtCommit_; }
  bool commitDue();
  bool commit();
  // Everything has been read, and sent; or a stop was asked for.
  bool isLast() const { return (ended_ && !graph_->hasMore()) || stopTaken_; }
  Result<void> prepare(CommitRequest& request);
  void tellTime();
  void publishEarly();
  void takeCommitResult();
  // Tells operators of a commit that is durable.
  void tellCommitted();
  void fail(Error error);

  TaskSpec spec_;
  const topology::Plan& plan_;
  TaskResources resources_;
  std::unique_ptr<TaskGraph> graph_;
  TaskInputs inputs_;
  std::unique_ptr<CommitLife> life_;
  std::unique_ptr<TaskCounts> counts_;
  DeadLetters deadLetters_;

  Batch current_;                // being given to the operators, in slices
  std::size_t currentNode_ = 0;  // that it leaves
  std::int64_t currentRow_ = 0;

  bool dirty_ = false;
  std::int64_t rowsMovedAtCommit_ = 0;
  bool timeMoved_ = false;  // since its writers were asked what they have to say about it
  bool dry_ = false;        // at the last look no input had anything
  bool ended_ = false;
  bool idleTold_ = false;  // what the last commit told those who read
  bool stopTaken_ = false;
  bool finalCommit_ = false;
  bool inFlight_ = false;
  bool inFlightOutputsOnly_ = false;
  bool commitRequested_ = false;
  Instant lastCommit_;
  Instant nextLines_ = Instant::never();  // when to tell of dropped lines
  std::int64_t overlayAtCommit_ = 0;      // bytes, when the commit in flight was prepared
  std::size_t commitBytes_ = 0;           // buffered output that asks for a commit

  std::atomic<bool> linesDropped_{false};
  std::atomic<bool> stopRequested_{false};
  std::atomic<bool> drainRequested_{false};
  std::atomic<bool> finished_{false};
  mutable std::mutex mutex_;  // guards what follows
  bool withCommitter_ = false;
  std::optional<CommitResult> commitResult_;
  CommitResult refused_;  // the commit that made it fail, if one did
  std::optional<Error> failure_;
};

}  // namespace weir::runtime
