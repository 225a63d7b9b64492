#include "core/runtime/commit/operator_round.hpp"

namespace weir::runtime {

void OperatorRound::begin() {
  next_ = 0;
  asked_ = timerHeld_ = false;
}

// A timer asks again too, and still fires when the commit is prepared.
bool OperatorRound::mayPrepareAgain(TaskNode& node) {
  const bool due = node.timer().hasCome(clock_.monotonic());
  if (due) node.timer().take(clock_);
  timerHeld_ = timerHeld_ || due;
  return node.takeWake() || due;
}

Result<bool> OperatorRound::prepare(std::uint64_t epoch) {
  for (; next_ < graph_.nodes().size(); ++next_, asked_ = timerHeld_ = false) {
    TaskNode& node = *graph_.nodes()[next_];
    if (node.instance() == nullptr) continue;
    if (asked_ && !mayPrepareAgain(node)) return false;
    asked_ = true;
    WEIR_TRY_ASSIGN(ready, node.instance()->prepareCommit(epoch));
    if (ready == Progress::Blocked) return false;
    if (timerHeld_) node.wakeAt(node.now());
  }
  return true;
}

Result<bool> OperatorRound::tell(std::uint64_t epoch) {
  for (; next_ < graph_.nodes().size(); ++next_, asked_ = false) {
    TaskNode& node = *graph_.nodes()[next_];
    if (node.instance() == nullptr) continue;
    // The wake is left to a call that waits for one too.
    const bool shared = node.backlog().isUnfinished() || node.instance()->wantsWakes();
    if (asked_ && !(shared ? node.isWoken() : node.takeWake())) return false;
    asked_ = true;
    WEIR_TRY_ASSIGN(done, node.instance()->committed(epoch));
    if (done == Progress::Blocked) return false;
  }
  return true;
}

void OperatorRound::abort(std::uint64_t epoch) {
  for (std::size_t i = 0; i < next_; ++i) {
    if (OperatorInstance* const instance = graph_.nodes()[i]->instance()) instance->abort(epoch);
  }
}

bool OperatorRound::awaitsWake() const {
  return asked_ && !graph_.nodes()[next_]->timer().isSet();
}

}  // namespace weir::runtime
