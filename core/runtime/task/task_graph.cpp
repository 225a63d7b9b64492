#include "core/runtime/task/task_graph.hpp"

#include <algorithm>

#include "weir/sdk/batch_maker.hpp"

namespace weir::runtime {

TaskGraph::TaskGraph(std::vector<std::unique_ptr<TaskNode>> nodes) : nodes_(std::move(nodes)) {
  // From the end: what a node reaches is its successors and what they reach.
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    std::vector<std::size_t>& reached = nodes_[i]->downstream;
    for (const OutputPort& port : nodes_[i]->ports) {
      for (const GraphEdge& edge : port.edges) {
        reached.push_back(edge.node);
        const std::vector<std::size_t>& further = nodes_[edge.node]->downstream;
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
  OutputPort& port = node.ports[portIndex];
  if (port.tap != nullptr) port.tap->passes(batch);
  for (std::span<const WatermarkStep> steps = batch.steps(); !steps.empty(); steps = steps.first(steps.size() - 1)) {
    if (steps.back().watermark != WEIR_WATERMARK_MAX) {
      port.watermark = std::max(port.watermark, steps.back().watermark);
      break;
    }
    port.ended = true;
  }
  if (WEIR_HAS(weir_batch, batch.get(), port_steps) && batch.get()->port_steps != nullptr) {
    // Passed on as it came in: of the ports there nobody wants to know here.
    const Batch without = BatchMaker::from(batch).finish(0);
    for (const GraphEdge& edge : port.edges) deliver(edge, without);
  } else {
    for (const GraphEdge& edge : port.edges) deliver(edge, batch);
  }
  return waiting_ == 0 || mayResume(node);
}

bool TaskGraph::deliver(const GraphEdge& edge, const Batch& batch) {
  TaskNode& node = *nodes_[edge.node];
  if (node.inputs.inputCount() < 2) return feed(node, edge.port, batch);
  const std::span<const WatermarkStep> origin = batch.originSteps();
  node.inputs.merge(edge.input, batch.steps(), node.mergedSteps);
  BatchMaker maker = BatchMaker::from(batch);
  if (batch.get()->origin_steps == nullptr) maker.originSteps({origin.begin(), origin.end()});
  maker.steps(node.mergedSteps);
  if (node.portInputs.size() > 1) {
    node.portInputs[edge.port].merge(edge.portInput, batch.steps(), node.portSteps);
    maker.portSteps(node.portSteps);
  }
  return feed(node, edge.port, maker.finish(0));
}

bool TaskGraph::feed(TaskNode& node, std::size_t port, const Batch& batch) {
  if (failure_) return false;
  if (!node.waiting()) return work(node, port, batch);
  node.queue.push_back({port, batch});
  countWaiting(node);
  return false;
}

bool TaskGraph::work(TaskNode& node, std::size_t port, const Batch& batch) {
  node.rowsIn += batch.selectedCount();
  rowsMoved_ += batch.selectedCount();
  if (node.instance) return settle(node, node.instance->process(static_cast<std::uint32_t>(port), batch));
  const Result<void> written = node.writer->write(batch);
  if (!written) fail(written.error());
  return written.ok();
}

bool TaskGraph::settle(TaskNode& node, const Result<Progress>& progress) {
  if (!progress) {
    fail(progress.error());
    return false;
  }
  node.more = *progress == Progress::More;
  if (*progress == Progress::Done || node.more) {
    node.unfinished.reset();
    node.blockedSince = Instant::never();
    followDataPort(node);
  } else {
    node.unfinished = *progress;
  }
  countWaiting(node);
  return !node.waiting();
}

void TaskGraph::countWaiting(TaskNode& node) {
  if (node.waiting() == node.countedAsWaiting) return;
  node.countedAsWaiting = node.waiting();
  waiting_ += node.countedAsWaiting ? 1 : -1;
}

// Time goes on everywhere: a port that an operator left silent learns what its data port said.
void TaskGraph::followDataPort(TaskNode& node) {
  for (std::size_t i = 1; i < node.ports.size(); ++i) {
    OutputPort& port = node.ports[i];
    const OutputPort& data = node.ports[0];
    if (port.edges.empty() || (port.watermark >= data.watermark && port.ended == data.ended)) continue;
    std::vector<WatermarkStep> steps;
    if (data.watermark != WEIR_WATERMARK_MIN) steps.push_back({0, data.watermark});
    if (data.ended) steps.push_back({0, WEIR_WATERMARK_MAX});
    emit(node.index(), i, BatchMaker::from(port.noRows).steps(std::move(steps)).finish(0));
  }
}

bool TaskGraph::mayResume(const TaskNode& node) const {
  return std::none_of(node.downstream.begin(), node.downstream.end(),
                      [this](std::size_t index) { return nodes_[index]->waiting(); });
}

void TaskGraph::resumeNode(TaskNode& node) {
  if (node.unfinished) {
    if (*node.unfinished == Progress::Blocked && !node.woken.exchange(false)) return;
    settle(node, node.instance->resume());
  }
  while (!failure_ && !node.unfinished && !node.queue.empty() && mayResume(node)) {
    const TaskNode::Waiting next = std::move(node.queue.front());
    node.queue.pop_front();
    work(node, next.port, next.batch);
  }
  countWaiting(node);
}

bool TaskGraph::resume() {
  for (std::size_t i = nodes_.size(); i-- > 0 && waiting_ != 0 && !failure_;) {
    TaskNode& node = *nodes_[i];
    if (node.waiting() && mayResume(node)) resumeNode(node);
  }
  return waiting_ == 0;
}

bool TaskGraph::mayFire(const TaskNode& node, bool draining) const {
  // A blocked node may be waiting for nothing but its timer. One that has been drained has to stay empty.
  const bool free = node.unfinished ? *node.unfinished == Progress::Blocked : node.queue.empty();
  const bool open = !draining || node.index() >= drained_;
  return free && open && mayResume(node) && node.instance && !failure_;
}

void TaskGraph::fireTimers(const Clock& clock, bool draining) {
  const Instant now = clock.monotonic();
  for (const auto& node : nodes_) {
    if (node->timer.due > now || !mayFire(*node, draining)) continue;
    // Never before what the operator asked for, wherever the time of day has been set to meanwhile.
    const Timestamp time = std::max(clock.now(), node->timer.time);
    node->timer = {};
    settle(*node, node->instance->onTimer(time));
  }
}

Instant TaskGraph::nextTimer(Instant now, bool draining) const {
  Instant next = Instant::never();
  for (const auto& node : nodes_) {
    if (node->timer.due > now || mayFire(*node, draining)) next = std::min(next, node->timer.due);
  }
  return next;
}

void TaskGraph::callWoken(bool draining) {
  for (const auto& node : nodes_) {
    if (!node->woken.load(std::memory_order_relaxed) || node->waiting()) continue;
    const bool open = !draining || node->index() >= drained_;
    if (!node->instance || !node->instance->wantsWakes() || !open || !mayResume(*node) || failure_) continue;
    node->woken = false;
    settle(*node, node->instance->onWake());
  }
}

bool TaskGraph::hasMore() const {
  return std::any_of(nodes_.begin(), nodes_.end(), [](const auto& node) { return node->more; });
}

void TaskGraph::sendMore() {
  for (const auto& node : nodes_) {
    if (node->more && !node->waiting() && mayResume(*node) && !failure_) settle(*node, node->instance->resume());
  }
}

bool TaskGraph::drain(Timestamp deadline) {
  while (drained_ < nodes_.size() && !failure_) {
    if (waiting_ != 0 && !resume()) return false;
    TaskNode& node = *nodes_[drained_];
    if (node.instance) {
      const Result<Progress> progress = node.instance->drain(deadline);
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
    const bool blocked = node->unfinished && *node->unfinished == Progress::Blocked;
    return (blocked || (draining && node->index() == drained_)) && node->timer.due == Instant::never();
  });
}

}  // namespace weir::runtime
