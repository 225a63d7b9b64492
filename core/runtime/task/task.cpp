#include "core/runtime/task/task.hpp"

#include <algorithm>
#include <utility>

#include "core/runtime/task/task_restore.hpp"

namespace weir::runtime {

namespace {

constexpr int kStepsPerTurn = 32;  // before other tasks get the thread

}  // namespace

Result<std::unique_ptr<Task>> Task::make(const TaskSpec& spec, const TaskResources& resources) {
  TaskRestore restore(spec.part(), spec.task, resources.state);
  while (true) {
    WEIR_TRY_ASSIGN(all, restore.some());
    if (all) return make(spec, resources, restore.take());
  }
}

Result<std::unique_ptr<Task>> Task::make(const TaskSpec& spec, const TaskResources& resources, NodeStates states) {
  std::unique_ptr<Task> task(new Task(spec, resources));
  WEIR_TRY(task->build(std::move(states)));
  return task;
}

Result<void> Task::build(NodeStates states) {
  const TaskBuild build(spec_, resources_, *this);
  graph_ = build.makeGraph(std::move(states));
  counts_ = std::make_unique<TaskCounts>(*graph_, inputs_);
  const CommitTerms terms{spec_.options, subTopology().guarantee, !repartitionsWritten().empty()};
  commits_ = std::make_unique<CommitCycle>(CommitParts{*graph_, inputs_, outputs_, *counts_}, terms, clock(),
                                           resources_.state.log, [this](CommitRequest request) {
                                             request.task = this;
                                             resources_.host.commit(std::move(request));
                                           });
  blocked_ =
      std::make_unique<BlockedNodes>(*graph_, *commits_, spec_.options.blockedLimit, clock(), resources_.host.logger());
  WEIR_TRY_ASSIGN(lastEpoch, build.openNodes(*graph_, outputs_));
  commits_->goOnFrom(lastEpoch);
  const RefusedAt refusedAt = [this](const std::string& node, std::string_view position, std::string_view bytes,
                                     std::string_view reason) {
    commits_->need().mustKeep();
    outputs_.deadLetters().add(clock().now(), node, reason, position, bytes);
  };
  return build.openInputs(*graph_, *this, refusedAt, inputs_);
}

Task::~Task() {
  // While the rest of the task is there: operators may log and wake it to the last.
  commits_->abandon();
  inputs_.clear();
  graph_.reset();
}

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
      std::min({graph_->nextTimer(clock().monotonic(), commits_->isPreparing()), nextLines_, blocked_->tell()});
  if (next != Instant::never()) resources_.host.wakeAt(*this, next);
}

bool Task::step() {
  if (failure()) return false;
  commits_->hear();
  if (graph_->failure()) return false;
  if (commits_->isOver()) return finish();
  graph_->fireTimers(clock(), commits_->isPreparing());
  nextLines_ = tellDroppedLines();
  graph_->callWoken(commits_->isPreparing());
  if (graph_->blocked() && !graph_->resume()) return false;
  if (commits_->isPreparing()) return commits_->advance();
  if (!delivery_.isDone()) {
    deliverSlice();
    return true;
  }
  CommitNeed& need = commits_->need();
  if (stopRequested_) need.stop();
  if (commits_->isDue()) return commits_->advance();
  if (commits_->mustBeOver()) return false;
  if (graph_->hasMore() && !need.hasStopped()) {
    need.mustKeep();
    graph_->sendMore();
    return true;
  }
  if (need.isAtEnd()) return false;  // waits for the commit in flight
  return readSome();
}

bool Task::readSome() {
  CommitNeed& need = commits_->need();
  const bool draining = drainRequested_;  // what others wrote before it was asked for, this look sees
  const bool mayRead = resources_.flow.mayRead(*this);
  if (mayRead && pollInputs(draining)) return true;
  if (graph_->failure()) return false;
  if (draining && (mayRead || inputs_.areSources())) need.stop();
  need.lookedInVain(true);
  tellProgress(inputs_.hasRows());
  if (commits_->idleIsNews()) need.tookIn();  // whoever reads what this task writes has to know
  commits_->tellTime();
  if (commits_->isDue()) return commits_->advance();
  commits_->publishEarly();
  if (const Instant due = commits_->dueWhenDry(); due != Instant::never()) resources_.host.wakeAt(*this, due);
  return need.hasEnded();
}

bool Task::pollInputs(bool draining) {
  CommitNeed& need = commits_->need();
  Batch batch;
  Result<TaskInputs::Polled> polled = inputs_.poll(batch, draining);
  if (!polled) {
    graph_->fail(polled.error());
    return false;
  }
  for (SchemaChange& change : polled->schemaChanges) resources_.host.schemaChanged(*this, std::move(change));
  if (polled->someEnded) need.mustKeep();
  if (polled->outcome == InputOutcome::Ended) need.inputEnded();
  if (polled->outcome != InputOutcome::Rows) return false;
  counts_->read(batch.selectedCount());
  delivery_.begin(std::move(batch), polled->node);
  need.tookIn();
  need.lookedInVain(false);
  return true;
}

void Task::deliverSlice() {
  const Batch slice = delivery_.next(spec_.options.batchRows);
  graph_->emit(delivery_.node(), 0, slice);
  if (delivery_.isDone()) tellProgress(true);
}

void Task::tellProgress(bool hasRows) {
  resources_.flow.advanced(*this, {watermark(), outputs_.bytesMoved(), hasRows});
}

bool Task::emitFrom(std::size_t node, std::size_t port, const Batch& batch) {
  const bool room = graph_->emit(node, port, batch);
  // An operator that can wait does so: what has been sent is committed first.
  const OperatorInstance* const instance = graph_->nodes()[node]->instance();
  return room && !(instance != nullptr && instance->yields() && commits_->need().bufferIsFull());
}

void Task::deadLetterFrom(const std::string& node, const Batch& batch, std::span<const std::uint32_t> rows,
                          std::string_view reason) {
  commits_->need().mustKeep();
  outputs_.deadLetters().addRows(clock().now(), node, reason, batch, rows,
                                 [this](std::string_view split) { return inputs_.nameOfSplit(split); });
}

void Task::linesDropped() {
  linesDropped_ = true;
  wake();
}

Instant Task::tellDroppedLines() {
  if (!linesDropped_.load(std::memory_order_relaxed)) return Instant::never();  // nearly always
  linesDropped_ = false;
  Instant next = Instant::never();
  for (const auto& node : graph_->nodes()) next = std::min(next, node->tellDroppedLines());
  if (next != Instant::never()) linesDropped_ = true;
  return next;
}

bool Task::awaitsWake() const {
  return !failure() && (commits_->awaitsWake() || graph_->awaitsWake(commits_->isPreparing()));
}

NodeState* Task::stateOf(std::string_view id) {
  for (const auto& node : graph_->nodes()) {
    if (node->plan().id == id) return &node->state();
  }
  return nullptr;
}

bool Task::readsSource() const {
  const std::vector<topology::PlannedNode>& nodes = subTopology().nodes;
  return std::any_of(nodes.begin(), nodes.end(),
                     [](const auto& node) { return node.role == topology::NodeRole::Source; });
}

TaskFigures Task::settle() {
  commits_->settle();
  return counts_->settled();
}

void Task::commitDone(CommitResult result) {
  TaskHost& host = resources_.host;
  commits_->answer(std::move(result));
  host.wake(*this);  // which is all of it that may be used from here on: a failed task may be gone
}

void Task::requestStop() {
  stopRequested_ = true;
  wake();
}

void Task::requestDrain() {
  drainRequested_ = true;
  wake();
}

void Task::cancel() {
  for (const auto& node : graph_->nodes()) {
    if (node->instance() != nullptr) node->instance()->cancel();
  }
  inputs_.cancel();
}

bool Task::finish() {
  finished_ = true;
  resources_.flow.finished(*this);
  resources_.host.taskEnded(*this);
  return false;
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

}  // namespace weir::runtime
