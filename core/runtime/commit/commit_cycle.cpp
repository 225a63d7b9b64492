#include "core/runtime/commit/commit_cycle.hpp"

#include <algorithm>
#include <utility>

namespace weir::runtime {

namespace {

constexpr Duration kDrainLimit = 30 * kSecond;

}  // namespace

CommitCycle::CommitCycle(const CommitParts& parts, const CommitTerms& terms, const Clock& clock, Log& log,
                         HandOver handOver)
    : parts_(parts),
      terms_(terms),
      clock_(clock),
      log_(log),
      handOver_(std::move(handOver)),
      need_(parts.graph, parts.inputs, parts.outputs, terms.options, terms.feedsTasks, clock),
      operators_(parts.graph, clock) {}

void CommitCycle::abandon() {
  if (std::exchange(step_, Step::None) == Step::Prepare) operators_.abort(epoch_);
}

bool CommitCycle::advance() {
  if (step_ == Step::None) {
    step_ = Step::Drain;
    parts_.graph.restartDrain();
  }
  if (step_ == Step::Drain) {
    if (!parts_.graph.drain(clock_.now() + kDrainLimit)) return false;
    step_ = Step::Prepare;
    ++epoch_;
    operators_.begin();
  }
  const Result<bool> prepared = prepare();
  if (!prepared) {
    abandon();
    parts_.graph.fail(prepared.error());
    return false;
  }
  return *prepared && !isLast_;
}

// True: it has been handed over.
Result<bool> CommitCycle::prepare() {
  WEIR_TRY_ASSIGN(ready, operators_.prepare(epoch_));
  if (!ready) return false;
  CommitRequest request;
  WEIR_TRY(gather(request));
  isLast_ = need_.isLast();
  need_.taken();
  parts_.counts.prepared(parts_.outputs.deadLetters().count());
  forgetWhoBlocked();  // all have done what they were asked for
  handOver(std::move(request), Step::HandedOver);
  return true;
}

Result<void> CommitCycle::gather(CommitRequest& request) {
  const bool onlyTime = !hasNews() && parts_.inputs.wouldReadAgain();
  if (!onlyTime) WEIR_TRY(parts_.inputs.prepareCommit(request.consumed));
  const WriterState atEnd = terms_.options.keepOpen ? WriterState::Left : WriterState::Ended;
  const WriterState state = tellIdle();
  for (const auto& node : parts_.graph.nodes()) {
    node->stampEpoch(epoch_);
    if (auto dirty = node->state().takeDirty()) request.changelogs.push_back(std::move(*dirty));
  }
  return parts_.outputs.take(need_.isComplete() ? atEnd : state, request.outputs);
}

// Anything but what the inputs know would be lost without a commit.
bool CommitCycle::hasNews() const {
  const auto& nodes = parts_.graph.nodes();
  return parts_.outputs.hasRows() ||
         std::any_of(nodes.begin(), nodes.end(), [](const auto& node) { return node->state().isDirty(); });
}

void CommitCycle::handOver(CommitRequest request, Step step) {
  request.guarantee = terms_.guarantee;
  request.outputsOnly = step == Step::Early;
  step_ = step;
  overlayAtHandOver_ = overlayBytes();
  answer_.handedOver();
  handOver_(std::move(request));
}

bool CommitCycle::mustBeOver() const {
  // What gathers is bounded: output, dead letters, and state that is new.
  const bool underWay = step_ == Step::HandedOver || step_ == Step::Tell || step_ == Step::Early;
  return underWay && (need_.isAskedFor() || need_.bufferIsFull() ||
                      overlayBytes() - overlayAtHandOver_ >= terms_.options.commitBytes);
}

std::int64_t CommitCycle::overlayBytes() const {
  std::int64_t bytes = 0;
  for (const auto& node : parts_.graph.nodes()) bytes += node->state().overlayBytes();
  return bytes;
}

void CommitCycle::hear() {
  if (const Result<void> taken = takeAnswer(); !taken) return parts_.graph.fail(taken.error());
  if (step_ != Step::Tell) return;
  const Result<bool> told = operators_.tell(epoch_);
  if (!told) return parts_.graph.fail(told.error());
  if (!*told) return;
  forgetWhoBlocked();
  step_ = isLast_ ? Step::Over : Step::None;
}

Result<void> CommitCycle::takeAnswer() {
  const std::optional<CommitResult> answer = answer_.take();
  if (!answer) return {};
  if (answer->ok() && step_ == Step::HandedOver) return durable();
  step_ = Step::None;
  return answer->ok() ? Result<void>() : answer->error();
}

Result<void> CommitCycle::durable() {
  parts_.counts.committed();
  for (const auto& node : parts_.graph.nodes()) WEIR_TRY(node->state().committed());
  WEIR_TRY(parts_.inputs.committed());
  operators_.begin();
  step_ = Step::Tell;
  return {};
}

void CommitCycle::forgetWhoBlocked() {
  for (const auto& node : parts_.graph.nodes()) node->blockedTime().isOver();
}

void CommitCycle::tellTime() {
  if (step_ != Step::None || !need_.takeTimeAlone()) return;
  if (!parts_.outputs.announce(tellIdle(), log_)) need_.mustKeep();
}

void CommitCycle::publishEarly() {
  const bool may = terms_.guarantee == topology::Guarantee::AtLeastOnce && step_ == Step::None;
  if (!may || parts_.outputs.bytesBuffered() == 0) return;
  CommitRequest request;
  parts_.outputs.takeRows(idleTold_ ? WriterState::Idle : WriterState::Active, request.outputs);
  handOver(std::move(request), Step::Early);
}

bool CommitCycle::isIdle() const {
  // In a run to its end everybody has yet to come to it, whatever has been read: what an operator waits with, as for
  // the time of another port, leaves then, and nobody's time may pass it before.
  if (terms_.options.untilEnd && !terms_.options.keepOpen) return false;
  return parts_.inputs.idle();
}

WriterState CommitCycle::tellIdle() {
  idleTold_ = isIdle();
  return idleTold_ ? WriterState::Idle : WriterState::Active;
}

bool CommitCycle::waitsFor(const TaskNode& node) const {
  if (step_ == Step::Drain) return parts_.graph.drainWaitsFor(node);
  return (step_ == Step::Prepare || step_ == Step::Tell) && operators_.waitsFor(node);
}

bool CommitCycle::awaitsWake() const {
  return (step_ == Step::Prepare || step_ == Step::Tell) && operators_.awaitsWake();
}

void CommitCycle::settle() {
  const bool handedOver = step_ == Step::HandedOver || step_ == Step::Tell;
  if (handedOver && last().value_or(CommitResult())) parts_.counts.committed();
}

}  // namespace weir::runtime
