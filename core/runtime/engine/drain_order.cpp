#include "core/runtime/engine/drain_order.hpp"

#include <algorithm>

namespace weir::runtime {

namespace {

using topology::NodeRole;

bool has(const topology::SubTopology& subTopology, NodeRole role, std::size_t topic) {
  return std::any_of(subTopology.nodes.begin(), subTopology.nodes.end(),
                     [&](const topology::PlannedNode& node) { return node.role == role && node.topic == topic; });
}

}  // namespace

DrainOrder::DrainOrder(const topology::Plan& plan) : subTopologies_(plan.subTopologies.size()) {
  for (std::size_t subTopology = 0; subTopology < plan.subTopologies.size(); ++subTopology) {
    for (std::size_t topic = 0; topic < plan.topics.size(); ++topic) {
      if (!has(plan.subTopologies[subTopology], NodeRole::TopicRead, topic)) continue;
      for (std::size_t writer = 0; writer < plan.subTopologies.size(); ++writer) {
        if (has(plan.subTopologies[writer], NodeRole::TopicWrite, topic))
          subTopologies_[subTopology].writers.push_back(writer);
      }
    }
  }
}

std::vector<std::size_t> DrainOrder::takeReady(const std::vector<bool>& running) {
  std::vector<std::size_t> ready;
  for (std::size_t index = 0; index < subTopologies_.size(); ++index) {
    Entry& subTopology = subTopologies_[index];
    const bool waits = std::any_of(subTopology.writers.begin(), subTopology.writers.end(),
                                   [&running](std::size_t writer) { return running[writer]; });
    if (waits || subTopology.told) continue;
    subTopology.told = true;
    ready.push_back(index);
  }
  return ready;
}

}  // namespace weir::runtime
