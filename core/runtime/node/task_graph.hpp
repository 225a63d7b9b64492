// The nodes of one task and the way batches take between them: depth first, within one call, without queues
// as long as nobody is blocked.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/node/task_node.hpp"
#include "core/runtime/ports/plugin_host.hpp"

namespace weir::runtime {

// [task]
class TaskGraph {
 public:
  explicit TaskGraph(std::vector<std::unique_ptr<TaskNode>> nodes);

  // Sends a batch out of a port. False: something downstream is blocked, send no more.
  bool emit(std::size_t node, std::size_t port, const Batch& batch);
  // Lets blocked nodes go on. True when nobody is blocked any more.
  bool resume();
  bool blocked() const { return waiting_ != 0; }
  // Calls onTimer on every node whose time has come, blocked ones too, but while `draining` not on those that are
  // empty already.
  void fireTimers(const Clock& clock, bool draining);
  // When to call it again, or never. A timer that has come and cannot be told waits for something else.
  Instant nextTimer(Instant now, bool draining) const;

  // Calls onWake on every node that was woken and has nothing unfinished, as fireTimers does.
  void callWoken(bool draining);
  // Some node has output left that a commit need not wait for.
  bool hasMore() const;
  // Lets those nodes send on.
  void sendMore();

  // Finishes what is in flight, in the order of the data. False: call again after a wake.
  bool drain(Timestamp deadline);
  void restartDrain() { drained_ = 0; }
  // While it drains: the node is what it waits for.
  bool drainWaitsFor(const TaskNode& node) const { return waiting_ == 0 && node.index() == drained_; }
  // Some operator has something in flight, and asked for no timer: it will wake the task from a thread of its own.
  bool awaitsWake(bool draining) const;

  // Rows that have come into its nodes, those of each one counted.
  std::int64_t rowsMoved() const { return rowsMoved_; }

  std::vector<std::unique_ptr<TaskNode>>& nodes() { return nodes_; }
  // Every node that this one can reach, in order.
  const std::vector<std::size_t>& downstreamOf(const TaskNode& node) const { return downstream_[node.index()]; }
  // The first failure; the graph is unusable after it.
  const std::optional<Error>& failure() const { return failure_; }
  void fail(Error error);

 private:
  bool deliver(const GraphEdge& edge, const Batch& batch);
  bool feed(TaskNode& node, std::size_t port, const Batch& batch);
  bool work(TaskNode& node, std::size_t port, const Batch& batch);
  // Takes in what a call into a node answered. True when the node is done with it.
  bool settle(TaskNode& node, const Result<Progress>& progress);
  void countWaiting(TaskNode& node);
  void followDataPort(TaskNode& node);
  bool mayResume(const TaskNode& node) const;
  bool mayBeCalled(const TaskNode& node, bool draining) const;
  bool mayFire(const TaskNode& node, bool draining) const;
  void resumeNode(TaskNode& node);

  std::vector<std::unique_ptr<TaskNode>> nodes_;  // in topological order
  std::vector<std::vector<std::size_t>> downstream_;
  std::size_t waiting_ = 0;  // nodes with a backlog
  std::size_t drained_ = 0;
  std::int64_t rowsMoved_ = 0;
  std::optional<Error> failure_;
};

}  // namespace weir::runtime
