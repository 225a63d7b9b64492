#include "core/runtime/task/task.hpp"

#include <algorithm>
#include <utility>

#include "weir/sdk/batch_slice.hpp"

namespace weir::runtime {

namespace {

constexpr int kStepsPerTurn = 32;  // before other tasks get the thread

}  // namespace

bool Task::runSome() {
  for (int i = 0; i < kStepsPerTurn; ++i) {
    if (finished_) return false;
    const bool more = step();
    if (const std::optional<Error>& failure = graph_->failure()) fail(*failure);
    if (this->failure()) return false;
    if (!more) {
      askForTimers();
      return false;
    }
  }
  return true;
}

void Task::askForTimers() {
  const Instant next =
      std::min({graph_->nextTimer(clock().monotonic(), life_->preparing()), nextLines_, tellBlocked()});
  if (next != Instant::never()) resources_.host.wakeAt(*this, next);
}

bool Task::waitsFor(const TaskNode& node) const {
  return node.backlog().isBlocked() || life_->waitsFor(node);
}

Instant Task::tellBlocked() {
  const Instant now = clock().monotonic();
  Instant next = Instant::never();
  for (const auto& node : graph_->nodes()) {
    if (node->instance() == nullptr || !waitsFor(*node)) {
      node->blockedTime().isOver();
      continue;
    }
    if (const std::optional<Duration> since = node->blockedTime().goesOn(now, spec_.options.blockedLimit)) {
      resources_.host.logger().write(
          LogLevel::Warning, node->plan().id,
          "It has been blocked for " + std::to_string(*since / kSecond) +
              " s: it waits for something of its own, and until that comes its task commits nothing.");
    }
    next = std::min(next, node->blockedTime().next());
  }
  return next;
}

std::vector<std::string> Task::blockedNodes() const {
  std::vector<std::string> ids;
  for (const auto& node : graph_->nodes()) {
    if (node->instance() != nullptr && waitsFor(*node)) ids.push_back(node->plan().id);
  }
  return ids;
}

NodeState* Task::stateOf(std::string_view id) {
  for (const auto& node : graph_->nodes()) {
    if (node->plan().id == id) return &node->state();
  }
  return nullptr;
}

bool Task::step() {
  if (failure()) return false;
  takeCommitResult();
  if (life_->telling()) tellCommitted();
  if (finished_ || failure() || graph_->failure()) return false;
  graph_->fireTimers(clock(), life_->preparing());
  nextLines_ = tellDroppedLines();
  graph_->callWoken(life_->preparing());
  if (graph_->blocked() && !graph_->resume()) return false;
  if (life_->preparing()) return commit();
  if (current_) {
    deliverSlice();
    return true;
  }
  if (stopRequested_) stopTaken_ = true;
  if (commitDue()) return commit();
  if (inFlight_ && mustWaitForCommit()) return false;
  if (graph_->hasMore() && !stopTaken_) {
    dirty_ = true;
    graph_->sendMore();
    return true;
  }
  if (ended_ || stopTaken_) return false;  // waits for the commit in flight
  return readSome();
}

bool Task::readSome() {
  const bool draining = drainRequested_;  // what others wrote before it was asked for, this look sees
  const bool mayRead = resources_.flow.mayRead(*this);
  if (mayRead && pollInputs(draining)) return true;
  if (graph_->failure()) return false;
  stopTaken_ = draining && (mayRead || inputs_.areSources());
  dry_ = true;
  resources_.flow.advanced(*this, {watermark(), bytesMoved(), inputs_.hasRows()});
  if (idle() != idleTold_) tookIn();  // whoever reads what this task writes has to know
  tellTime();
  if (commitDue()) return commit();
  if (subTopology().guarantee == topology::Guarantee::AtLeastOnce) publishEarly();
  if (isDirty() && !inFlight_) resources_.host.wakeAt(*this, lastCommit_ + spec_.options.idleCommitInterval);
  return ended_;
}

bool Task::pollInputs(bool draining) {
  Batch batch;
  Result<TaskInputs::Polled> polled = inputs_.poll(batch, draining);
  if (!polled) {
    graph_->fail(polled.error());
    return false;
  }
  for (SchemaChange& change : polled->schemaChanges) resources_.host.schemaChanged(*this, std::move(change));
  if (polled->someEnded) dirty_ = true;
  ended_ = polled->outcome == InputOutcome::Ended;
  if (polled->outcome != InputOutcome::Rows) return false;
  current_ = std::move(batch);
  currentNode_ = polled->node;
  currentRow_ = 0;
  tookIn();
  dry_ = false;
  counts_->read(current_.selectedCount());
  return true;
}

void Task::tookIn() {
  if (inputs_.wouldReadAgain()) {
    timeMoved_ = true;
  } else {
    dirty_ = true;
  }
}

void Task::deliverSlice() {
  const std::int64_t left = current_.rowCount() - currentRow_;
  if (currentRow_ == 0 && left <= spec_.options.batchRows) {
    const Batch whole = std::move(current_);
    current_ = Batch();
    graph_->emit(currentNode_, 0, whole);
  } else {
    const std::int64_t rows = wholeUpdates(current_, currentRow_, spec_.options.batchRows);
    const Batch slice = sliceBatch(current_, currentRow_, rows);
    currentRow_ += rows;
    if (currentRow_ == current_.rowCount()) current_ = Batch();
    graph_->emit(currentNode_, 0, slice);
  }
  if (!current_) resources_.flow.advanced(*this, {watermark(), bytesMoved(), true});
}

std::int64_t Task::bytesMoved() const {
  std::int64_t bytes = 0;
  for (const auto& node : graph_->nodes()) {
    if (node->writer() != nullptr && plan_.topics[node->plan().topic].repartition)
      bytes += node->writer()->bytesWritten();
  }
  return bytes;
}

std::size_t Task::bufferedBytes() const {
  std::size_t bytes = deadLetters_.bytesBuffered();
  for (const auto& node : graph_->nodes()) {
    if (node->writer() != nullptr) bytes += node->writer()->bytesBuffered();
  }
  return bytes;
}

bool Task::commitDue() {
  if (inFlight_) return false;
  if (isLast()) return !finalCommit_;
  if (!isDirty()) return false;
  if (commitRequested_) return true;
  const Duration since = clock().monotonic() - lastCommit_;
  if (since >= spec_.options.commitInterval) return true;
  if (dry_ && since >= spec_.options.idleCommitInterval) return true;
  return bufferIsFull();
}

bool Task::bufferIsFull() const {
  return bufferedBytes() >= commitBytes_;
}

std::int64_t Task::overlayBytes() const {
  std::int64_t bytes = 0;
  for (const auto& node : graph_->nodes()) bytes += node->state().overlayBytes();
  return bytes;
}

// However long a sync takes, what gathers meanwhile is bounded: output, dead letters, and state that is new.
bool Task::mustWaitForCommit() const {
  return commitRequested_ || bufferIsFull() || overlayBytes() - overlayAtCommit_ >= spec_.options.commitBytes;
}

// Whether anything but what the inputs know would be lost without a commit.
bool Task::hasNews() const {
  return deadLetters_.bytesBuffered() != 0 ||
         std::any_of(graph_->nodes().begin(), graph_->nodes().end(), [](const auto& node) {
           return node->state().isDirty() || (node->writer() != nullptr && node->writer()->hasRows());
         });
}

bool Task::commit() {
  if (!life_->prepare()) return false;
  CommitRequest request;
  request.task = this;
  request.guarantee = subTopology().guarantee;
  const Result<void> prepared = prepare(request);
  if (!prepared) {
    life_->abort();
    graph_->fail(prepared.error());
    return false;
  }
  finalCommit_ = isLast();
  dirty_ = timeMoved_ = false;
  rowsMovedAtCommit_ = graph_->rowsMoved();
  commitRequested_ = false;
  inFlight_ = true;
  inFlightOutputsOnly_ = false;
  overlayAtCommit_ = overlayBytes();
  lastCommit_ = clock().monotonic();
  counts_->prepared(deadLetters_.count());
  for (const auto& node : graph_->nodes()) node->blockedTime().isOver();  // all have done what they were asked for
  hand(std::move(request));
  return !finalCommit_;
}

Result<void> Task::prepare(CommitRequest& request) {
  const bool onlyTime = !hasNews() && inputs_.wouldReadAgain();
  if (!onlyTime) WEIR_TRY(inputs_.prepareCommit(request.consumed));
  idleTold_ = idle();
  const bool ends = ended_ && !graph_->hasMore();
  const WriterState atEnd = spec_.options.keepOpen ? WriterState::Left : WriterState::Ended;
  const WriterState state = ends ? atEnd : idleTold_ ? WriterState::Idle : WriterState::Active;
  for (const auto& node : graph_->nodes()) {
    node->stampEpoch(life_->epoch());
    if (node->writer() != nullptr) node->writer()->take(state, request.outputs);
    if (auto dirty = node->state().takeDirty()) request.changelogs.push_back(std::move(*dirty));
  }
  return deadLetters_.take(request.outputs);
}

// Nothing would be lost without a commit: after a restart it hears of the same time, and tells it on again. Of a
// thousand partitions that get nothing but the time, none costs one.
void Task::tellTime() {
  if (!timeMoved_ || isDirty() || inFlight_ || ended_ || stopTaken_) return;
  timeMoved_ = false;
  if (commitRequested_) {
    dirty_ = true;
    return;
  }
  idleTold_ = idle();
  const WriterState state = idleTold_ ? WriterState::Idle : WriterState::Active;
  for (const auto& node : graph_->nodes()) {
    if (node->writer() != nullptr && !node->writer()->announce(state, resources_.state.log)) dirty_ = true;
  }
}

// at_least_once: what is there may be seen before the state that produced it is safe.
void Task::publishEarly() {
  if (inFlight_ || bufferedBytes() == 0) return;
  CommitRequest request;
  request.task = this;
  request.guarantee = subTopology().guarantee;
  request.outputsOnly = true;
  const WriterState state = idleTold_ ? WriterState::Idle : WriterState::Active;
  for (const auto& node : graph_->nodes()) {
    if (node->writer() != nullptr) node->writer()->take(state, request.outputs);
  }
  inFlight_ = true;
  inFlightOutputsOnly_ = true;
  overlayAtCommit_ = overlayBytes();
  hand(std::move(request));
}

void Task::hand(CommitRequest request) {
  {
    const std::lock_guard lock(mutex_);
    withCommitter_ = true;
  }
  resources_.host.commit(std::move(request));
}

void Task::takeCommitResult() {
  std::optional<CommitResult> result;
  {
    const std::lock_guard lock(mutex_);
    result.swap(commitResult_);
    if (result && !*result) refused_ = *result;
  }
  if (!result) return;
  if (!*result) {
    inFlight_ = false;
    return fail(result->error());
  }
  if (inFlightOutputsOnly_) {
    inFlight_ = false;
    return;
  }
  counts_->committed();
  for (const auto& node : graph_->nodes()) {
    const Result<void> applied = node->state().committed();
    if (!applied) return fail(applied.error());
  }
  if (const Result<void> told = inputs_.committed(); !told) return fail(told.error());
  life_->durable();
}

void Task::tellCommitted() {
  if (!life_->tell()) return;
  inFlight_ = false;
  for (const auto& node : graph_->nodes()) node->blockedTime().isOver();
  if (finalCommit_) {
    finished_ = true;
    resources_.flow.finished(*this);
    resources_.host.taskEnded(*this);
  }
}

bool Task::awaitsWake() const {
  return !failure() && (life_->awaitsWake() || graph_->awaitsWake(life_->preparing()));
}

void Task::commitDone(CommitResult result) {
  TaskHost& host = resources_.host;
  {
    const std::lock_guard lock(mutex_);
    commitResult_ = std::move(result);
    withCommitter_ = false;
  }
  host.wake(*this);  // which is all of it that may be used from here on: a failed task may be gone
}

std::optional<CommitResult> Task::lastCommit() const {
  const std::lock_guard lock(mutex_);
  if (withCommitter_) return std::nullopt;
  return commitResult_.value_or(refused_);
}

CommitResult Task::refused() const {
  const std::lock_guard lock(mutex_);
  return refused_;
}

void Task::requestStop() {
  stopRequested_ = true;
  resources_.host.wake(*this);
}

void Task::requestDrain() {
  drainRequested_ = true;
  resources_.host.wake(*this);
}

void Task::cancel() {
  for (const auto& node : graph_->nodes()) {
    if (node->instance() != nullptr) node->instance()->cancel();
  }
  inputs_.cancel();
}

void Task::fail(Error error) {
  {
    const std::lock_guard lock(mutex_);
    if (failure_) return;
    failure_ = std::move(error);
  }
  resources_.flow.finished(*this);
  resources_.host.taskEnded(*this);
}

std::optional<Error> Task::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

bool Task::emitFrom(std::size_t node, std::size_t port, const Batch& batch) {
  const bool room = graph_->emit(node, port, batch);
  // An operator that can wait does so: what has been sent is committed first.
  const OperatorInstance* const instance = graph_->nodes()[node]->instance();
  return room && !(instance != nullptr && instance->yields() && bufferIsFull());
}

void Task::deadLetterFrom(const std::string& node, const Batch& batch, std::span<const std::uint32_t> rows,
                          std::string_view reason) {
  dirty_ = true;
  deadLetters_.addRows(clock().now(), node, reason, batch, rows,
                       [this](std::string_view split) { return inputs_.nameOfSplit(split); });
}

void Task::linesDropped() {
  linesDropped_ = true;
  resources_.host.wake(*this);
}

Instant Task::tellDroppedLines() {
  if (!linesDropped_.load(std::memory_order_relaxed)) return Instant::never();  // nearly always
  linesDropped_ = false;
  Instant next = Instant::never();
  for (const auto& node : graph_->nodes()) next = std::min(next, node->tellDroppedLines());
  if (next != Instant::never()) linesDropped_ = true;
  return next;
}

void Task::wakeTask() {
  resources_.host.wake(*this);
}

bool Task::idle() const {
  // In a run to its end everybody has yet to come to it, whatever has been read: what an operator waits with, as for
  // the time of another port, leaves then, and nobody's time may pass it before.
  if (spec_.options.untilEnd && !spec_.options.keepOpen) return false;
  return inputs_.idle();
}

TaskFigures Task::settle() {
  if (inFlight_ && !inFlightOutputsOnly_ && lastCommit().value_or(CommitResult())) counts_->committed();
  return counts_->settled();
}

}  // namespace weir::runtime
