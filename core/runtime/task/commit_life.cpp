#include "core/runtime/task/commit_life.hpp"

namespace weir::runtime {

namespace {

constexpr Duration kDrainLimit = 30 * kSecond;

}  // namespace

CommitLife::~CommitLife() {
  if (phase_ == Phase::Preparing) abort();
}

bool CommitLife::fail(Error error) {
  graph_.fail(std::move(error));
  return false;
}

bool CommitLife::prepare() {
  if (phase_ == Phase::Idle) {
    phase_ = Phase::Draining;
    graph_.restartDrain();
  }
  if (phase_ == Phase::Draining) {
    if (!graph_.drain(clock_.now() + kDrainLimit)) return false;
    phase_ = Phase::Preparing;
    ++epoch_;
    prepared_ = 0;
    asked_ = false;
  }
  if (!prepareNodes()) return false;
  phase_ = Phase::Idle;
  return true;
}

// A timer asks again too, and still fires when the commit is prepared.
bool CommitLife::mayPrepareAgain(TaskNode& node) {
  const bool due = node.timer().hasCome(clock_.monotonic());
  if (due) static_cast<void>(node.timer().take(clock_));
  timerHeld_ = timerHeld_ || due;
  return node.takeWake() || due;
}

bool CommitLife::prepareNodes() {
  for (; prepared_ < graph_.nodes().size(); ++prepared_, asked_ = timerHeld_ = false) {
    TaskNode& node = *graph_.nodes()[prepared_];
    if (node.instance() == nullptr) continue;
    if (asked_ && !mayPrepareAgain(node)) return false;
    asked_ = true;
    const Result<Progress> ready = node.instance()->prepareCommit(epoch_);
    if (!ready) {
      abort();
      return fail(ready.error());
    }
    if (*ready == Progress::Blocked) return false;
    if (timerHeld_) node.wakeAt(node.now());
  }
  return true;
}

void CommitLife::abort() {
  for (std::size_t i = 0; i < prepared_; ++i) {
    if (OperatorInstance* const instance = graph_.nodes()[i]->instance()) instance->abort(epoch_);
  }
}

void CommitLife::durable() {
  told_ = 0;
  toldAsked_ = false;
}

bool CommitLife::tell() {
  for (; told_ < graph_.nodes().size(); ++told_, toldAsked_ = false) {
    TaskNode& node = *graph_.nodes()[told_];
    if (node.instance() == nullptr) continue;
    // The wake is left to a call that waits for one too.
    const bool shared = node.backlog().isUnfinished() || node.instance()->wantsWakes();
    if (toldAsked_ && !(shared ? node.isWoken() : node.takeWake())) return false;
    toldAsked_ = true;
    const Result<Progress> done = node.instance()->committed(epoch_);
    if (!done) return fail(done.error());
    if (*done == Progress::Blocked) return false;
  }
  told_ = SIZE_MAX;
  return true;
}

bool CommitLife::waitsFor(const TaskNode& node) const {
  if (phase_ == Phase::Draining && graph_.drainWaitsFor(node)) return true;
  if (phase_ == Phase::Preparing && asked_ && node.index() == prepared_) return true;
  return told_ == node.index() && toldAsked_;
}

bool CommitLife::awaitsWake() const {
  const auto waits = [](const TaskNode& node) { return !node.timer().isSet(); };
  if (phase_ == Phase::Preparing && asked_ && waits(*graph_.nodes()[prepared_])) return true;
  return told_ != SIZE_MAX && toldAsked_ && waits(*graph_.nodes()[told_]);
}

}  // namespace weir::runtime
