#include "core/topology/model/group_nesting.hpp"

#include <algorithm>

namespace weir::topology {

GroupNesting::GroupNesting(const Topology& topology) : around_(topology.groups.size(), kNone) {
  for (std::size_t group = 0; group < topology.groups.size(); ++group) {
    index_.emplace(topology.groups[group]->id.value, group);
  }
  for (std::size_t group = 0; group < topology.groups.size(); ++group) {
    for (const Text& member : topology.groups[group]->nodes) put(group, member);
  }
  std::vector<std::size_t> depths(around_.size(), 0);
  for (std::size_t group = 0; group < around_.size(); ++group) {
    outerFirst_.push_back(group);
    for (std::size_t outer = around_[group]; outer != kNone; outer = around_[outer]) ++depths[group];
  }
  std::stable_sort(outerFirst_.begin(), outerFirst_.end(),
                   [&](std::size_t one, std::size_t two) { return depths[one] < depths[two]; });
}

void GroupNesting::put(std::size_t group, const Text& member) {
  const auto inner = index_.find(member.value);
  if (inner != index_.end() && within(group, inner->second)) {
    refused_.push_back({group, &member, kNone});
    return;
  }
  const auto [owner, fresh] = owners_.emplace(member.value, group);
  if (!fresh) {
    refused_.push_back({group, &member, owner->second});
  } else if (inner != index_.end()) {
    around_[inner->second] = group;
  }
}

std::size_t GroupNesting::find(std::string_view group) const {
  const auto found = index_.find(group);
  return found == index_.end() ? kNone : found->second;
}

std::size_t GroupNesting::around(std::string_view part) const {
  const auto found = owners_.find(part);
  return found == owners_.end() ? kNone : found->second;
}

bool GroupNesting::within(std::size_t group, std::size_t other) const {
  while (group != kNone && group != other) group = around_[group];
  return group == other;
}

}  // namespace weir::topology
