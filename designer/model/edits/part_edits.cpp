#include "designer/model/edits/part_edits.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "designer/model/edits/parameter_names.hpp"

namespace weir::designer {

namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Edits)
};

// The ports of a part while they are found: one for each end inside to which a wire leads from outside.
class Ports {
 public:
  // Answers the name.
  std::string at(const std::string& inside, bool output, topology::Topology& part) {
    const auto known = names_.find({inside, output});
    if (known != names_.end()) return known->second;
    const End end = endOf(inside);
    const std::string plain(end.port.empty() ? end.node : end.port);
    std::string name = plain;
    if (taken_.contains(name)) name = std::string(end.node) + "_" + plain;
    for (int number = 2; taken_.contains(name); ++number) name = plain + "_" + std::to_string(number);
    taken_.insert(name);
    topology::Port port;
    port.name.value = name;
    (output ? port.from : port.to).value = inside;
    part.ports.emplace_back(std::move(port));
    names_.emplace(std::pair(inside, output), name);
    return name;
  }

 private:
  std::map<std::pair<std::string, bool>, std::string> names_;
  std::set<std::string> taken_;
};

const topology::Group* groupIn(const topology::Topology& topology, const std::string& id) {
  const auto found = std::find_if(topology.groups.begin(), topology.groups.end(),
                                  [&](const auto& group) { return group->id.value == id; });
  return found == topology.groups.end() ? nullptr : &**found;
}

// The upper left corner of what has a place.
std::optional<Point> cornerOf(const topology::Topology& topology, const Selection& ids) {
  std::optional<Point> corner;
  for (const std::string& id : ids) {
    const std::optional<Point> at = positionOf(topology, id);
    if (!at) continue;
    corner = corner ? Point{std::min(corner->x, at->x), std::min(corner->y, at->y)} : *at;
  }
  return corner;
}

}  // namespace

std::string nameOfPart(std::string_view use) {
  return std::filesystem::path(use.substr(catalog::kPartUse.size())).stem().string();
}

GroupAsPart groupAsPart(const topology::Topology& topology, const std::string& id, const std::string& use) {
  GroupAsPart made{{}, {Words::tr("Save as a part"), topology, {}, Selection{id}}};
  const topology::Group* const group = groupIn(topology, id);
  if (group == nullptr) return made;
  topology::Topology& part = made.part;
  topology::Topology& after = made.edit.after;
  part.name.value = asName(nameOfPart(use));
  part.doc = group->doc;
  topology::Node user;
  user.id.value = id;
  user.use.value = use;
  user.name = group->name;
  const Selection inside = withMembers(topology, {id});
  const auto member = [&](const auto& thing) { return inside.contains(partId(*thing)); };
  const auto move = [&](const auto& from, auto& to) {
    std::copy_if(from.begin(), from.end(), std::back_inserter(to), member);
  };
  move(topology.nodes, part.nodes);
  move(topology.topics, part.topics);
  move(topology.groups, part.groups);
  move(topology.layout, part.layout);
  std::erase_if(part.groups, [&](const auto& own) { return own->id.value == id; });
  std::erase_if(part.layout, [&](const auto& own) { return own->id == id; });
  // A home knows them by these.
  for (const auto& node : part.nodes) user.was.push_back({node->id.value, {}});
  for (const auto& topic : part.topics) user.was.push_back({topic->id.value, {}});
  const std::set<std::string> names = parametersOf(part);
  for (const auto& parameter : topology.params) {
    const std::string& name = parameter->name.value;
    if (!names.contains(name)) continue;
    part.params.push_back(parameter);
    user.params.set(name, json::Value::text("${param:" + name + "}"));
  }
  Ports ports;
  std::vector<topology::Part<topology::Edge>> edges;
  for (const auto& edge : topology.edges) {
    const bool from = inside.contains(std::string(endOf(edge->from.value).node));
    const bool to = inside.contains(std::string(endOf(edge->to.value).node));
    if (from && to) {
      part.edges.push_back(edge);
    } else if (!from && !to) {
      edges.push_back(edge);
    } else {
      topology::Edge crossing = *edge;
      topology::Text& end = from ? crossing.from : crossing.to;
      end = {id + "." + ports.at(end.value, from, part), {}};
      const bool known = std::any_of(edges.begin(), edges.end(), [&](const auto& other) { return *other == crossing; });
      if (!known) edges.emplace_back(std::move(crossing));
    }
  }
  const std::optional<Point> corner = cornerOf(topology, inside);
  std::erase_if(after.nodes, member);
  std::erase_if(after.topics, member);
  std::erase_if(after.groups, member);
  std::erase_if(after.layout, member);
  after.nodes.emplace_back(std::move(user));
  after.edges = std::move(edges);
  // It stands for the group in whatever is around that.
  for (auto& around : after.groups) {
    topology::Group kept = *around;
    bool had = false;
    std::erase_if(kept.nodes, [&](const topology::Text& one) {
      had = had || inside.contains(one.value);
      return inside.contains(one.value);
    });
    if (!had) continue;
    kept.nodes.push_back({id, {}});
    around = std::move(kept);
  }
  if (corner) drawing::setPositions(after.layout, {{id, *corner}});
  return made;
}

}  // namespace weir::designer
