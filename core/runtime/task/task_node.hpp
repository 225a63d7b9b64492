// One node of a task: its operator, or the writer of a topic, and the services its operator sees.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/log_limit.hpp"
#include "core/runtime/formats/topic_formats.hpp"
#include "core/runtime/output/topic_writer.hpp"
#include "core/runtime/ports/plugin_host.hpp"
#include "core/runtime/state/node_state.hpp"
#include "core/runtime/task/tap.hpp"
#include "core/runtime/time/step_merger.hpp"
#include "core/topology/plan/plan.hpp"

namespace weir::runtime {

class TaskGraph;

struct GraphEdge {
  std::size_t node = 0;  // that it leads to
  std::size_t port = 0;
  std::size_t input = 0;      // number among all edges into that node
  std::size_t portInput = 0;  // and among those into that port
};

struct OutputPort {
  std::vector<GraphEdge> edges;
  SchemaRef schema;
  Batch noRows;  // carries watermarks where no rows go
  std::int64_t watermark = WEIR_WATERMARK_MIN;
  bool ended = false;  // it has told that the input of this run has ended
  TapPoint* tap = nullptr;
};

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
    instance.reset();
    writer.reset();
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
  // Says how many lines were dropped when it is time; answers when it will be, never when there are none.
  Instant tellDroppedLines() { return log_.tell(); }
  NodeState& state() { return *state_; }
  // The blob of the last commit, empty when there was none.
  Result<std::string> recovery();
  // Makes its operator as the last commit left it.
  Result<void> open(PluginHost& plugins, const OperatorPlace& place);
  // The last epoch in which it committed anything in this task; 0: none.
  Result<std::uint64_t> lastEpoch();
  // Of the commit that is being prepared: what it holds of the node says so.
  void stampEpoch(std::uint64_t epoch);

  std::unique_ptr<OperatorInstance> instance;  // operators
  std::unique_ptr<TopicFormats> formats;       // topics that hold, or held, records
  std::optional<TopicWriter> writer;           // TopicWrite nodes
  std::vector<OutputPort> ports;
  StepMerger inputs;                   // one per edge into this node
  std::vector<StepMerger> portInputs;  // and by port, where it has several
  std::int64_t rowsIn = 0;
  std::vector<WatermarkStep> mergedSteps;
  std::vector<WatermarkStep> portSteps;

  // While the operator is blocked, what comes in waits here.
  struct Waiting {
    std::size_t port;
    Batch batch;
  };
  std::deque<Waiting> queue;
  std::optional<Progress> unfinished;  // HaveOutput or Blocked
  bool more = false;                   // has output left that its state knows of: waits for room, not in the way
  std::atomic<bool> woken{false};
  // The earliest that the operator asked for: the time of day that it named, and when that is. Kept as what lies
  // between then and the asking, so that a clock that is set moves no timer.
  struct Timer {
    Instant due = Instant::never();
    Timestamp time = INT64_MAX;
  };
  Timer timer;
  std::vector<std::size_t> downstream;  // every node that this one can reach
  bool waiting() const { return unfinished.has_value() || !queue.empty(); }
  bool countedAsWaiting = false;

  const std::map<std::string, Metric, std::less<>>& metrics() const { return metrics_; }

  // Since when it has waited for something of its own, and when to say so next.
  Instant blockedSince = Instant::never();
  Instant blockedTold = Instant::never();

 private:
  std::size_t index_;
  const topology::PlannedNode& plan_;
  NodeOwner& owner_;
  std::unique_ptr<NodeState> state_;
  LogLimit log_;
  std::optional<std::string> recovery_;  // the blob that it set last
  std::map<std::string, Metric, std::less<>> metrics_;
};

}  // namespace weir::runtime
