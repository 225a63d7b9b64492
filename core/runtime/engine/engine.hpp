// Runs a plan: makes its tasks, gives them threads, and ends when they have ended, one has failed for good, or a stop
// is asked for. After a failure of log or state a new engine starts from the last commit; one of a task stays in its
// slot.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/start_progress.hpp"
#include "runtime/engine/committer.hpp"
#include "runtime/engine/flow_limits.hpp"
#include "runtime/engine/restarts.hpp"
#include "runtime/engine/task_slot.hpp"
#include "runtime/engine/topics.hpp"
#include "runtime/engine/worker_pool.hpp"
#include "runtime/task/task.hpp"
#include "topology/plan.hpp"

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
};

// Figures of one run.
struct RunSummary {
  std::int64_t eventsIn = 0;  // rows that sources gave
  std::int64_t late = 0;
  std::int64_t deadLetters = 0;
  std::int64_t deadLettersRemoved = 0;  // by their retention, during this run
  bool stopped = false;                 // before the end, because somebody asked
  std::vector<std::string> unfinished;  // what was left when the stop could not be waited for any longer, in words
  std::vector<NodeCounters> nodes;      // summed over tasks
  std::vector<TopicFigures> topics;     // at the end
};

class Engine final : private SlotOwner {
 public:
  // Prepares the home and makes every task, each from its last commit.
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

 private:
  Engine(const EnginePorts& ports, const EngineOptions& options);
  Result<void> makeTasks(const topology::Plan& plan);
  void wakeReaders(const std::vector<PartitionAppend>& published);
  RunSummary summarize() const;

  // SlotOwner
  void commit(CommitRequest request) override;
  void slotEnded(TaskSlot& slot) override;

  topology::Plan plan_;  // as its home names things
  EnginePorts ports_;
  EngineOptions options_;
  MemoryBudget budget_;
  FlowLimits flow_;
  std::vector<std::unique_ptr<TaskSlot>> slots_;
  std::vector<std::pair<PartitionId, TaskSlot*>> readers_;
  std::unique_ptr<Committer> committer_;
  std::unique_ptr<WorkerPool> pool_;  // from the beginning: threads of operators wake tasks before `run`, too

  std::mutex mutex_;
  std::condition_variable changed_;
  std::int64_t deadLettersRemoved_ = 0;  // before this run
  std::size_t ended_ = 0;
  std::optional<Error> failure_;  // the first one in time
  bool abandoned_ = false;
  bool running_ = false;
  bool stopping_ = false;
};

}  // namespace weir::runtime
