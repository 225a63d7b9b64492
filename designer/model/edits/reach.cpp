#include "designer/model/edits/reach.hpp"

#include "designer/model/edits/edits.hpp"

namespace weir::designer {

Reach::Reach(const topology::Topology& topology, Flow flow) {
  for (const auto& edge : topology.edges) {
    const std::string_view from = endOf(edge->from.value).node;
    const std::string_view to = endOf(edge->to.value).node;
    flow == Flow::Downstream ? next_.emplace(from, to) : next_.emplace(to, from);
  }
}

std::set<std::string_view> Reach::from(std::vector<std::string_view> parts) const {
  std::set<std::string_view> seen(parts.begin(), parts.end());
  while (!parts.empty()) {
    const auto [first, last] = next_.equal_range(parts.back());
    parts.pop_back();
    for (auto it = first; it != last; ++it) {
      if (seen.insert(it->second).second) parts.push_back(it->second);
    }
  }
  return seen;
}

}  // namespace weir::designer
