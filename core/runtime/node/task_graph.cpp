#include "core/runtime/node/task_graph.hpp"

#include <algorithm>

#include "weir/sdk/batch_maker.hpp"

namespace weir::runtime {

TaskGraph::TaskGraph(std::vector<std::unique_ptr<TaskNode>> nodes)
    : nodes_(std::move(nodes)), downstream_(nodes_.size()) {
  // From the end: what a node reaches is its successors and what they reach.
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    std::vector<std::size_t>& reached = downstream_[i];
    for (const OutputPort& port : nodes_[i]->outputs()) {
      for (const GraphEdge& edge : port.edges()) {
        reached.push_back(edge.node);
        const std::vector<std::size_t>& further = downstream_[edge.node];
        reached.insert(reached.end(), further.begin(), further.end());
      }
    }
    std::sort(reached.begin(), reached.end());
    reached.erase(std::unique(reached.begin(), reached.end()), reached.end());
  }
}

void TaskGraph::fail(Error error) {
  if (!failure_) failure_ = std::move(error);
}

bool TaskGraph::emit(std::size_t index, std::size_t portIndex, const Batch& batch) {
  if (failure_) return false;
  TaskNode& node = *nodes_[index];
  OutputPort& port = node.outputs()[portIndex];
  port.passes(batch);
  if (WEIR_HAS(weir_batch, batch.get(), port_steps) && batch.get()->port_steps != nullptr) {
    // Passed on as it came in: of the ports there nobody wants to know here.
    const Batch without = BatchMaker::from(batch).finish(0);
    for (const GraphEdge& edge : port.edges()) deliver(edge, without);
  } else {
    for (const GraphEdge& edge : port.edges()) deliver(edge, batch);
  }
  return waiting_ == 0 || mayResume(node);
}

bool TaskGraph::deliver(const GraphEdge& edge, const Batch& batch) {
  TaskNode& node = *nodes_[edge.node];
  if (!node.inputs().haveSeveralEdges()) return feed(node, edge.to.port, batch);
  return feed(node, edge.to.port, node.inputs().merged(edge.to, batch));
}

bool TaskGraph::feed(TaskNode& node, std::size_t port, const Batch& batch) {
  if (failure_) return false;
  if (node.backlog().empty()) return work(node, port, batch);
  node.backlog().add(port, batch);
  countWaiting(node);
  return false;
}

bool TaskGraph::work(TaskNode& node, std::size_t port, const Batch& batch) {
  rowsMoved_ += batch.selectedCount();
  return settle(node, node.work(port, batch));
}

bool TaskGraph::settle(TaskNode& node, const Result<Progress>& progress) {
  if (!progress) {
    fail(progress.error());
    return false;
  }
  if (node.backlog().answered(*progress)) {
    node.blockedTime().isOver();
    followDataPort(node);
  }
  countWaiting(node);
  return node.backlog().empty();
}

void TaskGraph::countWaiting(TaskNode& node) {
  waiting_ += static_cast<std::size_t>(node.backlog().takeChange());
}

// Time goes on everywhere: a port that an operator left silent learns what its data port said.
void TaskGraph::followDataPort(TaskNode& node) {
  const std::vector<OutputPort>& ports = node.outputs();
  for (std::size_t i = 1; i < ports.size(); ++i) {
    if (ports[i].isBehind(ports[0])) emit(node.index(), i, ports[i].timeOf(ports[0]));
  }
}

bool TaskGraph::mayResume(const TaskNode& node) const {
  const std::vector<std::size_t>& downstream = downstreamOf(node);
  return std::all_of(downstream.begin(), downstream.end(),
                     [this](std::size_t index) { return nodes_[index]->backlog().empty(); });
}

void TaskGraph::resumeNode(TaskNode& node) {
  Backlog& backlog = node.backlog();
  if (backlog.isUnfinished()) {
    if (backlog.isBlocked() && !node.takeWake()) return;
    settle(node, node.instance()->resume());
  }
  while (!failure_ && !backlog.isUnfinished() && backlog.hasBatches() && mayResume(node)) {
    const Backlog::Waiting next = backlog.next();
    work(node, next.port, next.batch);
  }
  countWaiting(node);
}

bool TaskGraph::resume() {
  for (std::size_t i = nodes_.size(); i-- > 0 && waiting_ != 0 && !failure_;) {
    TaskNode& node = *nodes_[i];
    if (!node.backlog().empty() && mayResume(node)) resumeNode(node);
  }
  return waiting_ == 0;
}

// One that has been drained has to stay empty.
bool TaskGraph::mayBeCalled(const TaskNode& node, bool draining) const {
  const bool open = !draining || node.index() >= drained_;
  return node.instance() != nullptr && open && mayResume(node) && !failure_;
}

bool TaskGraph::mayFire(const TaskNode& node, bool draining) const {
  return node.backlog().admitsTimer() && mayBeCalled(node, draining);
}

void TaskGraph::fireTimers(const Clock& clock, bool draining) {
  const Instant now = clock.monotonic();
  for (const auto& node : nodes_) {
    if (!node->timer().hasCome(now) || !mayFire(*node, draining)) continue;
    const Timestamp time = node->timer().take(clock);
    settle(*node, node->instance()->onTimer(time));
  }
}

Instant TaskGraph::nextTimer(Instant now, bool draining) const {
  Instant next = Instant::never();
  for (const auto& node : nodes_) {
    if (!node->timer().hasCome(now) || mayFire(*node, draining)) next = std::min(next, node->timer().due());
  }
  return next;
}

void TaskGraph::callWoken(bool draining) {
  for (const auto& node : nodes_) {
    if (!node->isWoken() || !node->backlog().empty()) continue;
    if (!mayBeCalled(*node, draining) || !node->instance()->wantsWakes()) continue;
    node->takeWake();
    settle(*node, node->instance()->onWake());
  }
}

bool TaskGraph::hasMore() const {
  return std::any_of(nodes_.begin(), nodes_.end(), [](const auto& node) { return node->backlog().hasMore(); });
}

void TaskGraph::sendMore() {
  for (const auto& node : nodes_) {
    const Backlog& backlog = node->backlog();
    if (!backlog.hasMore() || !backlog.empty() || !mayResume(*node) || failure_) continue;
    settle(*node, node->instance()->resume());
  }
}

bool TaskGraph::drain(Timestamp deadline) {
  while (drained_ < nodes_.size() && !failure_) {
    if (waiting_ != 0 && !resume()) return false;
    TaskNode& node = *nodes_[drained_];
    if (node.instance() != nullptr) {
      const Result<Progress> progress = node.instance()->drain(deadline);
      if (!progress) {
        fail(progress.error());
      } else if (*progress == Progress::HaveOutput) {
        settle(node, progress);
        if (!resume()) return false;
        continue;
      } else if (*progress == Progress::Blocked) {
        return false;
      }
    }
    ++drained_;
  }
  return !failure_ && waiting_ == 0;
}

bool TaskGraph::awaitsWake(bool draining) const {
  return std::any_of(nodes_.begin(), nodes_.end(), [&](const auto& node) {
    const bool waits = node->backlog().isBlocked() || (draining && node->index() == drained_);
    return waits && !node->timer().isSet();
  });
}

}  // namespace weir::runtime
