// How a task is put together from its part of the plan.
#include <algorithm>

#include "core/runtime/input/source_input.hpp"
#include "core/runtime/task/task.hpp"
#include "core/runtime/task/task_restore.hpp"

namespace weir::runtime {

using topology::NodeRole;

namespace {

constexpr std::int64_t kSmallestCommit = 64 << 10;

}  // namespace

Result<std::unique_ptr<Task>> Task::make(const TaskSpec& spec, const TaskResources& resources) {
  TaskRestore restore(spec.plan->subTopologies[spec.subTopology], spec.task, resources.state);
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

Task::Task(const TaskSpec& spec, const TaskResources& resources)
    : spec_(spec), plan_(*spec.plan), resources_(resources) {}

Task::~Task() {
  // While the rest of the task is there: operators may log and wake it to the last.
  life_.reset();
  inputs_.clear();
  graph_.reset();
}

Result<void> Task::build(NodeStates states) {
  NodeOwner& owner = *this;
  std::vector<std::unique_ptr<TaskNode>> nodes;
  for (std::size_t i = 0; i < subTopology().nodes.size(); ++i) {
    const topology::PlannedNode& plan = subTopology().nodes[i];
    nodes.push_back(std::make_unique<TaskNode>(i, plan, owner, std::move(states[i]), resources_.host.logger()));
  }
  wireEdges(nodes);
  graph_ = std::make_unique<TaskGraph>(std::move(nodes));
  life_ = std::make_unique<CommitLife>(*graph_, clock());
  counts_ = std::make_unique<TaskCounts>(*graph_, inputs_);
  for (const auto& node : graph_->nodes()) {
    if (node->plan().role == NodeRole::TopicWrite) {
      WEIR_TRY(buildWriter(*node));
    } else if (node->plan().role != NodeRole::TopicRead) {
      WEIR_TRY(buildOperator(*node));
    }
  }
  lastCommit_ = clock().monotonic();
  // A commit makes up only a part of what may lie unread before a reader.
  const std::int64_t part = std::max(spec_.options.repartitionBound / 4, kSmallestCommit);
  commitBytes_ = static_cast<std::size_t>(repartitionsWritten().empty() ? spec_.options.commitBytes
                                                                        : std::min(spec_.options.commitBytes, part));
  return openInputs();
}

void Task::wireEdges(std::vector<std::unique_ptr<TaskNode>>& nodes) {
  for (const auto& node : nodes) {
    const topology::PlannedNode& plan = node->plan();
    for (std::size_t port = 0; port < plan.outputs.size(); ++port) {
      TapPoint* const tap = resources_.taps == nullptr ? nullptr : (*resources_.taps)[node->index()][port].get();
      node->addOutput(plan.outputs[port], tap);
    }
    for (const topology::PlannedEdge& edge : plan.edges) node->connect(edge.fromPort, *nodes[edge.toNode], edge.toPort);
  }
}

Result<void> Task::buildOperator(TaskNode& node) {
  WEIR_TRY_ASSIGN(lastEpoch, node.lastEpoch());
  life_->goOnFrom(lastEpoch);
  WEIR_TRY(node.open(resources_.plugins, {plan_.name, resources_.home, spec_.options.untilEnd, spec_.task,
                                          static_cast<std::uint32_t>(subTopology().tasks)}));
  if (node.instance()->yields()) node.backlog().expectMore();
  return {};
}

namespace {

// Writers of a topic are numbered over all nodes that write it: part by part, node by node, task by task.
std::int32_t firstWriter(const topology::Plan& plan, std::size_t subTopology, std::size_t node) {
  const std::size_t topic = plan.subTopologies[subTopology].nodes[node].topic;
  std::int32_t writers = 0;
  for (std::size_t p = 0; p <= subTopology; ++p) {
    for (std::size_t n = 0; n < plan.subTopologies[p].nodes.size() && (p < subTopology || n < node); ++n) {
      const topology::PlannedNode& other = plan.subTopologies[p].nodes[n];
      if (other.role == NodeRole::TopicWrite && other.topic == topic) writers += plan.subTopologies[p].tasks;
    }
  }
  return writers;
}

std::int32_t writerCount(const topology::Plan& plan, std::size_t topic) {
  std::int32_t writers = 0;
  for (const topology::SubTopology& subTopology : plan.subTopologies) {
    for (const topology::PlannedNode& node : subTopology.nodes) {
      if (node.role == NodeRole::TopicWrite && node.topic == topic) writers += subTopology.tasks;
    }
  }
  return writers;
}

}  // namespace

Result<void> Task::buildWriter(TaskNode& node) {
  const topology::PlannedTopic& topic = plan_.topics.at(node.plan().topic);
  const WriterIdentity identity{
      firstWriter(plan_, spec_.subTopology, node.index()) + static_cast<std::int32_t>(spec_.task),
      writerCount(plan_, node.plan().topic), generationOf(node.plan().topic), spec_.sequence};
  const TopicWriter::NullKeys nullKeys = [this, &node](const Batch& batch, const auto& rows) {
    deadLetterFrom(node.plan().id, batch, rows, "The key is null: a row without a key has no place in this topic.");
  };
  std::unique_ptr<FormatInstance> format;
  if (const RowVersion version = versionOf(topic); version.format) {
    WEIR_TRY_ASSIGN(made, node.makeFormats(topic, resources_.plugins).make(*version.format, makeSchema(topic.schema)));
    format = std::move(made);
  }
  auto writer = TopicWriter::make(topic, identity, nullKeys, std::move(format));
  if (!writer) return writer.error();
  node.setWriter(std::move(*writer));
  return {};
}

namespace {

// Where the rows of a node come to in the end, in its part: that is what is slow when it is behind.
std::string endOf(TaskGraph& graph, const TaskNode& node) {
  for (const std::size_t below : graph.downstreamOf(node)) {
    const topology::PlannedNode& end = graph.nodes()[below]->plan();
    if (end.role == NodeRole::Sink) return end.id;
  }
  const std::vector<std::size_t>& all = graph.downstreamOf(node);
  return all.empty() ? node.plan().id : graph.nodes()[all.back()]->plan().id;
}

}  // namespace

Result<void> Task::openInputs() {
  for (const auto& node : graph_->nodes()) {
    std::unique_ptr<TaskInput> input;
    const Refused refuse = [this, id = node->plan().id](std::string_view position, std::string_view bytes,
                                                        std::string_view reason) {
      dirty_ = true;
      deadLetters_.add(clock().now(), id, reason, position, bytes);
    };
    if (node->plan().role == NodeRole::Source) {
      SourceInputSpec spec{&node->plan(), spec_.task, static_cast<std::uint32_t>(subTopology().tasks), spec_.options};
      input = std::make_unique<SourceInput>(spec, *node->instance(), *node, node->state(), resources_.plugins,
                                            resources_.host, *this, refuse);
    } else if (node->plan().role == NodeRole::TopicRead) {
      const topology::PlannedTopic& topic = plan_.topics.at(node->plan().topic);
      TopicInputSpec spec{&topic, static_cast<std::int32_t>(spec_.task), writerCount(plan_, node->plan().topic),
                          generationOf(node->plan().topic), spec_.options};
      spec.reader = node->plan().nameInHome();
      resources_.state.log.nameReader(spec.reader, endOf(*graph_, *node));
      spec.formats = &node->makeFormats(topic, resources_.plugins);
      spec.gap = [node = node.get()](const Gap& gap, std::string_view text) {
        const char* const counter = gap.rows ? "rows_missing" : "gaps_of_unknown_size";
        if (auto missing = node->metric(counter, MetricKind::Counter)) (*missing)->add(gap.rows.value_or(1));
        node->log(LogLevel::Warning, text);
      };
      input = std::make_unique<TopicInput>(spec, node->state(), resources_.state.log, resources_.host.clock(),
                                           resources_.progressOf(topic.name), refuse);
    } else {
      continue;
    }
    WEIR_TRY(input->open());
    inputs_.add(node->index(), std::move(input), node->plan().role == NodeRole::Source);
  }
  return {};
}

std::int64_t Task::generationOf(std::size_t topic) const {
  return topic < resources_.generations.size() ? resources_.generations[topic] : 0;
}

std::vector<WrittenTopic> Task::repartitionsWritten() const {
  std::vector<WrittenTopic> topics;
  for (std::size_t node = 0; node < subTopology().nodes.size(); ++node) {
    const topology::PlannedNode& plan = subTopology().nodes[node];
    if (plan.role != NodeRole::TopicWrite || !plan_.topics[plan.topic].repartition) continue;
    topics.push_back({plan_.topics[plan.topic].name,
                      firstWriter(plan_, spec_.subTopology, node) + static_cast<std::int32_t>(spec_.task)});
  }
  return topics;
}

bool Task::readsSource() const {
  for (const topology::PlannedNode& node : subTopology().nodes) {
    if (node.role == NodeRole::Source) return true;
  }
  return false;
}

}  // namespace weir::runtime
