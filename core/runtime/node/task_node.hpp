// One node of a task: its operator, or the writer of a topic, and the services its operator sees.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/log_limit.hpp"
#include "core/runtime/formats/topic_formats.hpp"
#include "core/runtime/node/backlog.hpp"
#include "core/runtime/node/blocked_time.hpp"
#include "core/runtime/node/input_ports.hpp"
#include "core/runtime/node/node_timer.hpp"
#include "core/runtime/node/output_port.hpp"
#include "core/runtime/output/topic_writer.hpp"
#include "core/runtime/ports/plugin_host.hpp"
#include "core/runtime/state/node_state.hpp"
#include "core/topology/plan/plan.hpp"

namespace weir::runtime {

// What nodes ask of the task around them.
class NodeOwner {
 public:
  virtual ~NodeOwner() = default;
  virtual bool emitFrom(std::size_t node, std::size_t port, const Batch& batch) = 0;
  virtual void deadLetterFrom(const std::string& node, const Batch& batch, std::span<const std::uint32_t> rows,
                              std::string_view reason) = 0;
  virtual void linesDropped() = 0;  // [any] some node's log has something to tell
  virtual void wakeTask() = 0;      // [any]
  virtual void requestCommit() = 0;
  virtual const Clock& clock() const = 0;  // [any]
};

// What an operator is told of the run, beside its node.
struct OperatorPlace {
  std::string topology;  // its name
  HomeIdentity home;
  bool untilEnd = false;
  std::uint32_t task = 0;
  std::uint32_t tasks = 1;
};

// [task], but for what NodeServices says.
class TaskNode final : public NodeServices {
 public:
  TaskNode(std::size_t index, const topology::PlannedNode& plan, NodeOwner& owner, std::unique_ptr<NodeState> state,
           Logger& logger);
  ~TaskNode() override {  // while its services are there: what a plugin made may log and count to the last
    instance_.reset();
    writer_.reset();
  }
  TaskNode(const TaskNode&) = delete;
  TaskNode& operator=(const TaskNode&) = delete;

  // NodeServices
  void log(LogLevel level, std::string_view text) override;
  Timestamp now() const override { return owner_.clock().now(); }
  void wake() override;
  bool emit(std::uint32_t port, const weir_batch* batch) override;
  void deadLetter(const weir_batch* batch, std::span<const std::uint32_t> rows, std::string_view reason) override;
  void wakeAt(Timestamp time) override;
  void requestCommit() override { owner_.requestCommit(); }
  Result<void> setRecovery(std::string_view blob) override;
  Result<Metric*> metric(std::string_view name, MetricKind kind) override;
  Result<NodeStore*> store(std::string_view name) override;

  const topology::PlannedNode& plan() const { return plan_; }
  std::size_t index() const { return index_; }

  // How it is put together: before its graph is made.
  void addOutput(const Schema& schema, TapPoint* tap = nullptr) { outputs_.emplace_back(schema, tap); }
  void connect(std::size_t port, TaskNode& to, std::size_t toPort);

  // What works in it: made before the first batch.
  void setInstance(std::unique_ptr<OperatorInstance> instance) { instance_ = std::move(instance); }
  void setWriter(TopicWriter writer) { writer_ = std::move(writer); }
  TopicFormats& makeFormats(const topology::PlannedTopic& topic, PluginHost& plugins);
  // Makes its operator as the last commit left it.
  Result<void> open(PluginHost& plugins, const OperatorPlace& place);

  OperatorInstance* instance() const { return instance_.get(); }   // nullptr: it is no operator
  TopicWriter* writer() { return writer_ ? &*writer_ : nullptr; }  // nullptr: it writes no topic
  const TopicFormats* formats() const { return formats_.get(); }   // nullptr: no topic with records
  NodeState& state() { return *state_; }
  InputPorts& inputs() { return inputs_; }
  std::vector<OutputPort>& outputs() { return outputs_; }
  const std::vector<OutputPort>& outputs() const { return outputs_; }
  Backlog& backlog() { return backlog_; }
  const Backlog& backlog() const { return backlog_; }
  NodeTimer& timer() { return timer_; }
  const NodeTimer& timer() const { return timer_; }
  BlockedTime& blockedTime() { return blockedTime_; }

  // Gives a batch to its operator, or its writer.
  Result<Progress> work(std::size_t port, const Batch& batch);
  std::int64_t rowsIn() const { return rowsIn_; }

  // Its operator has called `wake` since the last `takeWake`, which answers the same.
  bool isWoken() const { return woken_.load(std::memory_order_acquire); }
  bool takeWake() { return woken_.exchange(false); }

  // Says how many lines were dropped when it is time; answers when it will be, never when there are none.
  Instant tellDroppedLines() { return log_.tell(); }
  const std::map<std::string, Metric, std::less<>>& metrics() const { return metrics_; }
  // The blob of the last commit, empty when there was none.
  Result<std::string> recovery();
  // The last epoch in which it committed anything in this task; 0: none.
  Result<std::uint64_t> lastEpoch();
  // Of the commit that is being prepared: what it holds of the node says so.
  void stampEpoch(std::uint64_t epoch);

 private:
  std::size_t index_;
  const topology::PlannedNode& plan_;
  NodeOwner& owner_;
  std::unique_ptr<NodeState> state_;
  LogLimit log_;
  std::optional<std::string> recovery_;  // the blob that it set last
  std::map<std::string, Metric, std::less<>> metrics_;

  std::unique_ptr<TopicFormats> formats_;
  std::unique_ptr<OperatorInstance> instance_;
  std::optional<TopicWriter> writer_;
  InputPorts inputs_;
  std::vector<OutputPort> outputs_;
  Backlog backlog_;
  NodeTimer timer_;
  BlockedTime blockedTime_;
  std::atomic<bool> woken_{false};
  std::int64_t rowsIn_ = 0;
};

}  // namespace weir::runtime
