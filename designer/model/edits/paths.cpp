#include "designer/model/edits/paths.hpp"

#include <algorithm>
#include <charconv>

#include "designer/model/edits/bends.hpp"
#include "designer/model/edits/edits.hpp"

namespace weir::designer {

namespace {

using json::Value;
using topology::FixStep;

constexpr std::string_view kWas = "was";

std::pair<std::string_view, std::string_view> splitFirst(std::string_view path) {
  const std::size_t dot = path.find('.');
  if (dot == std::string_view::npos) return {path, {}};
  return {path.substr(0, dot), path.substr(dot + 1)};
}

std::optional<std::size_t> indexOf(std::string_view text) {
  std::size_t index = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return index;
}

const Value* find(const Value& root, std::string_view path) {
  const Value* at = &root;
  while (at != nullptr && !path.empty()) {
    const auto [first, rest] = splitFirst(path);
    path = rest;
    if (at->isList()) {
      const auto index = indexOf(first);
      at = index && *index < at->items().size() ? &at->items()[*index] : nullptr;
    } else {
      at = at->find(first);
    }
  }
  return at;
}

void removeMember(Value& object, std::string_view name) {
  std::erase_if(object.members(), [&](const json::Member& member) { return member.name == name; });
}

// False: the path leads through something that has no members.
bool change(Value& at, std::string_view path, const FixStep& step) {
  const auto [first, rest] = splitFirst(path);
  const bool removes = step.kind == FixStep::Kind::Remove;
  if (at.isList()) {
    const auto index = indexOf(first);
    if (!index || *index > at.items().size()) return false;
    if (*index == at.items().size()) {
      if (removes) return false;
      at.items().push_back(rest.empty() ? Value() : Value::object());
    }
    Value& item = at.items()[*index];
    if (!rest.empty()) return change(item, rest, step);
    if (removes) {
      at.items().erase(at.items().begin() + static_cast<std::ptrdiff_t>(*index));
    } else {
      item = step.value;
    }
    return true;
  }
  if (!at.isObject()) return false;
  if (rest.empty()) {
    if (removes) {
      removeMember(at, first);
    } else {
      at.set(std::string(first), step.value);
    }
    return true;
  }
  if (at.find(first) == nullptr) {
    if (removes) return true;
    at.set(std::string(first), Value::object());
  }
  return change(*at.find(first), rest, step);
}

Error notThere(const FixStep& step) {
  return configError("There is no '" + step.path + "' in " + (step.target.empty() ? "the topology" : step.target) +
                     ".");
}

// Of the topology, a node or a group, constant or not.
template <typename T>
auto textMember(T& part, std::string_view path) -> decltype(&part.name) {
  if (path == "name") return &part.name;
  if (path == "doc") return &part.doc;
  if constexpr (requires { part.guarantee; }) {
    if (path == "guarantee") return &part.guarantee;
  }
  if constexpr (requires { part.disabled; }) {
    if (path == "disabled") return &part.disabled;
  }
  if constexpr (requires { part.use; }) {
    if (path == "use") return &part.use;
  }
  return nullptr;
}

Result<void> setText(topology::Text* text, const FixStep& step) {
  if (text == nullptr) return notThere(step);
  if (step.kind == FixStep::Kind::Remove) {
    *text = {};
    return {};
  }
  if (!step.value.isText()) return configError("'" + step.path + "' is a text.");
  *text = {step.value.asText(), {}};
  return {};
}

// "was" of a node, and "was.0".
Result<void> setFormerIds(topology::Node& node, const FixStep& step) {
  Value owner = Value::object();
  owner.set(std::string(kWas), node.was.empty() ? Value::list() : formerIdsValue(node));
  if (!change(owner, step.path, step)) return notThere(step);
  std::vector<topology::Text> ids;
  if (const Value* const list = owner.find(kWas)) {
    for (const Value& id : list->items()) {
      if (!id.isText()) return configError("'was' holds ids.");
      ids.push_back({id.asText(), {}});
    }
  }
  node.was = std::move(ids);
  return {};
}

Result<void> applyTo(topology::Node& node, const FixStep& step) {
  const auto [first, rest] = splitFirst(step.path);
  if (first == kWas) return setFormerIds(node, step);
  if (first != "params") return setText(textMember(node, step.path), step);
  if (rest.empty()) {
    node.params = step.kind == FixStep::Kind::Remove ? Value::object() : step.value;
    return {};
  }
  if (!change(node.params, rest, step)) return notThere(step);
  return {};
}

Result<void> applyTo(topology::Topic& topic, const FixStep& step) {
  if (!change(topic.settings, step.path, step)) return notThere(step);
  return {};
}

Result<void> applyTo(topology::Group& group, const FixStep& step) {
  return setText(textMember(group, step.path), step);
}

Result<void> applyTo(topology::Edge& edge, const FixStep& step) {
  if (step.path == "from") return setText(&edge.from, step);
  if (step.path == "to") return setText(&edge.to, step);
  return notThere(step);
}

template <typename T>
std::optional<Result<void>> applyIn(std::vector<topology::Part<T>>& parts, const FixStep& step) {
  for (topology::Part<T>& part : parts) {
    if (partId(*part) != step.target) continue;
    T copy = *part;
    Result<void> done = applyTo(copy, step);
    if (done) part = std::move(copy);
    return done;
  }
  return std::nullopt;
}

// A wire that is drawn twice loses one of the two.
bool removedTwin(topology::Topology& topology, const std::string& id) {
  const auto named = [&](const auto& edge) { return edgeId(*edge) == id; };
  if (std::count_if(topology.edges.begin(), topology.edges.end(), named) < 2) return false;
  const auto last = std::find_if(topology.edges.rbegin(), topology.edges.rend(), named);
  topology.edges.erase(std::next(last).base());
  return true;
}

Value textValue(const topology::Text* text) {
  return text == nullptr || text->empty() ? Value() : Value::text(text->value);
}

Value valueBelow(const Value& root, std::string_view path) {
  const Value* const value = find(root, path);
  return value == nullptr ? Value() : *value;
}

}  // namespace

Value valueAt(const topology::Topology& topology, std::string_view target, std::string_view path) {
  if (target.empty()) return textValue(textMember(topology, path));
  if (const topology::Node* const node = topology.node(target)) {
    const auto [first, rest] = splitFirst(path);
    if (first == kWas) return valueBelow(formerIdsValue(*node), rest);
    return first == "params" ? valueBelow(node->params, rest) : textValue(textMember(*node, path));
  }
  if (const topology::Topic* const topic = topology.topic(target)) return valueBelow(topic->settings, path);
  return {};
}

Result<void> applyStep(topology::Topology& topology, const FixStep& step) {
  if (step.target.empty()) return setText(textMember(topology, step.path), step);
  // A step without a path removes the part itself.
  if (step.path.empty() && step.kind == FixStep::Kind::Remove) {
    if (!isThere(topology, step.target)) return notThere(step);
    if (removedTwin(topology, step.target)) return {};
    topology = removeParts(topology, {step.target}, Heal::No).after;
    return {};
  }
  if (auto done = applyIn(topology.nodes, step)) return *done;
  if (auto done = applyIn(topology.topics, step)) return *done;
  if (auto done = applyIn(topology.groups, step)) return *done;
  if (auto done = applyIn(topology.edges, step)) {
    std::optional<topology::Edge> edge = topology::edgeOfId(step.target);
    if (edge && applyTo(*edge, step)) renameWire(topology, step.target, edgeId(*edge));
    return *done;
  }
  return configError("There is no '" + step.target + "' in the topology.");
}

}  // namespace weir::designer
