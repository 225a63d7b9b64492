#include "runtime/engine/drain_order.hpp"

#include <algorithm>

namespace weir::runtime {

namespace {

using topology::NodeRole;

bool has(const topology::SubTopology& part, NodeRole role, std::size_t topic) {
  return std::any_of(part.nodes.begin(), part.nodes.end(),
                     [&](const topology::PlannedNode& node) { return node.role == role && node.topic == topic; });
}

}  // namespace

DrainOrder::DrainOrder(const topology::Plan& plan) : parts_(plan.parts.size()) {
  for (std::size_t part = 0; part < plan.parts.size(); ++part) {
    for (std::size_t topic = 0; topic < plan.topics.size(); ++topic) {
      if (!has(plan.parts[part], NodeRole::TopicRead, topic)) continue;
      for (std::size_t writer = 0; writer < plan.parts.size(); ++writer) {
        if (has(plan.parts[writer], NodeRole::TopicWrite, topic)) parts_[part].writers.push_back(writer);
      }
    }
  }
}

std::vector<std::size_t> DrainOrder::takeReady(const std::vector<bool>& running) {
  std::vector<std::size_t> ready;
  for (std::size_t index = 0; index < parts_.size(); ++index) {
    Part& part = parts_[index];
    const bool waits = std::any_of(part.writers.begin(), part.writers.end(),
                                   [&running](std::size_t writer) { return running[writer]; });
    if (waits || part.told) continue;
    part.told = true;
    ready.push_back(index);
  }
  return ready;
}

}  // namespace weir::runtime
