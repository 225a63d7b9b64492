#include "core/runtime/engine/task_slot.hpp"

#include <algorithm>

#include "core/runtime/engine/prepare_home.hpp"

namespace weir::runtime {

namespace {

std::string inWords(Duration wait) {
  return wait < kSecond ? std::to_string(wait / kMillisecond) + " ms" : std::to_string(wait / kSecond) + " s";
}

bool readsSource(const topology::SubTopology& subTopology) {
  return std::any_of(subTopology.nodes.begin(), subTopology.nodes.end(),
                     [](const auto& node) { return node.role == topology::NodeRole::Source; });
}

}  // namespace

TaskSlot::TaskSlot(const TaskSpec& spec, const SlotResources& resources, const RestartLimits& limits,
                   const TaskTaps* taps)
    : spec_(spec),
      resources_(resources),
      limits_(limits),
      taps_(taps),
      readsSource_(runtime::readsSource(spec.plan->subTopologies[spec.subTopology])),
      restarts_(limits) {
  show();
}

Result<void> TaskSlot::fill() {
  TaskRestore restore(spec_.plan->subTopologies[spec_.subTopology], spec_.task, resources_.state);
  for (bool all = false; !all;) {
    WEIR_TRY_ASSIGN(last, restore.some());
    all = last;
  }
  {
    const std::lock_guard lock(mutex_);
    wish_ = Wish::Run;
  }
  WEIR_TRY(makeTask(restore.take()));
  show();
  return {};
}

Result<void> TaskSlot::makeTask(NodeStates states) {
  const TaskResources resources{resources_.plugins,
                                resources_.state,
                                *this,
                                resources_.flow,
                                [this](const std::string& topic) { return resources_.flow.progressOf(topic); },
                                resources_.generations,
                                resources_.home,
                                taps_};
  WEIR_TRY_ASSIGN(made, Task::make(spec_, resources, std::move(states)));
  resources_.flow.add(*made, spec_.subTopology, readsSource_, made->repartitionsWritten());
  lastError_.reset();
  const std::lock_guard lock(mutex_);
  task_ = std::move(made);
  state_ = TaskState::Running;
  jobs_.open();
  if (stopRequested_ || wish_ == Wish::Finish) task_->requestStop();
  if (drainRequested_) task_->requestDrain();
  if (wish_ == Wish::Drop) task_->cancel();
  return {};
}

void TaskSlot::assign(std::int64_t generation) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    if (wish_ == Wish::Nothing) {
      wish_ = Wish::Run;
      generation_ = generation;
      state_ = TaskState::Restoring;
    } else if (wish_ != Wish::Run) {
      again_ = generation;
    }
  }
  resources_.pool.wake(*this);
}

void TaskSlot::heard(std::int64_t generation) {
  const std::lock_guard lock(mutex_);
  if (wish_ == Wish::Run || wish_ == Wish::Finish) generation_ = generation;
}

void TaskSlot::revoke(Revocation why, std::function<void()> done) {
  {
    const std::lock_guard lock(mutex_);
    again_.reset();
    if (wish_ != Wish::Nothing && !closed_) {
      whenAway_.push_back(std::move(done));
      done = nullptr;
      if (why == Revocation::Lost) wish_ = Wish::Drop;
      if (wish_ == Wish::Run) wish_ = Wish::Finish;
      if (task_ && wish_ == Wish::Finish) task_->requestStop();
      if (task_ && wish_ == Wish::Drop) task_->cancel();
    }
  }
  if (done) return done();
  resources_.pool.wake(*this);
}

TaskSlot::Wish TaskSlot::wish() const {
  const std::lock_guard lock(mutex_);
  return wish_;
}

bool TaskSlot::runSome() {
  const Wish wish = this->wish();
  if (wish == Wish::Nothing) return false;
  const bool works = task_ && !retryAt_ && state_ != TaskState::Ended;
  bool more = false;
  if (wish == Wish::Drop || (wish == Wish::Finish && !works)) {
    more = giveUp();
  } else if (state_ == TaskState::Ended) {
    return false;
  } else if (retryAt_) {
    more = tryAgain();
  } else {
    more = task_ ? runTask() : restoreSome();
  }
  showNews(!more);
  return more;
}

bool TaskSlot::restoreSome() {
  if (givesUp()) {
    restore_.reset();
    end(notTriedAgain());
    return false;
  }
  if (!restore_) {
    state_ = TaskState::Restoring;
    if (resources_.state.start != nullptr) resources_.state.start->begin();
    restore_ =
        std::make_unique<TaskRestore>(spec_.plan->subTopologies[spec_.subTopology], spec_.task, resources_.state);
    const std::lock_guard lock(mutex_);
    if (generation_ && !lastError_) {
      spec_.sequence = std::max(spec_.sequence + kSequencesPerTask, *generation_ * kSequencesPerStart);
    }
  }
  const Result<bool> all = restore_->some();
  if (all && !*all) return true;
  const std::unique_ptr<TaskRestore> restore = std::move(restore_);
  const StartProgress* const start = resources_.state.start;
  if (!all && start != nullptr && start->stopped()) {
    end(notTriedAgain());  // a stop was asked for, and the restore has heard of it first
    return false;
  }
  if (!all) return failed(all.error());
  if (const Result<void> made = makeTask(restore->take()); !made) return failed(made.error());
  return true;
}

bool TaskSlot::runTask() {
  const bool moreJobs = jobs_.runOne(*task_);
  const bool more = task_->runSome();
  if (const std::optional<Error> error = task_->failure()) return failed(*error);
  if (!task_->finished()) return more || moreJobs;
  if (wish() == Wish::Finish) return giveUp();
  end(std::nullopt);
  return false;
}

bool TaskSlot::failed(const Error& error) {
  const CommitResult refused = task_ ? task_->refused() : CommitResult();
  const Wish wish = this->wish();
  if (wish != Wish::Drop && refused.failure() == CommitFailure::Fenced) return fenced(error);
  wasAborted_ = refused.failure() == CommitFailure::Aborted && error.kind == ErrorKind::Retryable;
  // What is wrong with the log concerns all tasks: it is opened anew, and everything over it is made anew.
  const bool ownFault = error.kind == ErrorKind::Retryable && resources_.state.log.usable().ok();
  if (wish != Wish::Drop && ((!wasAborted_ && !ownFault) || givesUp())) {
    end(error);
    return false;
  }
  jobs_.close(error);
  if (task_) task_->cancel();
  lastError_ = error;
  retryAt_ = resources_.clock.monotonic();
  if (wish != Wish::Run) return true;  // it is others who try again
  if (wasAborted_) {
    const std::optional<Duration> wait = aborts_.failed(task_->gotOn());
    retryIn(wait.value_or(kRestartsAfterAborts.longest), aborts_, "");
    return false;
  }
  const std::optional<Duration> wait = restarts_.failed(task_ && task_->gotOn());
  if (!wait) {
    end(fatalError(error.message + restarts_.inVain()));
    return false;
  }
  retryIn(*wait, restarts_,
          " (try " + std::to_string(restarts_.number()) + " of " + std::to_string(restarts_.most()) + ")");
  return false;
}

// In a group others hold the task now. A log that takes nothing more from this runner is more than a task lost.
bool TaskSlot::fenced(const Error& error) {
  task_->cancel();
  if (!resources_.inGroup || !resources_.state.log.usable().ok()) {
    end(error);
    return false;
  }
  const std::lock_guard lock(mutex_);
  wish_ = Wish::Drop;
  return true;
}

void TaskSlot::retryIn(Duration wait, Restarts& restarts, const std::string& which) {
  if (restarts.isNews(lastError_->message)) {
    resources_.logger.write(LogLevel::Warning, "",
                            lastError_->message + " Task " + std::to_string(spec_.task) + " of sub-topology '" +
                                subTopologyId() + "' goes on from its last commit in " + inWords(wait) + which + ".");
  }
  state_ = TaskState::Waiting;
  retryAt_ = *retryAt_ + wait;
  resources_.pool.wakeAt(*this, *retryAt_);
}

bool TaskSlot::givesUp() const {
  const std::lock_guard lock(mutex_);
  // After an aborted commit one more is made, for the stop.
  return cancelled_ || (stopRequested_ && !wasAborted_);
}

std::optional<Error> TaskSlot::notTriedAgain() const {
  if (!lastError_) return std::nullopt;  // it has not failed
  return retryableError("A stop was asked for before task " + std::to_string(spec_.task) + " of sub-topology '" +
                        subTopologyId() + "' was tried again. What was committed is safe.");
}

bool TaskSlot::tryAgain() {
  if (givesUp()) {
    end(notTriedAgain());
    return false;
  }
  if (resources_.clock.monotonic() < *retryAt_) {
    resources_.pool.wakeAt(*this, *retryAt_);
    return false;
  }
  if (task_) {
    // The last commit has to be the last: nothing of the old task may become durable behind the back of the new one.
    const std::optional<CommitResult> commit = task_->lastCommit();
    if (!commit) return false;  // its end wakes the slot
    if (commit->failure() == CommitFailure::Fenced) return fenced(commit->error());
    if (commit->failure() == CommitFailure::Unknown) {
      end(commit->error());
      return false;
    }
    throwAway();
  }
  retryAt_.reset();
  spec_.sequence += kSequencesPerTask;  // above all that the tasks before it have written
  return restoreSome();
}

void TaskSlot::throwAway() {
  settled_.add(task_->settle());
  resources_.flow.remove(*task_);
  std::unique_ptr<Task> old;
  {
    const std::lock_guard lock(mutex_);
    old = std::move(task_);
  }
  old.reset();  // its operators before the new ones: they may hold what those want
}

// What of it is with the committer already is not taken back, and whether it holds is for the log to say.
bool TaskSlot::giveUp() {
  restore_.reset();
  jobs_.close(whyNoTask());
  if (task_) {
    if (!task_->lastCommit()) return false;  // its end wakes the slot
    throwAway();
  }
  for (const topology::PlannedNode& node : spec_.plan->subTopologies[spec_.subTopology].nodes) {
    if (node.role != topology::NodeRole::TopicRead) continue;
    resources_.flow.readerLeft(spec_.plan->topics[node.topic].name, static_cast<std::int32_t>(spec_.task));
  }
  retryAt_.reset();
  lastError_.reset();
  restarts_ = Restarts(limits_);
  aborts_ = Restarts(kRestartsAfterAborts);
  wasAborted_ = false;
  std::vector<std::function<void()>> done;
  bool again = false;
  {
    const std::lock_guard lock(mutex_);
    again = again_.has_value();
    wish_ = again ? Wish::Run : Wish::Nothing;
    generation_ = again_;
    again_.reset();
    failure_.reset();
    done.swap(whenAway_);
    state_ = again ? TaskState::Restoring : TaskState::Away;
  }
  show();
  for (const auto& tell : done) tell();
  resources_.owner.slotRests(*this);
  return again;
}

void TaskSlot::end(std::optional<Error> failure) {
  {
    const std::lock_guard lock(mutex_);
    failure_ = std::move(failure);
    state_ = TaskState::Ended;
  }
  jobs_.close(whyNoTask());
  resources_.owner.slotRests(*this);
}

void TaskSlot::commit(CommitRequest request) {
  bool lost = false;
  {
    // The assignment of the moment: what becomes of it later, the log has to find out.
    const std::lock_guard lock(mutex_);
    lost = wish_ == Wish::Drop;
    request.generation = generation_;
  }
  if (!lost) return resources_.owner.commit(std::move(request));
  request.task->commitDone(
      {CommitFailure::Fenced,
       retryableError("Task " + std::to_string(spec_.task) + " of sub-topology '" + subTopologyId() +
                      "' was lost to another runner; nothing of it is committed here any "
                      "more.")});
}

void TaskSlot::post(TaskJob job) {
  if (!jobs_.add(job)) return job(whyNoTask());
  resources_.pool.wake(*this);
}

Error TaskSlot::whyNoTask() const {
  const std::string task = "Task " + std::to_string(spec_.task) + " of sub-topology '" + subTopologyId() + "' ";
  switch (state_.load()) {
    case TaskState::Away: return retryableError(task + "is not run here. Ask the runner that has it.");
    case TaskState::Ended: return configError(task + "has ended.");
    case TaskState::Running: return retryableError(task + "goes to another runner. Ask again in a moment.");
    default: return retryableError(task + "is not ready: it is brought to its last commit. Ask again in a moment.");
  }
}

void TaskSlot::requestStop() {
  {
    const std::lock_guard lock(mutex_);
    stopRequested_ = true;
    if (task_) task_->requestStop();
  }
  resources_.pool.wake(*this);
}

void TaskSlot::requestDrain() {
  {
    const std::lock_guard lock(mutex_);
    drainRequested_ = true;
    if (task_) task_->requestDrain();
  }
  resources_.pool.wake(*this);
}

void TaskSlot::cancel() {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  if (task_) task_->cancel();
}

void TaskSlot::close() {
  std::vector<std::function<void()>> done;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    done.swap(whenAway_);
  }
  jobs_.close(retryableError("The run is over."));
  for (const auto& tell : done) tell();
}

std::optional<Error> TaskSlot::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

std::vector<std::string> TaskSlot::blockedNodes() const {
  return task_ && state_ != TaskState::Ended ? task_->blockedNodes() : std::vector<std::string>();
}

SharedSnapshot TaskSlot::shown() const {
  const std::lock_guard lock(shownMutex_);
  return shown_;
}

// What a commit or coming to rest has changed is shown at once; what goes on, once in a commit interval.
void TaskSlot::showNews(bool atRest) {
  const SharedSnapshot last = shown();
  const bool commits = task_ && task_->epoch() != last->epoch;
  const bool old = resources_.clock.monotonic() - shownAt_ >= spec_.options.commitInterval;
  const bool moved = task_ && task_->watermark() != last->watermark;
  if (state_ != last->state || commits || old || (atRest && (moved || blockedNodes() != last->blocked))) show();
}

void TaskSlot::show() {
  auto now = std::make_shared<TaskSnapshot>();
  now->id = id();
  now->state = state_;
  now->readsSource = readsSource_;
  now->blocked = blockedNodes();
  if (restore_) now->restore = restore_->progress();
  if (lastError_) now->problem = lastError_->message;
  if (task_) {
    now->epoch = task_->epoch();
    now->watermark = task_->watermark();
    now->figures = task_->figures();
  }
  now->figures.add(settled_);
  shownAt_ = resources_.clock.monotonic();
  const std::lock_guard lock(shownMutex_);
  shown_ = std::move(now);
}

}  // namespace weir::runtime
