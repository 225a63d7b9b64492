// Edits of nodes, topics and their values.
#include <QCoreApplication>
#include <algorithm>

#include "core/topology/model/idle_parts.hpp"
#include "designer/model/edits/bends.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/model/edits/part_edits.hpp"
#include "designer/model/edits/paths.hpp"

namespace weir::designer {

namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Edits)
};

bool touches(const topology::Edge& edge, const Selection& ids) {
  return ids.contains(std::string(endOf(edge.from.value).node)) || ids.contains(std::string(endOf(edge.to.value).node));
}

// What came to each removed node, connected with what left it. Through rows of removed nodes too.
void heal(const topology::Topology& before, const Selection& ids, topology::Topology& after) {
  const auto addOnce = [&](const topology::Text& from, const topology::Text& to) {
    const topology::Edge edge{{from.value, {}}, {to.value, {}}, {}};
    const bool known =
        std::any_of(after.edges.begin(), after.edges.end(), [&](const auto& old) { return *old == edge; });
    if (!known) after.edges.emplace_back(edge);
  };
  // From a wire that enters the removed part, along removed nodes, to every wire that leaves it.
  for (const auto& first : before.edges) {
    if (ids.contains(std::string(endOf(first->from.value).node)) || ids.contains(edgeId(*first))) continue;
    std::vector<std::string> reached{std::string(endOf(first->to.value).node)};
    if (!ids.contains(reached[0])) continue;
    for (std::size_t i = 0; i < reached.size(); ++i) {
      for (const auto& next : before.edges) {
        if (endOf(next->from.value).node != reached[i] || ids.contains(edgeId(*next))) continue;
        std::string node(endOf(next->to.value).node);
        if (!ids.contains(node)) {
          addOnce(first->from, next->to);
        } else if (std::find(reached.begin(), reached.end(), node) == reached.end()) {
          reached.push_back(std::move(node));
        }
      }
    }
  }
}

void replaceIn(topology::Text& end, const std::string& id, const std::string& to) {
  const End parts = endOf(end.value);
  if (parts.node != id) return;
  end.value = parts.port.empty() ? to : to + "." + std::string(parts.port);
}

// After a part has got the id `now`: what it was before, `id` among it where a home may know that.
std::vector<std::string> formerIdsAfter(std::vector<std::string> was, const std::string& id, const std::string& now,
                                        bool saved) {
  std::erase(was, now);
  if (saved && std::find(was.begin(), was.end(), id) == was.end()) was.push_back(id);
  return was;
}

void setId(topology::Node& node, const std::string& to, const topology::Topology& saved) {
  const topology::Node* const before = saved.node(node.id.value);
  std::vector<std::string> was;
  for (const topology::Text& id : node.was) was.push_back(id.value);
  was = formerIdsAfter(std::move(was), node.id.value, to, before != nullptr && before->use == node.use);
  node.was.clear();
  for (std::string& id : was) node.was.push_back({std::move(id), {}});
  node.id = {to, {}};
}

void setId(topology::Topic& topic, const std::string& to, const topology::Topology& saved) {
  const bool known = saved.topic(topic.id.value) != nullptr;
  const std::vector<std::string> was = formerIdsAfter(formerIds(topic), topic.id.value, to, known);
  const json::Value* const name = topic.settings.find("topic");
  const std::string inLog = name != nullptr && name->isText() ? name->asText() : topic.id.value;
  setFormerIds(topic, was);
  if (inLog == to) {
    std::erase_if(topic.settings.members(), [](const json::Member& member) { return member.name == "topic"; });
  } else if (name == nullptr && !was.empty()) {
    topic.settings.set("topic", json::Value::text(inLog));
  }
  topic.id = {to, {}};
}

void setId(topology::Group& group, const std::string& to, const topology::Topology&) {
  group.id = {to, {}};
}

bool wasOnce(const topology::Topology& topology, const std::string& id, const std::string& former) {
  if (const topology::Node* const node = topology.node(id)) {
    return std::any_of(node->was.begin(), node->was.end(), [&](const auto& was) { return was.value == former; });
  }
  const topology::Topic* const topic = topology.topic(id);
  if (topic == nullptr) return false;
  const std::vector<std::string> was = formerIds(*topic);
  return std::find(was.begin(), was.end(), former) != was.end();
}

}  // namespace

Edit addNode(const topology::Topology& topology, std::string_view use, Point at) {
  Edit edit{Words::tr("Add a node"), topology, {}, {}};
  std::string id;
  if (use == kTopicUse) {
    id = freshId(topology, "topic");
    edit.after.topics.emplace_back(topology::Topic{{id, {}}, json::Value::object(), {}});
  } else {
    id = freshId(topology, catalog::isPartUse(use)   ? nameOfPart(use)
                           : endOf(use).port.empty() ? std::string(use)
                                                     : std::string(endOf(use).port));
    topology::Node node;
    node.id.value = id;
    node.use.value = use;
    edit.after.nodes.emplace_back(std::move(node));
  }
  drawing::setPositions(edit.after.layout, {{id, at}});
  edit.selection = Selection{id};
  return edit;
}

Edit removeParts(const topology::Topology& topology, const Selection& ids, Heal healing) {
  const Selection all = withMembers(topology, ids);
  Edit edit{Words::tr("Remove %n part(s)", nullptr, static_cast<int>(all.size())), topology, {}, Selection{}};
  Memberships leaving;
  for (const std::string& id : all) leaving.emplace(id, std::string());
  moveToGroups(edit.after, leaving);
  const auto named = [&](const auto& part) { return all.contains(partId(*part)); };
  std::erase_if(edit.after.nodes, named);
  std::erase_if(edit.after.topics, named);
  std::erase_if(edit.after.groups, named);
  std::erase_if(edit.after.layout, named);
  std::erase_if(edit.after.edges, [&](const auto& edge) { return named(edge) || touches(*edge, all); });
  if (healing == Heal::Yes) heal(topology, all, edit.after);
  dropLostWires(edit.after, topology);
  return edit;
}

Edit renameNode(const topology::Topology& topology, const std::string& id, const QString& name) {
  Edit edit{Words::tr("Rename"), topology, "name " + id, {}};
  for (auto& part : edit.after.nodes) {
    if (part->id.value != id) continue;
    topology::Node renamed = *part;
    renamed.name = {name.toStdString(), {}};
    part = std::move(renamed);
  }
  return edit;
}

Edit setDisabled(const topology::Topology& topology, const Selection& ids, bool disabled) {
  const Selection all = withMembers(topology, ids);
  Edit edit{disabled ? Words::tr("Disable") : Words::tr("Enable"), topology, {}, {}};
  for (auto& part : edit.after.nodes) {
    // One past which rows go is disabled already.
    if (!all.contains(part->id.value) || part->disabled.empty() != disabled) continue;
    topology::Node changed = *part;
    changed.disabled = {disabled ? std::string(topology::kStop) : std::string(), {}};
    part = std::move(changed);
  }
  return edit;
}

Result<Edit> changeId(const topology::Topology& topology, const topology::Topology& saved, const std::string& id,
                      const std::string& to) {
  if (to == id) return Edit{Words::tr("Change the id"), topology, {}, {}};
  const bool back = wasOnce(topology, id, to) && !isThere(topology, to);
  if (!back && freshId(topology, to) != to) {
    return configError("'" + to +
                       "' is taken, by what is called so or was before, or is not a letter or '_' with letters, "
                       "digits, '_' and '-' after it.");
  }
  Edit edit{Words::tr("Change the id"), topology, {}, Selection{to}};
  const auto rename = [&](auto& parts) {
    for (auto& part : parts) {
      if (partId(*part) != id) continue;
      auto renamed = *part;
      setId(renamed, to, saved);
      part = std::move(renamed);
    }
  };
  rename(edit.after.nodes);
  rename(edit.after.topics);
  rename(edit.after.groups);
  for (auto& part : edit.after.layout) {
    if (part->id == id) part = topology::LayoutEntry{to, part->value};
  }
  for (auto& part : edit.after.edges) {
    topology::Edge edge = *part;
    replaceIn(edge.from, id, to);
    replaceIn(edge.to, id, to);
    if (edge == *part) continue;
    renameWire(edit.after, edgeId(*part), edgeId(edge));
    part = std::move(edge);
  }
  for (auto& part : edit.after.groups) {
    topology::Group renamed = *part;
    for (topology::Text& node : renamed.nodes) {
      if (node.value == id) node.value = to;
    }
    if (renamed != *part) part = std::move(renamed);
  }
  return edit;
}

Result<Edit> setValue(const topology::Topology& topology, const std::string& target, const std::string& path,
                      json::Value value) {
  using Kind = topology::FixStep::Kind;
  Edit edit{Words::tr("Change %1").arg(QString::fromStdString(path.substr(path.rfind('.') + 1))),
            topology,
            "value " + target + " " + path,
            {}};
  const Kind kind = value.isNull() ? Kind::Remove : Kind::Set;
  WEIR_TRY(applyStep(edit.after, {kind, target, path, std::move(value)}));
  return edit;
}

Result<Edit> applyFix(const topology::Topology& topology, const topology::QuickFix& fix) {
  Edit edit{QString::fromStdString(fix.title), topology, {}, {}};
  for (const topology::FixStep& step : fix.steps) WEIR_TRY(applyStep(edit.after, step));
  return edit;
}

}  // namespace weir::designer
