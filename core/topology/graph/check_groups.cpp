#include "core/topology/graph/check_groups.hpp"

#include <unordered_set>

#include "core/topology/model/group_nesting.hpp"
#include "core/topology/model/problem_codes.hpp"
#include "core/topology/model/reporter.hpp"

namespace weir::topology {

namespace {

std::string quoted(const std::string& id) {
  return "\"" + id + "\"";
}

// From the member that would close the circle, inwards, to the group that names it.
std::string circleOf(const Topology& topology, const GroupNesting& nesting, const GroupNesting::Refused& refused) {
  std::string circle;
  const std::size_t end = nesting.find(refused.member->value);
  for (std::size_t group = refused.group;; group = nesting.around(group)) {
    circle = quoted(topology.groups[group]->id.value) + (circle.empty() ? "" : ", which holds " + circle);
    if (group == end) break;
  }
  return circle + ", which holds " + quoted(refused.member->value);
}

}  // namespace

void checkGroups(const Topology& topology, const TypedGraph& graph, Problems& problems) {
  if (topology.groups.empty()) return;
  const GroupNesting nesting(topology);
  std::unordered_set<std::string_view> nodes;
  for (const TypedNode& node : graph.nodes) nodes.insert(node.id());
  for (const Part<Group>& group : topology.groups) {
    Reporter reporter(problems, group->id.value, group->id.position);
    for (const Text& member : group->nodes) {
      if (nodes.contains(member.value) || nesting.find(member.value) != GroupNesting::kNone) continue;
      reporter
          .report(codes::kUnknownGroupMember, member.position, "",
                  "The group " + quoted(group->id.value) + " names " + quoted(member.value) + ", which is not there.",
                  "Correct the name, or remove it from the group.")
          .severity = Severity::Warning;
    }
  }
  for (const GroupNesting::Refused& refused : nesting.refused()) {
    const std::string& id = topology.groups[refused.group]->id.value;
    Reporter reporter(problems, id, refused.member->position);
    if (refused.has == GroupNesting::kNone) {
      reporter.report(codes::kGroupCircle, {}, "",
                      "A group cannot lie in itself: " + circleOf(topology, nesting, refused) + ".",
                      "Remove " + quoted(refused.member->value) + " from " + quoted(id) + ".");
      continue;
    }
    const std::string& other = topology.groups[refused.has]->id.value;
    reporter
        .report(codes::kGroupMemberTwice, {}, "",
                quoted(refused.member->value) +
                    (refused.has == refused.group ? " is named twice in the group " + quoted(id)
                                                  : " is in the group " + quoted(other) + ", and in " + quoted(id)) +
                    ".",
                "Name it once: what is in a group is in no other.")
        .severity = Severity::Warning;
  }
}

}  // namespace weir::topology
