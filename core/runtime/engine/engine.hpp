// Runs a plan: makes its tasks, gives them threads, and ends when they have ended, one has failed for good, or a stop
// is asked for. After a failure of log or state a new engine starts from the last commit; one of a task stays in its
// slot.
//
// When a source says that its schema changes, it ends as well: RunSummary::schemaChanges.
//
// As one of a group it runs the tasks that it is assigned, while it is. It ends when those of the whole group have
// ended.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/start_progress.hpp"
#include "core/runtime/engine/committer.hpp"
#include "core/runtime/engine/drain_order.hpp"
#include "core/runtime/engine/engine_figures.hpp"
#include "core/runtime/engine/flow_limits.hpp"
#include "core/runtime/engine/restarts.hpp"
#include "core/runtime/engine/taps.hpp"
#include "core/runtime/engine/task_slot.hpp"
#include "core/runtime/engine/topic_readers.hpp"
#include "core/runtime/engine/topics.hpp"
#include "core/runtime/ports/membership.hpp"
#include "core/runtime/task/task.hpp"
#include "core/runtime/task/worker_pool.hpp"
#include "core/topology/plan/plan.hpp"

namespace weir::runtime {

struct EngineOptions {
  int threads = 1;
  TaskOptions task;
  std::int64_t overlayBytes = 256LL << 20;   // all stores together
  std::int64_t unappliedBytes = 64LL << 20;  // changelog not yet in the state store, per node and task
  std::int64_t segmentBytes = TopicSpec().segmentBytes;
  Duration deadLetterTime = TopicLimits().deadLetterTime;
  std::int64_t deadLetterBytes = TopicLimits().deadLetterBytes;
  CommitterOptions committer;
  RestartLimits restarts;           // of one task that fails
  std::vector<std::string> forget;  // nodes, no longer drawn, whose state is given up
};

struct EnginePorts {
  Log& log;
  StateStore& state;
  PluginHost& plugins;
  const Clock& clock;
  Logger& logger;
  StartProgress* start = nullptr;  // what making an engine that takes long tells; may be null
  // Which tasks it runs; null: all of them, alone.
  Membership* membership = nullptr;
};

class Engine final : private SlotOwner, private AssignmentListener {
 public:
  // Prepares the home. Alone: makes every task, each from its last commit.
  static Result<std::unique_ptr<Engine>> make(const topology::Plan& plan, const EnginePorts& ports,
                                              const EngineOptions& options);
  ~Engine() override;

  // Blocks until it is over. Once.
  Result<RunSummary> run();
  // [any] Finish, commit, close.
  void requestStop();
  // [any] Stop without waiting for whoever has not finished; what has not been committed is left.
  void abandon();
  // After `run`: rows have been read and committed.
  bool gotOn() const;

  // [any] As they were at most a commit interval ago, whatever tasks do at the moment.
  EngineFigures figures() const;
  // [any] Looks at what leaves output ports until the tap is closed; it may be kept for longer than the engine.
  Result<std::shared_ptr<Tap>> openTap(const TapPlace& place, const TapLimits& limits = {}) {
    return taps_->open(place, limits);
  }
  void closeTap(const Tap& tap) { taps_->close(tap); }
  // [any] Between two steps of the task; where there is no such task here the answer comes at once.
  void post(const TaskId& task, TaskJob job);

 private:
  Engine(const EnginePorts& ports, const EngineOptions& options);
  Result<void> prepare(const topology::Plan& plan);
  Result<void> makeTasks();
  TaskSlot* find(const TaskId& task);
  // With the mutex held: there is nothing left to do.
  bool isOver() const;
  // With the mutex held: it ends before its input does, and takes no task any more.
  bool isLeaving() const { return stopping_ || !schemaChanges_.empty(); }
  void fail(Error error);
  void wakeReaders(const std::vector<PartitionAppend>& published);

  // SlotOwner
  void commit(CommitRequest request) override;
  void schemaChanged(SchemaChange change) override;
  void slotRests(TaskSlot& slot) override;
  // Lets end whatever may, once a source has said that its schema has changed.
  void drainSlots();

  // AssignmentListener
  void assigned(std::vector<TaskId> tasks, std::int64_t generation) override;
  void revoked(std::vector<TaskId> tasks, Revocation why, std::function<void()> done) override;
  void allEnded() override;

  topology::Plan plan_;  // as its home names things
  EnginePorts ports_;
  EngineOptions options_;
  MemoryBudget budget_;
  FlowLimits flow_;
  std::unique_ptr<Taps> taps_;
  // Of every task of the plan, whoever runs it: none comes or goes while it runs.
  std::vector<std::unique_ptr<TaskSlot>> slots_;
  std::map<std::string, TopicReaders> readers_;  // by topic
  std::unique_ptr<Committer> committer_;
  std::unique_ptr<WorkerPool> pool_;  // from the beginning: threads of operators wake tasks before `run`, too

  std::mutex mutex_;
  std::condition_variable changed_;
  std::int64_t deadLettersRemoved_ = 0;  // before this run
  std::optional<Error> failure_;         // the first one in time
  bool abandoned_ = false;
  bool running_ = false;
  bool stopping_ = false;
  bool allEnded_ = false;  // of the group's tasks
  std::unique_ptr<DrainOrder> drainOrder_;
  std::vector<SchemaChange> schemaChanges_;
};

}  // namespace weir::runtime
