#include "runtime/engine/task_slot.hpp"

#include "runtime/engine/prepare_home.hpp"

namespace weir::runtime {

namespace {

void add(const TaskFigures& from, TaskFigures& to) {
  to.rowsRead += from.rowsRead;
  to.deadLetters += from.deadLetters;
  to.nodes.insert(to.nodes.end(), from.nodes.begin(), from.nodes.end());
}

std::string inWords(Duration wait) {
  return wait < kSecond ? std::to_string(wait / kMillisecond) + " ms" : std::to_string(wait / kSecond) + " s";
}

// What is to be said of tries that did not help; nothing where there were none.
std::string inVain(int tries) {
  if (tries == 0) return "";
  return " It was tried " + std::to_string(tries) + (tries == 1 ? " more time" : " more times") +
         " from the last commit, in vain.";
}

}  // namespace

Result<std::unique_ptr<TaskSlot>> TaskSlot::make(const TaskSpec& spec, const SlotResources& resources,
                                                 const RestartLimits& limits) {
  std::unique_ptr<TaskSlot> slot(new TaskSlot(spec, resources, limits));
  WEIR_TRY(slot->makeTask());
  return slot;
}

TaskSlot::TaskSlot(const TaskSpec& spec, const SlotResources& resources, const RestartLimits& limits)
    : spec_(spec), resources_(resources), restarts_(limits) {}

Result<void> TaskSlot::makeTask() {
  const TaskResources resources{resources_.plugins,
                                resources_.state,
                                *this,
                                resources_.flow,
                                [this](const std::string& topic) { return resources_.flow.progressOf(topic); },
                                resources_.generations,
                                resources_.home};
  WEIR_TRY_ASSIGN(made, Task::make(spec_, resources));
  readsSource_ = made->readsSource();
  resources_.flow.add(*made, spec_.part, made->readsSource(), made->repartitionsWritten());
  const std::lock_guard lock(mutex_);
  task_ = std::move(made);
  if (stopRequested_) task_->requestStop();
  return {};
}

bool TaskSlot::runSome() {
  if (ended()) return false;
  if (retryAt_) return tryAgain();
  const bool more = task_->runSome();
  if (const std::optional<Error> error = task_->failure()) {
    failed(*error);
    return false;
  }
  if (task_->finished()) end(std::nullopt);
  return more;
}

void TaskSlot::failed(const Error& error) {
  bool stopping = false;
  {
    const std::lock_guard lock(mutex_);
    stopping = stopRequested_ || cancelled_;
  }
  // What is wrong with the log concerns all tasks: it is opened anew, and everything over it is made anew.
  const bool ownFault = error.kind == ErrorKind::Retryable && resources_.state.log.usable().ok();
  if (!ownFault || stopping) return end(error);
  if (task_) task_->cancel();
  const std::optional<Duration> wait = restarts_.failed(task_ && task_->gotOn());
  if (!wait) return end(fatalError(error.message + inVain(restarts_.most())));
  resources_.logger.write(LogLevel::Warning, "",
                          error.message + " Task " + std::to_string(spec_.task) + " of part '" + partId() +
                              "' goes on from its last commit in " + inWords(*wait) + " (try " +
                              std::to_string(restarts_.number()) + " of " + std::to_string(restarts_.most()) + ").");
  lastError_ = error;
  retryAt_ = resources_.clock.monotonic() + *wait;
  resources_.pool.wakeAt(*this, *retryAt_);
}

bool TaskSlot::tryAgain() {
  bool stopping = false;
  {
    const std::lock_guard lock(mutex_);
    stopping = stopRequested_ || cancelled_;
  }
  if (stopping) {
    end(lastError_);
    return false;
  }
  if (resources_.clock.monotonic() < *retryAt_) {
    resources_.pool.wakeAt(*this, *retryAt_);
    return false;
  }
  if (task_) {
    // The last commit has to be the last: nothing of the old task may become durable behind the back of the new one.
    const std::optional<Result<void>> commit = task_->lastCommit();
    if (!commit) return false;  // its end wakes the slot
    if (!*commit) {
      end(commit->error());
      return false;
    }
    add(task_->settle(), settled_);
    resources_.flow.remove(*task_);
    std::unique_ptr<Task> old;
    {
      const std::lock_guard lock(mutex_);
      old = std::move(task_);
    }
    old.reset();  // its operators before the new ones: they may hold what those want
  }
  retryAt_.reset();
  spec_.sequence += kSequencesPerTask;  // above all that the tasks before it have written
  if (const Result<void> made = makeTask(); !made) {
    failed(made.error());
    return false;
  }
  return true;
}

void TaskSlot::end(std::optional<Error> failure) {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    failure_ = std::move(failure);
  }
  resources_.owner.slotEnded(*this);
}

void TaskSlot::requestStop() {
  {
    const std::lock_guard lock(mutex_);
    stopRequested_ = true;
    if (task_) task_->requestStop();
  }
  resources_.pool.wake(*this);
}

void TaskSlot::cancel() {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  if (task_) task_->cancel();
}

std::optional<Error> TaskSlot::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

bool TaskSlot::ended() const {
  const std::lock_guard lock(mutex_);
  return ended_;
}

TaskFigures TaskSlot::figures() const {
  TaskFigures all = settled_;
  if (task_) add(task_->figures(), all);
  return all;
}

std::vector<std::string> TaskSlot::blockedNodes() const {
  return task_ && !ended_ ? task_->blockedNodes() : std::vector<std::string>();
}

}  // namespace weir::runtime
