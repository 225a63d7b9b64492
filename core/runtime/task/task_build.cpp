#include "core/runtime/task/task_build.hpp"

#include <algorithm>
#include <utility>

#include "core/runtime/input/source_input.hpp"
#include "core/runtime/task/writer_numbers.hpp"

namespace weir::runtime {

using topology::NodeRole;

std::unique_ptr<TaskGraph> TaskBuild::makeGraph(NodeStates states) const {
  const std::vector<topology::PlannedNode>& plans = spec_.part().nodes;
  std::vector<std::unique_ptr<TaskNode>> nodes;
  for (std::size_t i = 0; i < plans.size(); ++i) {
    nodes.push_back(std::make_unique<TaskNode>(i, plans[i], owner_, std::move(states[i]), resources_.host.logger()));
    for (std::size_t port = 0; port < plans[i].outputs.size(); ++port) {
      TapPoint* const tap = resources_.taps == nullptr ? nullptr : (*resources_.taps)[i][port].get();
      nodes[i]->addOutput(plans[i].outputs[port], tap);
    }
  }
  for (const auto& node : nodes) {
    for (const topology::PlannedEdge& edge : node->plan().edges) {
      node->connect(edge.fromPort, *nodes[edge.toNode], edge.toPort);
    }
  }
  return std::make_unique<TaskGraph>(std::move(nodes));
}

Result<std::uint64_t> TaskBuild::openNodes(TaskGraph& graph, TaskOutputs& outputs) const {
  std::uint64_t last = 0;
  for (const auto& node : graph.nodes()) {
    if (node->plan().role == NodeRole::TopicWrite) {
      WEIR_TRY(openWriter(*node));
      outputs.add(*node->writer(), plan_.topics[node->plan().topic].repartition);
    } else if (node->plan().role != NodeRole::TopicRead) {
      WEIR_TRY_ASSIGN(epoch, node->lastEpoch());
      last = std::max(last, epoch);
      WEIR_TRY(openOperator(*node));
    }
  }
  return last;
}

Result<void> TaskBuild::openOperator(TaskNode& node) const {
  WEIR_TRY(node.open(resources_.plugins, {plan_.name, resources_.home, spec_.options.untilEnd, spec_.task,
                                          static_cast<std::uint32_t>(spec_.part().tasks)}));
  if (node.instance()->yields()) node.backlog().expectMore();
  return {};
}

Result<void> TaskBuild::openWriter(TaskNode& node) const {
  const topology::PlannedTopic& topic = plan_.topics.at(node.plan().topic);
  const WriterIdentity identity{writerNumber(spec_, node.index()), writerCount(plan_, node.plan().topic),
                                generationOf(node.plan().topic), spec_.sequence};
  const TopicWriter::NullKeys nullKeys = [&owner = owner_, &node](const Batch& batch, const auto& rows) {
    owner.deadLetterFrom(node.plan().id, batch, rows,
                         "The key is null: a row without a key has no place in this topic.");
  };
  std::unique_ptr<FormatInstance> format;
  if (const RowVersion version = versionOf(topic); version.format) {
    TopicFormats& formats = node.makeFormats(topic, resources_.plugins);
    WEIR_TRY_ASSIGN(made, formats.make(*version.format, makeSchema(topic.schema)));
    format = std::move(made);
  }
  auto writer = TopicWriter::make(topic, identity, nullKeys, std::move(format));
  if (!writer) return writer.error();
  node.setWriter(std::move(*writer));
  return {};
}

Result<void> TaskBuild::openInputs(TaskGraph& graph, Task& task, const RefusedAt& refusedAt, TaskInputs& inputs) const {
  for (const auto& node : graph.nodes()) {
    const bool isSource = node->plan().role == NodeRole::Source;
    if (!isSource && node->plan().role != NodeRole::TopicRead) continue;
    const Refused refused = [refusedAt, id = node->plan().id](std::string_view position, std::string_view bytes,
                                                              std::string_view reason) {
      refusedAt(id, position, bytes, reason);
    };
    std::unique_ptr<TaskInput> input =
        isSource ? makeSourceInput(*node, task, refused) : makeTopicInput(graph, *node, refused);
    WEIR_TRY(input->open());
    inputs.add(node->index(), std::move(input), isSource);
  }
  return {};
}

std::unique_ptr<TaskInput> TaskBuild::makeSourceInput(TaskNode& node, Task& task, const Refused& refused) const {
  const SourceInputSpec spec{&node.plan(), spec_.task, static_cast<std::uint32_t>(spec_.part().tasks), spec_.options};
  return std::make_unique<SourceInput>(spec, *node.instance(), node, node.state(), resources_.plugins, resources_.host,
                                       task, refused);
}

namespace {

// Where the rows of a node come to in the end, in its part: that is what is slow when it is behind.
std::string endOf(TaskGraph& graph, const TaskNode& node) {
  const std::vector<std::size_t>& below = graph.downstreamOf(node);
  for (const std::size_t index : below) {
    const topology::PlannedNode& end = graph.nodes()[index]->plan();
    if (end.role == NodeRole::Sink) return end.id;
  }
  return below.empty() ? node.plan().id : graph.nodes()[below.back()]->plan().id;
}

}  // namespace

std::unique_ptr<TaskInput> TaskBuild::makeTopicInput(TaskGraph& graph, TaskNode& node, const Refused& refused) const {
  const topology::PlannedTopic& topic = plan_.topics.at(node.plan().topic);
  TopicInputSpec spec{&topic, static_cast<std::int32_t>(spec_.task), writerCount(plan_, node.plan().topic),
                      generationOf(node.plan().topic), spec_.options};
  spec.reader = node.plan().nameInHome();
  resources_.state.log.nameReader(spec.reader, endOf(graph, node));
  spec.formats = &node.makeFormats(topic, resources_.plugins);
  spec.gap = [&node](const Gap& gap, std::string_view text) {
    const char* const counter = gap.rows ? "rows_missing" : "gaps_of_unknown_size";
    if (auto missing = node.metric(counter, MetricKind::Counter)) (*missing)->add(gap.rows.value_or(1));
    node.log(LogLevel::Warning, text);
  };
  return std::make_unique<TopicInput>(spec, node.state(), resources_.state.log, resources_.host.clock(),
                                      resources_.progressOf(topic.name), refused);
}

std::int64_t TaskBuild::generationOf(std::size_t topic) const {
  return topic < resources_.generations.size() ? resources_.generations[topic] : 0;
}

}  // namespace weir::runtime
