#include "runtime/task/task.hpp"

#include <algorithm>

#include "weir/sdk/batch_slice.hpp"

namespace weir::runtime {

namespace {

constexpr int kStepsPerTurn = 32;  // before other tasks get the thread
constexpr Duration kDrainLimit = 30 * kSecond;
// Whatever the times of the others, an input is asked after so many batches of theirs: one whose rows have no time, or
// never a later one, would keep the rest waiting for ever.
constexpr int kMostPassedOver = 64;

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
      std::min({graph_->nextTimer(clock().monotonic(), phase_ != Phase::Running), nextLines_, tellBlocked()});
  if (next != Instant::never()) resources_.host.wakeAt(*this, next);
}

// Its own and those of its input.
template <typename Visit>
void Task::forEachMetric(const TaskNode& node, const Visit& visit) const {
  for (const auto& [name, metric] : node.metrics()) visit(name, metric);
  for (const Input& input : inputs_) {
    if (input.node != node.index()) continue;
    for (const auto& [name, metric] : input.input->metrics()) visit(name, *metric);
  }
}

bool Task::waitsFor(const TaskNode& node) const {
  if (node.unfinished == Progress::Blocked) return true;
  if (phase_ == Phase::Draining && graph_->drainWaitsFor(node)) return true;
  if (phase_ == Phase::Preparing && asked_ && node.index() == prepared_) return true;
  return told_ == node.index() && toldAsked_;
}

Instant Task::tellBlocked() {
  const Instant now = clock().monotonic();
  Instant next = Instant::never();
  for (const auto& node : graph_->nodes()) {
    if (!node->instance || !waitsFor(*node)) {
      node->blockedSince = Instant::never();
      continue;
    }
    if (node->blockedSince == Instant::never()) {
      node->blockedSince = now;
      node->blockedTold = now + spec_.options.blockedLimit;
    }
    if (node->blockedTold <= now) {
      const Duration since = now - node->blockedSince;
      resources_.host.logger().write(
          LogLevel::Warning, node->plan().id,
          "It has been blocked for " + std::to_string(since / kSecond) +
              " s: it waits for something of its own, and until that comes its task commits nothing.");
      node->blockedTold = now + since;  // twice as late each time
    }
    next = std::min(next, node->blockedTold);
  }
  return next;
}

std::vector<std::string> Task::blockedNodes() const {
  std::vector<std::string> ids;
  for (const auto& node : graph_->nodes()) {
    if (node->instance && waitsFor(*node)) ids.push_back(node->plan().id);
  }
  return ids;
}

bool Task::step() {
  if (failure()) return false;
  takeCommitResult();
  if (told_ != SIZE_MAX) tellCommitted();
  if (finished_ || failure()) return false;
  graph_->fireTimers(clock(), phase_ != Phase::Running);
  nextLines_ = tellDroppedLines();
  graph_->callWoken(phase_ != Phase::Running);
  if (graph_->blocked() && !graph_->resume()) return false;
  if (phase_ != Phase::Running) return commit();
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
  if (resources_.flow.mayRead(*this) && pollInputs()) return true;
  if (graph_->failure()) return false;
  dry_ = true;
  const bool hasRows = std::any_of(inputs_.begin(), inputs_.end(),
                                   [](const Input& input) { return !input.ended && input.input->hasRows(); });
  resources_.flow.advanced(*this, {watermark(), bytesMoved(), hasRows});
  if (idle() != idleTold_) dirty_ = true;  // whoever reads what this task writes has to know
  if (commitDue()) return commit();
  if (part().guarantee == topology::Guarantee::AtLeastOnce) publishEarly();
  if (dirty_ && !inFlight_) resources_.host.wakeAt(*this, lastCommit_ + spec_.options.idleCommitInterval);
  return ended_;
}

// The input that is furthest behind goes first. One that has told no time yet, and perhaps has none, takes turns with
// it.
void Task::orderInputs() {
  if (order_.size() < 2) return;
  std::int64_t behind = WEIR_WATERMARK_MAX;
  for (const Input& input : inputs_) {
    if (!input.ended && input.input->watermark() != WEIR_WATERMARK_MIN) {
      behind = std::min(behind, input.input->watermark());
    }
  }
  const auto place = [&](std::size_t index) {
    const Input& input = inputs_[index];
    if (input.passedOver >= kMostPassedOver) return WEIR_WATERMARK_MIN;
    const std::int64_t watermark = input.input->watermark();
    return watermark == WEIR_WATERMARK_MIN ? behind : watermark;
  };
  // They are few, and nearly in order; what stands together must stay in its order.
  for (auto next = order_.begin() + 1; next != order_.end(); ++next) {
    const auto to = std::upper_bound(order_.begin(), next, place(*next),
                                     [&](std::int64_t key, std::size_t index) { return key < place(index); });
    std::rotate(to, next, next + 1);
  }
}

bool Task::pollInputs() {
  orderInputs();
  for (std::size_t turn = 0; turn < order_.size(); ++turn) {
    const std::size_t index = order_[turn];
    Input& input = inputs_[index];
    if (input.ended) continue;
    input.passedOver = 0;
    Batch batch;
    const Result<InputOutcome> outcome = input.input->poll(batch);
    if (!outcome) {
      graph_->fail(outcome.error());
      return false;
    }
    if (*outcome == InputOutcome::Rows) {
      current_ = std::move(batch);
      currentInput_ = index;
      currentRow_ = 0;
      dirty_ = true;
      dry_ = false;
      rowsRead_ += current_.selectedCount();
      for (std::size_t later = turn + 1; later < order_.size(); ++later) ++inputs_[order_[later]].passedOver;
      std::rotate(order_.begin() + static_cast<std::ptrdiff_t>(turn),
                  order_.begin() + static_cast<std::ptrdiff_t>(turn) + 1, order_.end());
      return true;
    }
    if (*outcome == InputOutcome::Ended) {
      input.ended = true;
      dirty_ = true;
    }
  }
  ended_ = std::all_of(inputs_.begin(), inputs_.end(), [](const Input& input) { return input.ended; });
  return false;
}

void Task::deliverSlice() {
  const std::size_t node = inputs_[currentInput_].node;
  const std::int64_t left = current_.rowCount() - currentRow_;
  if (currentRow_ == 0 && left <= spec_.options.batchRows) {
    const Batch whole = std::move(current_);
    current_ = Batch();
    graph_->emit(node, 0, whole);
  } else {
    const std::int64_t rows = wholeUpdates(current_, currentRow_, spec_.options.batchRows);
    const Batch slice = sliceBatch(current_, currentRow_, rows);
    currentRow_ += rows;
    if (currentRow_ == current_.rowCount()) current_ = Batch();
    graph_->emit(node, 0, slice);
  }
  if (!current_) resources_.flow.advanced(*this, {watermark(), bytesMoved(), true});
}

std::int64_t Task::bytesMoved() const {
  std::int64_t bytes = 0;
  for (const auto& node : graph_->nodes()) {
    if (node->writer && plan_.topics[node->plan().topic].repartition) bytes += node->writer->bytesWritten();
  }
  return bytes;
}

std::size_t Task::bufferedBytes() const {
  std::size_t bytes = deadLetters_.bytesBuffered();
  for (const auto& node : graph_->nodes()) {
    if (node->writer) bytes += node->writer->bytesBuffered();
  }
  return bytes;
}

bool Task::commitDue() {
  if (inFlight_) return false;
  if (isLast()) return !finalCommit_;
  if (!dirty_) return false;
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
           return node->state().isDirty() || (node->writer && node->writer->hasRows());
         });
}

bool Task::commit() {
  if (phase_ == Phase::Running) {
    phase_ = Phase::Draining;
    graph_->restartDrain();
  }
  if (phase_ == Phase::Draining) {
    if (!graph_->drain(clock().now() + kDrainLimit)) return false;
    phase_ = Phase::Preparing;
    ++epoch_;
    prepared_ = 0;
    asked_ = false;
  }
  if (!prepareNodes()) return false;
  phase_ = Phase::Running;
  CommitRequest request;
  request.task = this;
  request.guarantee = part().guarantee;
  const Result<void> prepared = prepare(request);
  if (!prepared) {
    abortPrepared();
    graph_->fail(prepared.error());
    return false;
  }
  finalCommit_ = isLast();
  dirty_ = false;
  commitRequested_ = false;
  inFlight_ = true;
  inFlightOutputsOnly_ = false;
  overlayAtCommit_ = overlayBytes();
  lastCommit_ = clock().monotonic();
  count();
  for (const auto& node : graph_->nodes())
    node->blockedSince = Instant::never();  // all have done what they were asked for
  hand(std::move(request));
  return !finalCommit_;
}

// A timer asks again too, and still fires when the commit is prepared.
bool Task::mayPrepareAgain(TaskNode& node) {
  const bool due = node.timer.due <= clock().monotonic();
  if (due) node.timer = {};
  timerHeld_ = timerHeld_ || due;
  return node.woken.exchange(false) || due;
}

bool Task::prepareNodes() {
  for (; prepared_ < graph_->nodes().size(); ++prepared_, asked_ = timerHeld_ = false) {
    TaskNode& node = *graph_->nodes()[prepared_];
    if (!node.instance) continue;
    if (asked_ && !mayPrepareAgain(node)) return false;
    asked_ = true;
    const Result<Progress> ready = node.instance->prepareCommit(epoch_);
    if (!ready) {
      abortPrepared();
      graph_->fail(ready.error());
      return false;
    }
    if (*ready == Progress::Blocked) return false;
    if (timerHeld_) node.wakeAt(node.now());
  }
  return true;
}

// Nothing of the epoch has been handed over, so it will certainly not be committed.
void Task::abortPrepared() {
  for (std::size_t i = 0; i < prepared_; ++i) {
    if (graph_->nodes()[i]->instance) graph_->nodes()[i]->instance->abort(epoch_);
  }
}

Result<void> Task::prepare(CommitRequest& request) {
  const bool onlyTime = !hasNews() && std::all_of(inputs_.begin(), inputs_.end(),
                                                  [](const Input& input) { return input.input->wouldReadAgain(); });
  for (Input& input : inputs_) {
    if (!onlyTime) WEIR_TRY(input.input->prepareCommit());
  }
  idleTold_ = idle();
  const bool ends = ended_ && !graph_->hasMore();
  const WriterState atEnd = spec_.options.keepOpen ? WriterState::Left : WriterState::Ended;
  const WriterState state = ends ? atEnd : idleTold_ ? WriterState::Idle : WriterState::Active;
  for (const auto& node : graph_->nodes()) {
    node->stampEpoch(epoch_);
    if (node->writer) node->writer->take(state, request.outputs);
    if (auto dirty = node->state().takeDirty()) request.changelogs.push_back(std::move(*dirty));
  }
  return deadLetters_.take(request.outputs);
}

// at_least_once: what is there may be seen before the state that produced it is safe.
void Task::publishEarly() {
  if (inFlight_ || bufferedBytes() == 0) return;
  CommitRequest request;
  request.task = this;
  request.guarantee = part().guarantee;
  request.outputsOnly = true;
  const WriterState state = idleTold_ ? WriterState::Idle : WriterState::Active;
  for (const auto& node : graph_->nodes()) {
    if (node->writer) node->writer->take(state, request.outputs);
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

void Task::count() {
  atPrepare_.rowsRead = rowsRead_;
  atPrepare_.deadLetters = deadLetters_.count();
  atPrepare_.rowsIn.clear();
  atPrepare_.counters.clear();
  for (const auto& node : graph_->nodes()) {
    atPrepare_.rowsIn.push_back(node->rowsIn);
    forEachMetric(*node, [this](const std::string&, const Metric& metric) {
      if (metric.kind() == MetricKind::Counter) atPrepare_.counters.emplace_back(&metric, metric.value());
    });
  }
}

void Task::takeCommitResult() {
  std::optional<Result<void>> result;
  {
    const std::lock_guard lock(mutex_);
    result.swap(commitResult_);
  }
  if (!result) return;
  if (!*result) return fail(result->error());
  if (inFlightOutputsOnly_) {
    inFlight_ = false;
    return;
  }
  atCommit_ = atPrepare_;
  for (const auto& node : graph_->nodes()) {
    const Result<void> applied = node->state().committed();
    if (!applied) return fail(applied.error());
  }
  for (Input& input : inputs_) {
    const Result<void> told = input.input->committed();
    if (!told) return fail(told.error());
  }
  told_ = 0;
  toldAsked_ = false;
}

bool Task::tellCommitted() {
  for (; told_ < graph_->nodes().size(); ++told_, toldAsked_ = false) {
    TaskNode& node = *graph_->nodes()[told_];
    if (!node.instance) continue;
    // The wake is left to a call that waits for one too.
    const bool shared = node.unfinished || node.instance->wantsWakes();
    if (toldAsked_ && !(shared ? node.woken.load() : node.woken.exchange(false))) return false;
    toldAsked_ = true;
    const Result<Progress> done = node.instance->committed(epoch_);
    if (!done) {
      fail(done.error());
      return false;
    }
    if (*done == Progress::Blocked) return false;
  }
  told_ = SIZE_MAX;
  inFlight_ = false;
  for (const auto& node : graph_->nodes()) node->blockedSince = Instant::never();
  if (finalCommit_) {
    finished_ = true;
    resources_.flow.finished(*this);
    resources_.host.taskEnded(*this);
  }
  return true;
}

bool Task::awaitsWake() const {
  if (failure()) return false;
  const auto waits = [](const TaskNode& node) { return node.timer.due == Instant::never(); };
  if (phase_ == Phase::Preparing && asked_ && waits(*graph_->nodes()[prepared_])) return true;
  if (told_ != SIZE_MAX && toldAsked_ && waits(*graph_->nodes()[told_])) return true;
  return graph_->awaitsWake(phase_ != Phase::Running);
}

void Task::commitDone(Result<void> result) {
  TaskHost& host = resources_.host;
  {
    const std::lock_guard lock(mutex_);
    commitResult_ = std::move(result);
    withCommitter_ = false;
  }
  host.wake(*this);  // which is all of it that may be used from here on: a failed task may be gone
}

std::optional<Result<void>> Task::lastCommit() const {
  const std::lock_guard lock(mutex_);
  if (withCommitter_) return std::nullopt;
  return commitResult_.value_or(Result<void>());
}

void Task::requestStop() {
  stopRequested_ = true;
  resources_.host.wake(*this);
}

void Task::cancel() {
  for (const auto& node : graph_->nodes()) {
    if (node->instance) node->instance->cancel();
  }
  for (const Input& input : inputs_) input.input->cancel();
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
  const auto& instance = graph_->nodes()[node]->instance;
  return room && !(instance && instance->yields() && bufferIsFull());
}

void Task::deadLetterFrom(const std::string& node, const Batch& batch, std::span<const std::uint32_t> rows,
                          std::string_view reason) {
  dirty_ = true;
  deadLetters_.addRows(clock().now(), node, reason, batch, rows);
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
  return std::all_of(inputs_.begin(), inputs_.end(), [](const Input& input) { return input.input->idle(); });
}

std::int64_t Task::watermark() const {
  std::int64_t lowest = WEIR_WATERMARK_MAX;
  for (const Input& input : inputs_) lowest = std::min(lowest, input.input->watermark());
  return lowest;
}

void NodeCounters::take(const std::string& name, const Metric& metric) {
  switch (metric.kind()) {
    case MetricKind::Counter: counters.emplace_back(name, metric.value()); break;
    case MetricKind::Gauge: gauges.emplace_back(name, metric.value()); break;
    case MetricKind::Histogram: histograms.emplace_back(name, metric.counts()); break;
  }
}

void NodeCounters::add(const NodeCounters& other) {
  rowsIn += other.rowsIn;
  if (watermark && other.watermark) watermark = std::min(*watermark, *other.watermark);
  // A task whose format has not decoded anything yet may have fewer.
  const auto merge = [](auto& into, const auto& from, const auto& addTo) {
    for (const auto& [name, value] : from) {
      const auto same =
          std::find_if(into.begin(), into.end(), [&name = name](const auto& known) { return known.first == name; });
      if (same == into.end()) {
        into.emplace_back(name, value);
      } else {
        addTo(same->second, value);
      }
    }
  };
  const auto sum = [](std::int64_t& to, std::int64_t value) { to += value; };
  merge(counters, other.counters, sum);
  merge(gauges, other.gauges, sum);
  merge(histograms, other.histograms, [](HistogramCounts& to, const HistogramCounts& value) { to.add(value); });
}

std::vector<NodeCounters> Task::counters() const {
  std::vector<NodeCounters> all;
  for (const auto& node : graph_->nodes()) {
    NodeCounters counters;
    counters.node = node->plan().id;
    counters.rowsIn = node->rowsIn;
    if (!node->ports.empty()) {
      counters.watermark = node->ports[0].ended ? WEIR_WATERMARK_MAX : node->ports[0].watermark;
    }
    forEachMetric(*node, [&](const std::string& name, const Metric& metric) { counters.take(name, metric); });
    all.push_back(std::move(counters));
  }
  return all;
}

TaskFigures Task::figures() const {
  return {rowsRead_, deadLetters_.count(), counters()};
}

TaskFigures Task::settle() {
  if (inFlight_ && !inFlightOutputsOnly_) atCommit_ = atPrepare_;
  TaskFigures figures{atCommit_.rowsRead, atCommit_.deadLetters, {}};
  for (const auto& node : graph_->nodes()) {
    NodeCounters counts;
    counts.node = node->plan().id;
    if (node->index() < atCommit_.rowsIn.size()) counts.rowsIn = atCommit_.rowsIn[node->index()];
    forEachMetric(*node, [&](const std::string& name, const Metric& metric) {
      if (metric.kind() == MetricKind::Histogram) counts.take(name, metric);  // of everything that was seen
      if (metric.kind() != MetricKind::Counter) return;
      const auto found = std::find_if(atCommit_.counters.begin(), atCommit_.counters.end(),
                                      [&](const auto& counted) { return counted.first == &metric; });
      counts.counters.emplace_back(name, found == atCommit_.counters.end() ? 0 : found->second);
    });
    figures.nodes.push_back(std::move(counts));
  }
  return figures;
}

}  // namespace weir::runtime
