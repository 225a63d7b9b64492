// The place of one task in an engine, for as long as there is the engine: with a task, or without one while another
// runner has it. When the task fails in a way that may pass, it is thrown away and made anew from its last commit after
// a while, and the others go on.
//
//   away -> restoring, piece by piece -> running -> ended
//               ^  after a while            | fails
//               +---------------------------+          revoked, in any state: -> away
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/runtime/engine/engine_figures.hpp"
#include "core/runtime/engine/flow_limits.hpp"
#include "core/runtime/engine/job_queue.hpp"
#include "core/runtime/engine/restarts.hpp"
#include "core/runtime/task/task.hpp"
#include "core/runtime/task/task_restore.hpp"
#include "core/runtime/task/worker_pool.hpp"

namespace weir::runtime {

class TaskSlot;

// The engine around it, which outlives it. [any]
class SlotOwner {
 public:
  virtual ~SlotOwner() = default;
  virtual void commit(CommitRequest request) = 0;
  virtual void schemaChanged(SchemaChange change) = 0;
  // Its task has finished, or failed for good, or is away.
  virtual void slotRests(TaskSlot& slot) = 0;
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
  bool inGroup = false;  // others take tasks over from this runner
};

// A commit that the log gives up may be one of many, and is made again as long as it takes.
inline constexpr RestartLimits kRestartsAfterAborts{INT32_MAX, 10 * kMillisecond, kSecond};

class TaskSlot final : public Runnable, private TaskHost {
 public:
  // Without a task. `taps`: of its ports, outlive it; may be null.
  TaskSlot(const TaskSpec& spec, const SlotResources& resources, const RestartLimits& limits, const TaskTaps* taps);

  // Before anything runs: makes the task, from its last commit, in the calling thread.
  Result<void> fill();

  // [any] The task is to be run here, as of this assignment; what it writes is numbered by it.
  void assign(std::int64_t generation);
  // [any] Its commits are made in this assignment from now on, unless the task has been lost.
  void heard(std::int64_t generation);
  // [any] The task is not to be run here any more; `done` comes once, on any thread, when nothing of it is here.
  void revoke(Revocation why, std::function<void()> done);

  // [task] Runnable.
  bool runSome() override;

  // [any] Runs the job soon, or answers at once that there is no task to look at.
  void post(TaskJob job);

  // [any] Ends the task after one more commit; one that has failed stays so.
  void requestStop();
  // [any] So, too, when it has read what others wrote for it.
  void requestDrain();
  // [any] Gives up what operators have in flight.
  void cancel();
  // When nothing runs it any more, and nothing of it is with the committer: answers whoever still waits for it.
  void close();

  TaskId id() const { return {subTopologyId(), static_cast<std::int32_t>(spec_.task)}; }
  std::size_t subTopology() const { return spec_.subTopology; }
  const std::string& subTopologyId() const { return spec_.plan->subTopologies[spec_.subTopology].id; }
  // [any]
  TaskState state() const { return state_; }
  // [any] Nothing of it is to be run.
  bool rests() const {
    const TaskState state = state_;
    return state == TaskState::Ended || state == TaskState::Away;
  }
  // [any] Why it has failed for good. To have lost its task to another runner of the group is no failure.
  std::optional<Error> failure() const;
  // [any] As it was a moment ago: at its last commit, when it came to rest, or a commit interval ago. Waits for no
  // task.
  SharedSnapshot shown() const;

  // When nothing runs it any more, the rest too. Shows how it is now.
  void show();
  // Rows have been read and committed.
  bool gotOn() const { return settled_.rowsRead != 0 || (task_ && task_->gotOn()); }
  // Operators that it waits for, or nothing when it has ended.
  std::vector<std::string> blockedNodes() const;

 private:
  enum class Wish : std::uint8_t {
    Nothing,  // no task
    Run,
    Finish,  // one more commit, and away
    Drop     // away
  };
  Wish wish() const;

  bool restoreSome();
  bool runTask();
  Error whyNoTask() const;
  Result<void> makeTask(NodeStates states);
  // What to do about a failure: end, or try again later. True: run it once more.
  bool failed(const Error& error);
  // About a commit that the log has refused because the task is not this runner's. The same.
  bool fenced(const Error& error);
  // After `lastError_`, of which `restarts` knows whether it was told.
  void retryIn(Duration wait, Restarts& restarts, const std::string& which);
  bool givesUp() const;  // on trying again
  // The error for that, nothing where it had not failed. What it had failed of has been told.
  std::optional<Error> notTriedAgain() const;
  bool tryAgain();
  // Its last commit is over.
  void throwAway();
  bool giveUp();
  void end(std::optional<Error> failure);
  void showNews(bool atRest);

  // TaskHost
  void wake(Task&) override { resources_.pool.wake(*this); }
  void wakeAt(Task&, Instant time) override { resources_.pool.wakeAt(*this, time); }
  void submit(std::function<void()> job) override { resources_.pool.submit(std::move(job)); }
  void commit(CommitRequest request) override;
  void schemaChanged(Task&, SchemaChange change) override { resources_.owner.schemaChanged(std::move(change)); }
  void taskEnded(Task&) override {}  // seen when its run is over
  const Clock& clock() const override { return resources_.clock; }
  Logger& logger() override { return resources_.logger; }

  TaskSpec spec_;
  SlotResources resources_;
  const RestartLimits limits_;
  const TaskTaps* const taps_;
  const bool readsSource_;
  Restarts restarts_;
  Restarts aborts_{kRestartsAfterAborts};
  std::unique_ptr<TaskRestore> restore_;
  std::optional<Instant> retryAt_;  // the task has failed, and is made anew then
  std::optional<Error> lastError_;  // for which it is
  bool wasAborted_ = false;         // and it was no fault of the task
  TaskFigures settled_;             // of tasks that were thrown away
  Instant shownAt_ = Instant();
  std::atomic<TaskState> state_{TaskState::Away};
  JobQueue jobs_;

  mutable std::mutex mutex_;  // guards what follows; `task_` is replaced under it, and only where the slot is run
  std::unique_ptr<Task> task_;
  Wish wish_ = Wish::Nothing;
  std::optional<std::int64_t> generation_;       // newest assignment; none: it runs alone
  std::optional<std::int64_t> again_;            // assigned once more, while it was on its way out
  std::vector<std::function<void()>> whenAway_;  // to be called
  bool stopRequested_ = false;
  bool drainRequested_ = false;
  bool cancelled_ = false;
  bool closed_ = false;
  std::optional<Error> failure_;

  mutable std::mutex shownMutex_;  // guards what follows, for no longer than it takes to copy a pointer
  SharedSnapshot shown_;
};

}  // namespace weir::runtime
