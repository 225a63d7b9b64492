#include "core/topology/model/topology.hpp"

#include <algorithm>

#include "core/topology/model/fingerprint.hpp"

namespace weir::topology {

namespace {

template <typename T>
const T* byId(const std::vector<Part<T>>& parts, std::string_view id) {
  const auto found =
      std::find_if(parts.begin(), parts.end(), [&](const Part<T>& part) { return part->id.value == id; });
  return found == parts.end() ? nullptr : &**found;
}

template <typename T, typename Add>
void addSorted(Fingerprint& print, std::string_view kind, const std::vector<Part<T>>& parts, const Add& add) {
  std::vector<std::string> texts;
  for (const Part<T>& part : parts) {
    Fingerprint one;
    add(one, *part);
    texts.push_back(one.text());
  }
  std::sort(texts.begin(), texts.end());
  print.add(kind);
  for (const std::string& text : texts) print.add(text);
}

}  // namespace

const Node* Topology::node(std::string_view id) const {
  return byId(nodes, id);
}

const Topic* Topology::topic(std::string_view id) const {
  return byId(topics, id);
}

json::Value layoutValue(const Topology& topology) {
  std::vector<json::Member> members;
  members.reserve(topology.layout.size());
  for (const Part<LayoutEntry>& entry : topology.layout) members.push_back({entry->id, entry->value, {}});
  return json::Value::object(std::move(members));
}

std::vector<Part<LayoutEntry>> layoutEntries(const json::Value& object) {
  std::vector<Part<LayoutEntry>> entries;
  entries.reserve(object.members().size());
  for (const json::Member& member : object.members()) entries.emplace_back(LayoutEntry{member.name, member.value});
  return entries;
}

std::string topologyHash(const Topology& topology) {
  Fingerprint print;
  print.add(topology.name.value).add(topology.doc.value).add(topology.guarantee.value);
  addSorted(print, "params", topology.params, [](Fingerprint& one, const Parameter& param) {
    one.add(param.name.value).add(param.type.value).add(param.doc.value);
    if (param.hasDefault) one.add(param.defaultValue);
  });
  if (!topology.ports.empty()) {
    addSorted(print, "ports", topology.ports, [](Fingerprint& one, const Port& port) {
      one.add(port.name.value).add(port.to.value).add(port.from.value).add(port.doc.value).add(port.schema);
    });
  }
  addSorted(print, "nodes", topology.nodes, [](Fingerprint& one, const Node& node) {
    one.add(node.id.value).add(node.use.value).add(node.name.value).add(node.doc.value).add(node.guarantee.value);
    one.add(node.disabled.value).add(node.params);
    for (const Text& was : node.was) one.add(was.value);
  });
  addSorted(print, "topics", topology.topics,
            [](Fingerprint& one, const Topic& topic) { one.add(topic.id.value).add(topic.settings); });
  addSorted(print, "groups", topology.groups, [](Fingerprint& one, const Group& group) {
    one.add(group.id.value).add(group.name.value).add(group.doc.value);
    for (const Text& node : group.nodes) one.add(node.value);
  });
  addSorted(print, "edges", topology.edges,
            [](Fingerprint& one, const Edge& edge) { one.add(edge.from.value).add(edge.to.value); });
  return print.text();
}

}  // namespace weir::topology
