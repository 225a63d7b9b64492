// The place of one task in an engine. When the task fails in a way that may pass, it is thrown away and made anew from
// its last commit after a while, and the others go on.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "runtime/engine/flow_limits.hpp"
#include "runtime/engine/restarts.hpp"
#include "runtime/engine/worker_pool.hpp"
#include "runtime/task/task.hpp"

namespace weir::runtime {

class TaskSlot;

// The engine around it, which outlives it. [any]
class SlotOwner {
 public:
  virtual ~SlotOwner() = default;
  virtual void commit(CommitRequest request) = 0;
  // The task has finished, or failed for good; once.
  virtual void slotEnded(TaskSlot& slot) = 0;
};

struct SlotResources {
  SlotOwner& owner;
  WorkerPool& pool;
  FlowLimits& flow;
  const Clock& clock;
  Logger& logger;
  // For its tasks.
  PluginHost& plugins;
  StateResources state;
  std::vector<std::int64_t> generations;  // of the writers of each topic, by Plan::topics
  HomeIdentity home;
};

class TaskSlot final : public Runnable, private TaskHost {
 public:
  // The task is made, from its last commit.
  static Result<std::unique_ptr<TaskSlot>> make(const TaskSpec& spec, const SlotResources& resources,
                                                const RestartLimits& limits);

  // [task] Runnable.
  bool runSome() override;

  // [any] Ends the task after one more commit; one that has failed stays so.
  void requestStop();
  // [any] Gives up what operators have in flight.
  void cancel();

  // [any] Why it has failed for good.
  std::optional<Error> failure() const;
  // When nothing runs it any more, the rest too. What it has counted; rows that a failure made it read again count
  // once.
  TaskFigures figures() const;
  // Rows have been read and committed.
  bool gotOn() const { return settled_.rowsRead != 0 || (task_ && task_->gotOn()); }
  bool readsSource() const { return readsSource_; }
  // Operators that it waits for, or nothing when it has ended.
  std::vector<std::string> blockedNodes() const;
  bool ended() const;
  const std::string& partId() const { return spec_.plan->parts[spec_.part].id; }

 private:
  TaskSlot(const TaskSpec& spec, const SlotResources& resources, const RestartLimits& limits);
  Result<void> makeTask();
  // What to do about a failure: end, or try again later.
  void failed(const Error& error);
  bool tryAgain();
  void end(std::optional<Error> failure);

  // TaskHost
  void wake(Task&) override { resources_.pool.wake(*this); }
  void wakeAt(Task&, Instant time) override { resources_.pool.wakeAt(*this, time); }
  void submit(std::function<void()> job) override { resources_.pool.submit(std::move(job)); }
  void commit(CommitRequest request) override { resources_.owner.commit(std::move(request)); }
  void taskEnded(Task&) override {}  // seen when its run is over
  const Clock& clock() const override { return resources_.clock; }
  Logger& logger() override { return resources_.logger; }

  TaskSpec spec_;
  SlotResources resources_;
  Restarts restarts_;
  std::optional<Instant> retryAt_;  // the task has failed, and is made anew then
  std::optional<Error> lastError_;  // the last one that was tried again
  TaskFigures settled_;             // of tasks that were thrown away
  bool readsSource_ = false;

  mutable std::mutex mutex_;  // guards what follows; `task_` is replaced under it, and only where the slot is run
  std::unique_ptr<Task> task_;
  bool stopRequested_ = false;
  bool cancelled_ = false;
  bool ended_ = false;
  std::optional<Error> failure_;
};

}  // namespace weir::runtime
