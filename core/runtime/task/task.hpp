// One task: the operators of a sub-topology over one partition, their state, their time and their commits.
//
// A task is serial: one thread at a time runs it, whichever that is. The life of a commit:
//
//   commit due -> drain every node -> prepare every node -> hand over to the committer
//        rows go on, of the next epoch     ...    commitDone -> committed(epoch) on every node
//
// Draining, preparing and telling of a commit may each wait for an operator; of these only the last lets rows go on.
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

#include "runtime/engine/worker_pool.hpp"
#include "runtime/ports/plugin_host.hpp"
#include "runtime/task/dead_letters.hpp"
#include "runtime/task/flow_control.hpp"
#include "runtime/task/task_graph.hpp"
#include "runtime/task/task_host.hpp"
#include "runtime/task/task_input.hpp"
#include "runtime/task/topic_input.hpp"
#include "topology/plan.hpp"

namespace weir::runtime {

struct TaskSpec {
  const topology::Plan* plan = nullptr;  // outlives the task
  std::size_t part = 0;
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
};

struct WrittenTopic {
  std::string name;
  std::int32_t writer = 0;
};

struct NodeCounters {
  std::string node;
  std::int64_t rowsIn = 0;
  std::optional<std::int64_t> watermark;  // told by its first output since the start; none where it has no output
  std::vector<std::pair<std::string, std::int64_t>> counters;
  std::vector<std::pair<std::string, std::int64_t>> gauges;
  std::vector<std::pair<std::string, HistogramCounts>> histograms;

  void take(const std::string& name, const Metric& metric);
  // What another task counted of the same node. Gauges add up too.
  void add(const NodeCounters& other);
};

// What a task has counted.
struct TaskFigures {
  std::int64_t rowsRead = 0;
  std::int64_t deadLetters = 0;
  std::vector<NodeCounters> nodes;
};

class Task final : public Runnable, private NodeOwner {
 public:
  // Makes the operators, and opens inputs where the last commit left them.
  static Result<std::unique_ptr<Task>> make(const TaskSpec& spec, const TaskResources& resources);
  ~Task() override;

  // [task] Runnable.
  bool runSome() override;

  // [any] Ends the task after one more commit; rows that were not read stay in the input.
  void requestStop();
  // [any] The committer's answer.
  void commitDone(Result<void> result);
  // [any] Runs it soon.
  void wake() { resources_.host.wake(*this); }
  // [any] Of a task that has failed: what became of the commit that was under way, nothing while that is not known. The
  // committer does not know the task any more when there is an answer.
  std::optional<Result<void>> lastCommit() const;
  // [any] Gives up what operators have in flight; the task is destroyed soon.
  void cancel();

  // [any] Everything has been read and committed, or the stop asked for is complete.
  bool finished() const { return finished_; }
  // [any] Why it stopped working.
  std::optional<Error> failure() const;

  // [task] or when nothing runs the task any more.
  std::vector<NodeCounters> counters() const;
  TaskFigures figures() const;
  // Of a task that has failed, when its last commit has been made: what it had counted until then.
  TaskFigures settle();
  // Rows have been read and committed since it was made.
  bool gotOn() const { return atCommit_.rowsRead > 0; }
  // Ids of operators that it waits for.
  std::vector<std::string> blockedNodes() const;
  // Nothing goes on before an operator, from a thread of its own, wakes the task.
  bool awaitsWake() const;
  std::int64_t rowsRead() const { return rowsRead_; }
  std::int64_t deadLetterCount() const { return deadLetters_.count(); }
  std::int64_t watermark() const;
  bool idle() const;

  const topology::SubTopology& part() const { return plan_.parts[spec_.part]; }
  std::uint32_t index() const { return spec_.task; }
  // Repartition topics that it writes, with its number among their writers.
  std::vector<WrittenTopic> repartitionsWritten() const;
  bool readsSource() const;

 private:
  enum class Phase : std::uint8_t { Running, Draining, Preparing };
  struct Input {
    std::size_t node = 0;
    std::unique_ptr<TaskInput> input;
    bool ended = false;
    int passedOver = 0;  // times that others gave rows since it was last asked
  };

  Task(const TaskSpec& spec, const TaskResources& resources);
  Result<void> build();
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
  void count();
  template <typename Visit>
  void forEachMetric(const TaskNode& node, const Visit& visit) const;
  void hand(CommitRequest request);
  bool readSome();
  void orderInputs();
  bool pollInputs();
  void deliverSlice();
  // Answers when to call it again, never when no line was dropped.
  Instant tellDroppedLines();
  std::int64_t bytesMoved() const;
  std::size_t bufferedBytes() const;
  std::int64_t overlayBytes() const;
  bool bufferIsFull() const;
  bool mustWaitForCommit() const;
  bool hasNews() const;
  bool commitDue();
  bool commit();
  // Everything has been read, and sent; or a stop was asked for.
  bool isLast() const { return (ended_ && !graph_->hasMore()) || stopTaken_; }
  // Asks operators that are not ready, and have been woken, once more. False: wait.
  bool prepareNodes();
  bool tellCommitted();
  bool mayPrepareAgain(TaskNode& node);
  void abortPrepared();
  Result<void> prepare(CommitRequest& request);
  void publishEarly();
  void takeCommitResult();
  void fail(Error error);

  TaskSpec spec_;
  const topology::Plan& plan_;
  TaskResources resources_;
  std::unique_ptr<TaskGraph> graph_;
  std::vector<Input> inputs_;
  std::vector<std::size_t>
      order_;  // in which inputs are polled; of those that stand together, who waited longest first
  DeadLetters deadLetters_;

  Batch current_;  // being given to the operators, in slices
  std::size_t currentInput_ = 0;
  std::int64_t currentRow_ = 0;

  Phase phase_ = Phase::Running;
  std::uint64_t epoch_ = 0;
  std::size_t prepared_ = 0;     // nodes, of the epoch that is being prepared
  bool asked_ = false;           // the next of them, and it was not ready
  bool timerHeld_ = false;       // its timer came while it was asked
  std::size_t told_ = SIZE_MAX;  // nodes, of the epoch that has become durable; SIZE_MAX: all of them
  bool toldAsked_ = false;
  bool dirty_ = false;
  bool dry_ = false;  // at the last look no input had anything
  bool ended_ = false;
  bool idleTold_ = false;  // what the last commit told those who read
  bool stopTaken_ = false;
  bool finalCommit_ = false;
  bool inFlight_ = false;
  bool inFlightOutputsOnly_ = false;
  bool commitRequested_ = false;
  Instant lastCommit_;
  Instant nextLines_ = Instant::never();  // when to tell of dropped lines
  std::int64_t rowsRead_ = 0;
  // What had been counted when a commit was prepared, and what of that was committed. Without names, because it is
  // taken down for every commit.
  struct Counted {
    std::int64_t rowsRead = 0;
    std::int64_t deadLetters = 0;
    std::vector<std::int64_t> rowsIn;  // by node
    std::vector<std::pair<const Metric*, std::int64_t>> counters;
  };
  Counted atPrepare_;
  Counted atCommit_;
  std::int64_t overlayAtCommit_ = 0;  // bytes, when the commit in flight was prepared
  std::size_t commitBytes_ = 0;       // buffered output that asks for a commit

  std::atomic<bool> linesDropped_{false};
  std::atomic<bool> stopRequested_{false};
  std::atomic<bool> finished_{false};
  mutable std::mutex mutex_;  // guards what follows
  bool withCommitter_ = false;
  std::optional<Result<void>> commitResult_;
  std::optional<Error> failure_;
};

}  // namespace weir::runtime
