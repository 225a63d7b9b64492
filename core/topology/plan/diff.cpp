#include "core/topology/plan/diff.hpp"

#include <algorithm>
#include <span>
#include <unordered_map>

#include "core/topology/model/edge_ids.hpp"
#include "core/topology/model/former_ids.hpp"

namespace weir::topology {

namespace {

using json::Value;
using What = Change::What;
using Kind = Change::Kind;

// Adds what differs below `path`. An absent member is null.
void compareValues(What what, const std::string& id, const std::string& path, const Value* before, const Value* after,
                   std::vector<Change>& out) {
  static const Value kAbsent;
  const Value& left = before == nullptr ? kAbsent : *before;
  const Value& right = after == nullptr ? kAbsent : *after;
  if (left == right && (before == nullptr) == (after == nullptr)) return;
  if (!left.isObject() || !right.isObject()) {
    out.push_back({Kind::Changed, what, id, path, left, right});
    return;
  }
  const std::string prefix = path.empty() ? "" : path + ".";
  for (const json::Member& member : left.members()) {
    if (right.find(member.name) == nullptr) {
      out.push_back({Kind::Changed, what, id, prefix + member.name, member.value, {}});
    }
  }
  for (const json::Member& member : right.members()) {
    compareValues(what, id, prefix + member.name, left.find(member.name), &member.value, out);
  }
}

void compareTexts(What what, const std::string& id, const std::string& path, const Text& before, const Text& after,
                  std::vector<Change>& out) {
  const auto value = [](const Text& text) { return text.empty() ? Value() : Value::text(text.value); };
  if (before != after) out.push_back({Kind::Changed, what, id, path, value(before), value(after)});
}

void compareLists(What what, const std::string& id, const std::string& path, const std::vector<Text>& before,
                  const std::vector<Text>& after, std::vector<Change>& out) {
  if (before == after) return;
  const auto list = [](const std::vector<Text>& texts) {
    Value items = Value::list();
    for (const Text& text : texts) items.items().push_back(Value::text(text.value));
    return texts.empty() ? Value() : items;
  };
  out.push_back({Kind::Changed, what, id, path, list(before), list(after)});
}

std::string keyOf(const Parameter& parameter) {
  return parameter.name.value;
}
std::string keyOf(const Port& port) {
  return port.name.value + (port.output() ? " from " + port.from.value : " to " + port.to.value);
}
std::string keyOf(const Edge& edge) {
  return edgeId(edge);
}
std::string keyOf(const LayoutEntry& entry) {
  return entry.id;
}
template <typename T>
std::string keyOf(const T& part) {
  return part.id.value;
}

// What a line about something new or gone says beside its id.
Value summary(const Node& node) {
  return Value::text(node.use.value);
}
Value summary(const LayoutEntry& entry) {
  return entry.value;
}
template <typename T>
Value summary(const T&) {
  return {};
}

void compare(const Node& before, const Node& after, std::vector<Change>& out) {
  const std::string& id = after.id.value;
  compareTexts(What::Node, id, "use", before.use, after.use, out);
  compareTexts(What::Node, id, "name", before.name, after.name, out);
  compareTexts(What::Node, id, "doc", before.doc, after.doc, out);
  compareTexts(What::Node, id, "guarantee", before.guarantee, after.guarantee, out);
  compareTexts(What::Node, id, "disabled", before.disabled, after.disabled, out);
  compareLists(What::Node, id, "was", before.was, after.was, out);
  compareValues(What::Node, id, "params", &before.params, &after.params, out);
}

void compare(const Topic& before, const Topic& after, std::vector<Change>& out) {
  compareValues(What::Topic, after.id.value, "", &before.settings, &after.settings, out);
}

void compare(const Edge&, const Edge&, std::vector<Change>&) {}

void compare(const Port& before, const Port& after, std::vector<Change>& out) {
  compareTexts(What::Port, keyOf(after), "doc", before.doc, after.doc, out);
  compareValues(What::Port, keyOf(after), "schema", before.schema.isNull() ? nullptr : &before.schema,
                after.schema.isNull() ? nullptr : &after.schema, out);
}

void compare(const LayoutEntry& before, const LayoutEntry& after, std::vector<Change>& out) {
  compareValues(What::Layout, after.id, "", &before.value, &after.value, out);
}

void compare(const Group& before, const Group& after, std::vector<Change>& out) {
  const std::string& id = after.id.value;
  compareTexts(What::Group, id, "name", before.name, after.name, out);
  compareTexts(What::Group, id, "doc", before.doc, after.doc, out);
  compareLists(What::Group, id, "nodes", before.nodes, after.nodes, out);
}

void compare(const Parameter& before, const Parameter& after, std::vector<Change>& out) {
  const std::string& id = after.name.value;
  compareTexts(What::Parameter, id, "type", before.type, after.type, out);
  compareTexts(What::Parameter, id, "doc", before.doc, after.doc, out);
  compareValues(What::Parameter, id, "default", before.hasDefault ? &before.defaultValue : nullptr,
                after.hasDefault ? &after.defaultValue : nullptr, out);
}

template <typename T>
void compareParts(What what, const std::vector<Part<T>>& before, const std::vector<Part<T>>& after,
                  std::vector<Change>& out) {
  // Versions of one document mostly share their parts, and differ in one place.
  const auto same = [](const Part<T>& left, const Part<T>& right) { return left.same(right); };
  const auto [left, right] = std::mismatch(before.begin(), before.end(), after.begin(), after.end(), same);
  const auto [leftEnd, rightEnd] = std::mismatch(before.rbegin(), std::make_reverse_iterator(left), after.rbegin(),
                                                 std::make_reverse_iterator(right), same);
  const std::span<const Part<T>> gone(left, leftEnd.base());
  const std::span<const Part<T>> there(right, rightEnd.base());
  std::unordered_map<std::string, const Part<T>*> old;
  for (const Part<T>& part : gone) old.emplace(keyOf(*part), &part);
  std::unordered_map<std::string, const Part<T>*> fresh;
  for (const Part<T>& part : there) fresh.emplace(keyOf(*part), &part);
  for (const Part<T>& part : gone) {
    if (fresh.count(keyOf(*part)) == 0) out.push_back({Kind::Removed, what, keyOf(*part), "", summary(*part), {}});
  }
  for (const Part<T>& part : there) {
    const auto found = old.find(keyOf(*part));
    if (found == old.end()) {
      out.push_back({Kind::Added, what, keyOf(*part), "", {}, summary(*part)});
    } else if (!found->second->same(part)) {
      compare(**found->second, *part, out);
    }
  }
}

std::string_view whatName(What what) {
  switch (what) {
    case What::Topology: return "topology";
    case What::Parameter: return "parameter";
    case What::Port: return "port";
    case What::Node: return "node";
    case What::Topic: return "topic";
    case What::Group: return "group";
    case What::Edge: return "edge";
    case What::Layout: return "layout of";
  }
  return "";
}

}  // namespace

std::vector<Change> diff(const Topology& old, const Topology& after) {
  std::vector<Change> out;
  std::map<std::string, std::string> renamed;
  const Topology before = withNewIds(old, after, renamed);
  compareTexts(What::Topology, "", "name", before.name, after.name, out);
  compareTexts(What::Topology, "", "doc", before.doc, after.doc, out);
  compareTexts(What::Topology, "", "guarantee", before.guarantee, after.guarantee, out);
  for (const auto& [id, was] : renamed) {
    const What what = after.node(id) != nullptr ? What::Node : What::Topic;
    out.push_back({Kind::Changed, what, id, "id", Value::text(was), Value::text(id)});
  }
  compareParts(What::Parameter, before.params, after.params, out);
  compareParts(What::Port, before.ports, after.ports, out);
  compareParts(What::Node, before.nodes, after.nodes, out);
  compareParts(What::Topic, before.topics, after.topics, out);
  compareParts(What::Group, before.groups, after.groups, out);
  compareParts(What::Edge, before.edges, after.edges, out);
  compareParts(What::Layout, before.layout, after.layout, out);
  return out;
}

bool changesLogic(const std::vector<Change>& changes) {
  return std::any_of(changes.begin(), changes.end(), [](const Change& change) { return change.logic(); });
}

std::string changesText(const std::vector<Change>& changes) {
  std::string out;
  for (const Change& change : changes) {
    out += change.kind == Kind::Added ? "+ " : change.kind == Kind::Removed ? "- " : "~ ";
    out += whatName(change.what);
    if (!change.id.empty()) out += " " + change.id;
    if (change.kind == Kind::Changed) {
      const auto text = [](const Value& value) { return value.isNull() ? std::string("nothing") : json::write(value); };
      out += ": " + change.path + (change.path.empty() ? "" : " ") + text(change.before) + " -> " + text(change.after);
    } else {
      const Value& about = change.kind == Kind::Added ? change.after : change.before;
      if (about.isText()) out += " (" + about.asText() + ")";
    }
    out += "\n";
  }
  return out;
}

}  // namespace weir::topology
