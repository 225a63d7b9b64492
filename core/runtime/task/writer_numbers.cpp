#include "core/runtime/task/writer_numbers.hpp"

namespace weir::runtime {

namespace {

// Of the nodes of a part before one of them.
std::int32_t writersIn(const topology::SubTopology& part, std::size_t nodes, std::size_t topic) {
  std::int32_t writers = 0;
  for (std::size_t node = 0; node < nodes; ++node) {
    const topology::PlannedNode& plan = part.nodes[node];
    if (plan.role == topology::NodeRole::TopicWrite && plan.topic == topic) writers += part.tasks;
  }
  return writers;
}

}  // namespace

std::int32_t writerCount(const topology::Plan& plan, std::size_t topic) {
  std::int32_t writers = 0;
  for (const topology::SubTopology& part : plan.subTopologies) writers += writersIn(part, part.nodes.size(), topic);
  return writers;
}

std::int32_t writerNumber(const TaskSpec& task, std::size_t node) {
  const std::size_t topic = task.part().nodes[node].topic;
  std::int32_t before = writersIn(task.part(), node, topic);
  for (std::size_t p = 0; p < task.subTopology; ++p) {
    const topology::SubTopology& part = task.plan->subTopologies[p];
    before += writersIn(part, part.nodes.size(), topic);
  }
  return before + static_cast<std::int32_t>(task.task);
}

std::vector<WrittenTopic> repartitionsWrittenBy(const TaskSpec& task) {
  std::vector<WrittenTopic> topics;
  for (std::size_t node = 0; node < task.part().nodes.size(); ++node) {
    const topology::PlannedNode& plan = task.part().nodes[node];
    if (plan.role != topology::NodeRole::TopicWrite || !task.plan->topics[plan.topic].repartition) continue;
    topics.push_back({task.plan->topics[plan.topic].name, writerNumber(task, node)});
  }
  return topics;
}

}  // namespace weir::runtime
