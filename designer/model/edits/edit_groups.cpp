// Edits of groups.
#include <QCoreApplication>
#include <algorithm>

#include "core/topology/model/group_nesting.hpp"
#include "designer/model/edits/edits.hpp"

namespace weir::designer {

namespace {

using topology::GroupNesting;

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Edits)
};

// Changes the members of each group; `change` answers whether there was something to change.
template <typename Change>
void changeMembers(topology::Topology& topology, const Change& change) {
  for (auto& part : topology.groups) {
    topology::Group changed = *part;
    if (change(changed)) part = std::move(changed);
  }
}

// A group that lost its last member is gone, and so is its place; the one around it may lose its last one by that.
void removeEmptied(topology::Topology& topology, const std::vector<topology::Part<topology::Group>>& before) {
  Selection filled;
  for (const auto& part : before) {
    if (!part->nodes.empty()) filled.insert(part->id.value);
  }
  for (;;) {
    Selection emptied;
    for (const auto& part : topology.groups) {
      if (part->nodes.empty() && filled.contains(part->id.value)) emptied.insert(part->id.value);
    }
    if (emptied.empty()) return;
    std::erase_if(topology.groups, [&](const auto& part) { return emptied.contains(part->id.value); });
    for (const std::string& id : emptied) drawing::removeEntry(topology.layout, id);
    changeMembers(topology, [&](topology::Group& group) {
      return std::erase_if(group.nodes, [&](const topology::Text& member) { return emptied.contains(member.value); }) >
             0;
    });
  }
}

// Nodes, topics and groups of a selection, in the order of the file.
std::vector<topology::Text> membersIn(const topology::Topology& topology, const Selection& ids) {
  std::vector<topology::Text> members;
  const auto add = [&](const auto& parts) {
    for (const auto& part : parts) {
      if (ids.contains(partId(*part))) members.push_back({partId(*part), {}});
    }
  };
  add(topology.nodes);
  add(topology.topics);
  add(topology.groups);
  return members;
}

// The groups around something, from the innermost.
std::vector<std::string> groupsAround(const topology::Topology& topology, const GroupNesting& nesting,
                                      std::string_view id) {
  std::vector<std::string> out;
  for (std::size_t group = nesting.around(id); group != GroupNesting::kNone; group = nesting.around(group)) {
    out.push_back(topology.groups[group]->id.value);
  }
  return out;
}

// The innermost group around something that is not among `ids`; empty: none.
std::string groupBeyond(const topology::Topology& topology, const GroupNesting& nesting, std::string_view id,
                        const Selection& ids) {
  for (std::string& group : groupsAround(topology, nesting, id)) {
    if (!ids.contains(group)) return std::move(group);
  }
  return {};
}

}  // namespace

Selection withMembers(const topology::Topology& topology, Selection ids) {
  for (bool more = true; more;) {
    const std::size_t before = ids.size();
    for (const auto& group : topology.groups) {
      if (!ids.contains(group->id.value)) continue;
      for (const topology::Text& node : group->nodes) ids.insert(node.value);
    }
    more = ids.size() > before;
  }
  return ids;
}

Selection withoutMembers(const topology::Topology& topology, const Selection& ids) {
  const GroupNesting nesting(topology);
  Selection out;
  for (const std::string& id : ids) {
    const std::vector<std::string> around = groupsAround(topology, nesting, id);
    const auto chosen = [&](const std::string& group) { return ids.contains(group); };
    if (std::none_of(around.begin(), around.end(), chosen)) out.insert(id);
  }
  return out;
}

Selection withBoxes(const topology::Topology& topology, const Selection& ids) {
  const GroupNesting nesting(topology);
  const drawing::LayoutIndex layout(topology.layout);
  const auto shown = [&](std::string_view id) {
    std::string out(id);
    for (const std::string& group : groupsAround(topology, nesting, id)) {
      if (layout.place(group).collapsed) out = group;
    }
    return out;
  };
  Selection out;
  for (const std::string& id : ids) out.insert(shown(id));
  // A wire within a box is not seen either.
  for (const auto& edge : topology.edges) {
    if (!out.contains(edgeId(*edge))) continue;
    const std::string from = shown(endOf(edge->from.value).node);
    if (from == endOf(edge->from.value).node || from != shown(endOf(edge->to.value).node)) continue;
    out.erase(edgeId(*edge));
    out.insert(from);
  }
  return out;
}

std::string groupOf(const topology::Topology& topology, std::string_view id) {
  for (const auto& group : topology.groups) {
    const auto named = [&](const topology::Text& node) { return node.value == id; };
    if (std::any_of(group->nodes.begin(), group->nodes.end(), named)) return group->id.value;
  }
  return {};
}

std::string commonGroup(const topology::Topology& topology, const Selection& ids) {
  if (ids.empty() || topology.groups.empty()) return {};
  const GroupNesting nesting(topology);
  std::vector<std::string> common = groupsAround(topology, nesting, *ids.begin());
  for (const std::string& id : ids) {
    const std::vector<std::string> around = groupsAround(topology, nesting, id);
    std::erase_if(common, [&](const std::string& group) {
      return std::find(around.begin(), around.end(), group) == around.end();
    });
  }
  return common.empty() ? std::string() : common.front();
}

void moveToGroups(topology::Topology& topology, const Memberships& memberships) {
  if (topology.groups.empty() || memberships.empty()) return;  // mostly, and once for each step of a drag
  const std::vector<topology::Part<topology::Group>> before = topology.groups;
  const GroupNesting nesting(topology);
  Memberships moving;
  Selection joining;
  for (const auto& [id, to] : memberships) {
    const std::size_t own = nesting.find(id);
    if (own != GroupNesting::kNone && nesting.within(nesting.find(to), own)) continue;
    moving.emplace(id, to);
    if (!to.empty()) joining.insert(id);
  }
  const std::vector<topology::Text> members = membersIn(topology, joining);
  changeMembers(topology, [&](topology::Group& group) {
    const auto elsewhere = [&](const topology::Text& node) {
      const auto found = moving.find(node.value);
      return found != moving.end() && found->second != group.id.value;
    };
    bool changed = std::erase_if(group.nodes, elsewhere) > 0;
    for (const topology::Text& node : members) {
      const bool joins = moving.at(node.value) == group.id.value &&
                         std::find(group.nodes.begin(), group.nodes.end(), node) == group.nodes.end();
      if (joins) group.nodes.push_back(node);
      changed = changed || joins;
    }
    return changed;
  });
  removeEmptied(topology, before);
}

Edit group(const topology::Topology& topology, const Selection& ids, const QString& name) {
  Selection chosen = withoutMembers(topology, ids);
  std::vector<topology::Text> members = membersIn(topology, chosen);
  if (members.empty()) return {Words::tr("Group"), topology, {}, {}};
  std::vector<std::string> groups;
  for (const auto& part : topology.groups) {
    if (chosen.contains(part->id.value)) groups.push_back(part->id.value);
  }
  Memberships memberships;
  if (groups.size() == 1 && members.size() > 1) {
    Edit edit{Words::tr("Add to the group"), topology, {}, Selection{groups[0]}};
    for (const topology::Text& node : members) memberships.emplace(node.value, groups[0]);
    moveToGroups(edit.after, memberships);
    return edit;
  }
  const std::string id = freshId(topology, "group");
  Edit edit{Words::tr("Group"), topology, {}, Selection{id}};
  // A group that would hold nothing but the new one gives way to it.
  std::string around = commonGroup(topology, chosen);
  const auto emptied = [&](const auto& part) {
    return part->id.value == around && std::all_of(part->nodes.begin(), part->nodes.end(),
                                                   [&](const auto& member) { return chosen.contains(member.value); });
  };
  if (std::any_of(topology.groups.begin(), topology.groups.end(), emptied)) around = groupOf(topology, around);
  topology::Group made;
  made.id.value = id;
  made.name.value = name.toStdString();
  for (const topology::Text& node : members) memberships.emplace(node.value, id);
  memberships.emplace(id, around);
  made.nodes = std::move(members);
  edit.after.groups.emplace_back(std::move(made));
  moveToGroups(edit.after, memberships);
  return edit;
}

Edit ungroup(const topology::Topology& topology, const Selection& ids) {
  Edit edit{Words::tr("Ungroup"), topology, {}, ids};
  const GroupNesting nesting(topology);
  Memberships memberships;
  Selection groups;
  for (const auto& part : topology.groups) {
    if (!ids.contains(part->id.value)) continue;
    groups.insert(part->id.value);
    for (const topology::Text& member : part->nodes) {
      edit.selection->insert(member.value);
      memberships.emplace(member.value, groupBeyond(topology, nesting, member.value, ids));
    }
  }
  for (const std::string& id : ids) {
    const std::string group = groupOf(topology, id);
    const std::size_t own = nesting.find(group);
    if (group.empty()) continue;
    memberships.emplace(id, own == GroupNesting::kNone ? std::string() : groupBeyond(topology, nesting, group, ids));
  }
  // Those that go are in none.
  for (const std::string& id : groups) memberships.insert_or_assign(id, std::string());
  moveToGroups(edit.after, memberships);
  std::erase_if(edit.after.groups, [&](const auto& part) { return groups.contains(part->id.value); });
  for (const std::string& id : groups) drawing::removeEntry(edit.after.layout, id);
  return edit;
}

Edit setCollapsed(const topology::Topology& topology, const std::string& group, bool collapsed) {
  Edit edit{collapsed ? Words::tr("Collapse") : Words::tr("Expand"), topology, {}, {}};
  drawing::Place place = drawing::LayoutIndex(topology.layout).place(group);
  place.collapsed = collapsed;
  // What was moved while it was open takes the box along.
  if (collapsed) place.at.reset();
  drawing::setPlace(edit.after.layout, group, place);
  return edit;
}

}  // namespace weir::designer
