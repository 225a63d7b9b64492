#include "designer/model/edits/parameter_names.hpp"

#include <algorithm>
#include <map>

#include "core/topology/model/references.hpp"
#include "designer/model/edits/texts.hpp"

namespace weir::designer {

namespace {

using Names = std::map<std::string, std::string>;

void collect(const json::Value& value, std::set<std::string>& names) {
  eachText(value, [&](const json::Value& text) {
    for (std::string& name : topology::parametersReferredTo(text.asText())) names.insert(std::move(name));
  });
}

void rename(json::Value& value, const Names& names) {
  eachText(value, [&](json::Value& text) {
    text = json::Value::text(topology::withParameters(text.asText(), names)).at(text.position());
  });
}

const topology::Parameter* parameter(const topology::Topology& topology, const std::string& name) {
  const auto found = std::find_if(topology.params.begin(), topology.params.end(),
                                  [&](const auto& one) { return one->name.value == name; });
  return found == topology.params.end() ? nullptr : &**found;
}

// Which of them it is does not depend on its note.
bool sameValue(const topology::Parameter& one, const topology::Parameter& other) {
  return one.type == other.type && one.hasDefault == other.hasDefault && one.defaultValue == other.defaultValue;
}

std::string freeName(const topology::Topology& topology, const topology::Topology& copied, const std::string& name) {
  for (int number = 2;; ++number) {
    std::string numbered = name + "_" + std::to_string(number);
    if (parameter(topology, numbered) == nullptr && parameter(copied, numbered) == nullptr) return numbered;
  }
}

}  // namespace

std::set<std::string> parametersOf(const topology::Topology& topology) {
  std::set<std::string> names;
  for (const auto& node : topology.nodes) collect(node->params, names);
  for (const auto& topic : topology.topics) collect(topic->settings, names);
  return names;
}

void takeParameters(topology::Topology& topology, topology::Topology& copied) {
  Names names;
  const std::set<std::string> used = parametersOf(copied);
  for (const auto& part : copied.params) {
    const std::string& name = part->name.value;
    if (!used.contains(name)) continue;
    const topology::Parameter* const there = parameter(topology, name);
    if (there != nullptr && sameValue(*there, *part)) continue;
    topology::Parameter fresh = *part;
    if (there != nullptr) {
      fresh.name.value = freeName(topology, copied, name);
      names.emplace(name, fresh.name.value);
    }
    topology.params.emplace_back(std::move(fresh));
  }
  if (names.empty()) return;
  for (auto& part : copied.nodes) {
    topology::Node node = *part;
    rename(node.params, names);
    if (node != *part) part = std::move(node);
  }
  for (auto& part : copied.topics) {
    topology::Topic topic = *part;
    rename(topic.settings, names);
    if (topic != *part) part = std::move(topic);
  }
}

}  // namespace weir::designer
