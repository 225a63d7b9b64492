#include "core/runtime/node/task_node.hpp"

#include <algorithm>
#include <charconv>

namespace weir::runtime {

namespace {

constexpr const char* kStore = "$recovery";
constexpr const char* kKey = "blob";
constexpr const char* kEpochKey = "epoch";

}  // namespace

TaskNode::TaskNode(std::size_t index, const topology::PlannedNode& plan, NodeOwner& owner,
                   std::unique_ptr<NodeState> state, Logger& logger)
    : index_(index),
      plan_(plan),
      owner_(owner),
      state_(std::move(state)),
      log_(logger, owner.clock(), plan.id),
      inputs_(plan.inputs.size()) {}

void TaskNode::connect(std::size_t port, TaskNode& to, std::size_t toPort) {
  outputs_[port].leadTo({to.index_, to.inputs_.addEdge(toPort)});
}

TopicFormats& TaskNode::makeFormats(const topology::PlannedTopic& topic, PluginHost& plugins) {
  formats_ = std::make_unique<TopicFormats>(topic, plan_.id, plugins, *this);
  return *formats_;
}

Result<Progress> TaskNode::work(std::size_t port, const Batch& batch) {
  rowsIn_ += batch.selectedCount();
  if (instance_) return instance_->process(static_cast<std::uint32_t>(port), batch);
  WEIR_TRY(writer_->write(batch));
  return Progress::Done;
}

void TaskNode::log(LogLevel level, std::string_view text) {
  if (log_.write(level, text)) owner_.linesDropped();
}

void TaskNode::wake() {
  woken_ = true;
  owner_.wakeTask();
}

bool TaskNode::emit(std::uint32_t port, const weir_batch* batch) {
  return owner_.emitFrom(index_, port, Batch::share(batch));
}

void TaskNode::deadLetter(const weir_batch* batch, std::span<const std::uint32_t> rows, std::string_view reason) {
  owner_.deadLetterFrom(plan_.id, Batch::share(batch), rows, reason);
}

void TaskNode::wakeAt(Timestamp time) {
  timer_.ask(owner_.clock(), time);
}

Result<void> TaskNode::setRecovery(std::string_view blob) {
  // The same as at the commit before is no news, and costs nothing.
  if (recovery_ && *recovery_ == blob) return {};
  WEIR_TRY(state_->beginToKeep());
  state_->put(kStore, kKey, blob);
  recovery_ = blob;
  return {};
}

Result<void> TaskNode::open(PluginHost& plugins, const OperatorPlace& place) {
  InstanceSpec spec;
  spec.node = plan_.id;
  spec.use = plan_.use;
  spec.stage = plan_.stage;
  spec.params = plan_.params;
  for (const Schema& schema : plan_.inputs) spec.inputs.push_back(makeSchema(schema));
  for (std::size_t port = 0; port < plan_.outputs.size(); ++port) {
    // What a source reads has to have its schema, whoever takes it.
    const bool wanted = plan_.role == topology::NodeRole::Source ||
                        std::any_of(plan_.edges.begin(), plan_.edges.end(),
                                    [port](const topology::PlannedEdge& edge) { return edge.fromPort == port; });
    const SchemaRef schema = port < outputs_.size() ? outputs_[port].schema() : makeSchema(plan_.outputs[port]);
    spec.outputs.push_back(wanted ? schema : nullptr);
  }
  spec.task = place.task;
  spec.taskCount = place.tasks;
  spec.untilEnd = place.untilEnd;
  spec.services = this;
  spec.topology = place.topology;
  spec.home = place.home;
  WEIR_TRY_ASSIGN(epoch, lastEpoch());
  spec.lastEpoch = epoch;
  WEIR_TRY_ASSIGN(blob, recovery());
  auto made = plugins.create(spec);
  if (!made) return made.error();
  instance_ = std::move(*made);
  return instance_->recover(blob);
}

Result<std::string> TaskNode::recovery() {
  auto blob = state_->get(kStore, kKey);
  if (!blob) return blob.error();
  if (*blob) recovery_ = **blob;
  return blob->value_or("");
}

Result<std::uint64_t> TaskNode::lastEpoch() {
  auto stored = state_->get(kStore, kEpochKey);
  if (!stored) return stored.error();
  std::uint64_t epoch = 0;
  if (!*stored) return epoch;
  const char* const end = (*stored)->data() + (*stored)->size();
  if (std::from_chars((*stored)->data(), end, epoch).ptr == end) return epoch;
  return corruptError("The state of node '" + plan_.id +
                      "' holds an epoch that is no number. Restore the home from a " +
                      "copy, or start with an empty one.");
}

void TaskNode::stampEpoch(std::uint64_t epoch) {
  // A node that commits nothing costs nothing.
  if (state_->isDirty()) state_->put(kStore, kEpochKey, std::to_string(epoch));
}

Result<Metric*> TaskNode::metric(std::string_view name, MetricKind kind) {
  return &metrics_.try_emplace(std::string(name), kind).first->second;
}

Result<NodeStore*> TaskNode::store(std::string_view name) {
  return &state_->store(std::string(name));
}

}  // namespace weir::runtime
