// Edits of groups.
#include <QCoreApplication>
#include <algorithm>

#include "designer/model/edits/edits.hpp"

namespace weir::designer {

namespace {

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

// A group that lost its last member is gone, and so is its place.
void removeEmptied(topology::Topology& topology, const std::vector<topology::Part<topology::Group>>& before) {
  Selection emptied;
  for (const auto& part : before) {
    if (!part->nodes.empty()) emptied.insert(part->id.value);
  }
  std::erase_if(topology.groups, [&](const auto& part) {
    const bool gone = part->nodes.empty() && emptied.contains(part->id.value);
    if (gone) drawing::removeEntry(topology.layout, part->id.value);
    return gone;
  });
}

Memberships inNone(const Selection& ids) {
  Memberships out;
  for (const std::string& id : ids) out.emplace(id, std::string());
  return out;
}

// Nodes and topics of a selection, in the order of the file.
std::vector<topology::Text> membersIn(const topology::Topology& topology, const Selection& ids) {
  std::vector<topology::Text> members;
  const auto add = [&](const auto& parts) {
    for (const auto& part : parts) {
      if (ids.contains(partId(*part))) members.push_back({partId(*part), {}});
    }
  };
  add(topology.nodes);
  add(topology.topics);
  return members;
}

}  // namespace

Selection withMembers(const topology::Topology& topology, Selection ids) {
  for (const auto& group : topology.groups) {
    if (!ids.contains(group->id.value)) continue;
    for (const topology::Text& node : group->nodes) ids.insert(node.value);
  }
  return ids;
}

std::string groupOf(const topology::Topology& topology, std::string_view id) {
  for (const auto& group : topology.groups) {
    const auto named = [&](const topology::Text& node) { return node.value == id; };
    if (std::any_of(group->nodes.begin(), group->nodes.end(), named)) return group->id.value;
  }
  return {};
}

void moveToGroups(topology::Topology& topology, const Memberships& memberships) {
  if (topology.groups.empty() || memberships.empty()) return;  // mostly, and once for each step of a drag
  const std::vector<topology::Part<topology::Group>> before = topology.groups;
  Selection joining;
  for (const auto& [id, to] : memberships) {
    if (!to.empty()) joining.insert(id);
  }
  const std::vector<topology::Text> members = membersIn(topology, joining);
  changeMembers(topology, [&](topology::Group& group) {
    const auto elsewhere = [&](const topology::Text& node) {
      const auto found = memberships.find(node.value);
      return found != memberships.end() && found->second != group.id.value;
    };
    bool changed = std::erase_if(group.nodes, elsewhere) > 0;
    for (const topology::Text& node : members) {
      const bool joins = memberships.at(node.value) == group.id.value &&
                         std::find(group.nodes.begin(), group.nodes.end(), node) == group.nodes.end();
      if (joins) group.nodes.push_back(node);
      changed = changed || joins;
    }
    return changed;
  });
  removeEmptied(topology, before);
}

Edit group(const topology::Topology& topology, const Selection& ids, const QString& name) {
  std::vector<topology::Text> members = membersIn(topology, ids);
  if (members.empty()) return {Words::tr("Group"), topology, {}, {}};
  std::vector<std::string> chosen;
  for (const auto& part : topology.groups) {
    if (ids.contains(part->id.value)) chosen.push_back(part->id.value);
  }
  if (chosen.size() == 1) {
    Edit edit{Words::tr("Add to the group"), topology, {}, Selection{chosen[0]}};
    Memberships memberships;
    for (const topology::Text& node : members) memberships.emplace(node.value, chosen[0]);
    moveToGroups(edit.after, memberships);
    return edit;
  }
  const std::string id = freshId(topology, "group");
  Edit edit{Words::tr("Group"), topology, {}, Selection{id}};
  moveToGroups(edit.after, inNone(ids));
  topology::Group made;
  made.id.value = id;
  made.name.value = name.toStdString();
  made.nodes = std::move(members);
  edit.after.groups.emplace_back(std::move(made));
  return edit;
}

Edit ungroup(const topology::Topology& topology, const Selection& ids) {
  Edit edit{Words::tr("Ungroup"), topology, {}, Selection{}};
  for (const auto& part : topology.groups) {
    if (ids.contains(part->id.value)) {
      for (const topology::Text& node : part->nodes) edit.selection->insert(node.value);
      drawing::removeEntry(edit.after.layout, part->id.value);
    }
  }
  std::erase_if(edit.after.groups, [&](const auto& part) { return ids.contains(part->id.value); });
  moveToGroups(edit.after, inNone(ids));
  for (const std::string& id : ids) edit.selection->insert(id);
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
