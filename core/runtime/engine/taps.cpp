#include "core/runtime/engine/taps.hpp"

namespace weir::runtime {

Taps::Taps(const topology::Plan& plan) {
  for (const topology::SubTopology& subTopology : plan.subTopologies) {
    for (std::int32_t index = 0; index < subTopology.tasks; ++index) {
      const TaskId task{subTopology.id, index};
      for (const topology::PlannedNode& node : subTopology.nodes) {
        nodes_[task].push_back(node.id);
        auto& ports = points_[task].emplace_back();
        for (std::size_t port = 0; port < node.outputs.size(); ++port) {
          ports.push_back(std::make_unique<TapPoint>(task));
        }
      }
    }
  }
}

Result<std::shared_ptr<Tap>> Taps::open(const TapPlace& place, const TapLimits& limits) {
  auto tap = std::make_shared<Tap>(limits);
  bool found = false;
  for (auto& [task, points] : points_) {
    if ((place.subTopology && *place.subTopology != task.subTopology) || (place.task && *place.task != task.task))
      continue;
    const std::vector<std::string>& nodes = nodes_.at(task);
    for (std::size_t node = 0; node < nodes.size(); ++node) {
      if (nodes[node] != place.node || place.port >= points[node].size()) continue;
      points[node][place.port]->open(tap);
      found = true;
    }
  }
  if (found) return tap;
  return configError("No task that was asked for has a node '" + place.node + "' with an output port " +
                     std::to_string(place.port) + ".");
}

void Taps::close(const Tap& tap) {
  for (auto& [task, points] : points_) {
    for (auto& ports : points) {
      for (const auto& point : ports) point->close(tap);
    }
  }
}

}  // namespace weir::runtime
