#include "core/topology/graph/look_up_nodes.hpp"

#include <map>

#include "core/base/closest_name.hpp"
#include "core/topology/graph/plugin_functions.hpp"
#include "core/topology/model/nul_text.hpp"
#include "core/topology/model/problem_codes.hpp"
#include "core/topology/model/topic_names.hpp"
#include "core/topology/model/topic_settings.hpp"

namespace weir::topology {

namespace {

using catalog::Catalog;
using catalog::CatalogEntry;
using catalog::OperatorKind;
using catalog::OperatorSpec;

std::string joined(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words) out += (out.empty() ? "" : ", ") + std::string(word);
  return out;
}

void reportUnknownPlugin(const Node& node, const std::string& plugin, const std::string& rest, const Catalog& catalog,
                         Reporter& reporter) {
  std::vector<std::string_view> names;
  for (const CatalogEntry& entry : catalog.entries()) names.push_back(entry.manifest.plugin);
  Problem& problem = reporter.report(codes::kUnknownPlugin, node.use.position, "",
                                     catalog.refusedAs(plugin) != nullptr
                                         ? "The plugin \"" + plugin + "\" was refused."
                                         : "There is no plugin \"" + plugin + "\"." + didYouMean(plugin, names),
                                     catalog.whyMissing(plugin));
  if (const std::optional<std::string> near = closestName(plugin, names)) {
    problem.fix = changeTo(node.id.value, "use", *near + (rest.empty() ? "" : "." + rest));
  }
}

void reportUnknownOperator(const Node& node, const CatalogEntry& entry, const std::string& name, Reporter& reporter) {
  std::vector<std::string_view> names;
  for (const OperatorSpec& spec : entry.manifest.operators) {
    if (!catalog::isPure(spec.kind)) names.push_back(spec.id);
  }
  const std::string& plugin = entry.manifest.plugin;
  Problem& problem = reporter.report(
      codes::kUnknownOperator, node.use.position, "",
      name.empty() ? "\"" + node.use.value + "\" names a plugin, but not which of its operators."
                   : "The plugin \"" + plugin + "\" has no operator \"" + name + "\"." + didYouMean(name, names),
      names.empty() ? "It has no operators." : "It has: " + joined(names) + ".");
  const std::optional<std::string> near =
      names.size() == 1 ? std::optional<std::string>(std::string(names[0])) : closestName(name, names);
  if (near) problem.fix = changeTo(node.id.value, "use", plugin + "." + *near);
}

// What is wrong with a part is told by whoever reads its file.
const OperatorSpec* findPart(const std::string& use, const Catalog& catalog, const catalog::PartOperators* parts) {
  if (parts == nullptr) return catalog.find(use);
  const auto found = parts->find(use);
  return found == parts->end() ? nullptr : &found->second;
}

const OperatorSpec* findOperator(const Node& node, const Catalog& catalog, const catalog::PartOperators* parts,
                                 Reporter& reporter) {
  if (node.use.empty()) return nullptr;  // the reader has said so
  if (catalog::isPartUse(node.use.value)) return findPart(node.use.value, catalog, parts);
  const std::string use = withoutNul(node.use.value);
  const std::size_t point = use.find('.');
  const std::string plugin = use.substr(0, point);
  const std::string name = point == std::string::npos ? "" : use.substr(point + 1);
  const CatalogEntry* const entry = catalog.plugin(plugin);
  if (entry == nullptr) {
    reportUnknownPlugin(node, plugin, name, catalog, reporter);
    return nullptr;
  }
  const OperatorSpec* const spec = entry->manifest.find(name);
  if (spec == nullptr) {
    reportUnknownOperator(node, *entry, name, reporter);
    return nullptr;
  }
  if (spec->kind == OperatorKind::Format) {
    reporter.report(codes::kNotANode, node.use.position, "", "\"" + node.use.value + "\" is a format, not a node.",
                    "Name it in the parameter \"format\" of a source or sink.");
    return nullptr;
  }
  if (!catalog::isNode(spec->kind)) {
    const bool function = spec->kind == OperatorKind::Function;
    reporter.report(
        codes::kNotANode, node.use.position, "",
        "\"" + node.use.value + "\" is " + (function ? "a function" : "an aggregate") + ", not a node.",
        function ? "Call it in an expression: " + node.use.value + "(...)." : std::string(kAggregateUse) + ".");
    return nullptr;
  }
  return spec;
}

TypedNode typedNode(const Node& node, const Catalog& catalog, const catalog::PartOperators* parts,
                    const Normaliser& normaliser, Problems& problems) {
  TypedNode out;
  out.node = &node;
  Problems unsaid;  // a disabled node may be unfinished
  Reporter reporter(out.disabled() ? unsaid : problems, node.id.value, node.position);
  out.spec = findOperator(node, catalog, parts, reporter);
  if (out.spec == nullptr) return out;
  if (!out.disabled()) out.normalised = normaliser.run(node.params, out.spec->params, reporter);
  out.inputs.resize(out.spec->inputs.size());
  out.outputs.resize(out.spec->outputs.size());
  out.incoming.resize(out.spec->inputs.size());
  out.outgoing.resize(out.spec->outputs.size());
  out.open.resize(out.spec->inputs.size());
  return out;
}

TypedNode typedTopic(const Topic& topic, const std::vector<catalog::ParamSpec>& settings, const Normaliser& normaliser,
                     Problems& problems) {
  TypedNode out;
  out.topic = &topic;
  Reporter reporter(problems, topic.id.value, topic.position, "");
  out.normalised = normaliser.run(topic.settings, settings, reporter);
  out.inputs.resize(1);
  out.outputs.resize(1);
  out.incoming.resize(1);
  out.outgoing.resize(1);
  out.open.resize(1);
  return out;
}

std::string withoutCase(std::string name) {
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return name;
}

void checkTopicNames(const TypedGraph& graph, Problems& problems) {
  // Names become folders, and some file systems take upper and lower case for the same.
  std::map<std::string, std::string> owners;
  for (const TypedNode& node : graph.nodes) {
    if (node.topic == nullptr) continue;
    const json::Value* const name = node.param("topic");
    if (isReported(node.normalised, "topic") || holdsReference(node.normalised, name)) continue;
    const std::string text = name != nullptr ? name->asText() : node.id();
    Reporter reporter(problems, node.id(), node.position(), "");
    if (const std::optional<std::string> reason = whyNoTopicName(text)) {
      reporter.report(codes::kTopicName, name == nullptr ? json::Position{} : name->position(), "topic",
                      "The name of the topic, " + json::quote(text) + ", " + *reason + ".",
                      "Give it a name of letters, digits, '.', '_' and '-'.");
      continue;
    }
    const auto [first, fresh] = owners.emplace(withoutCase(text), node.id());
    if (fresh) continue;
    reporter.report(
        codes::kTopicNameTwice, name == nullptr ? json::Position{} : name->position(), "topic",
        "The topics \"" + first->second + "\" and \"" + node.id() + "\" have one name in the log: \"" + text + "\".",
        "Give one of them another name, or draw both edges to one topic.");
  }
}

}  // namespace

void lookUpNodes(const Topology& topology, const Catalog& catalog, const References& references, TypedGraph& graph,
                 Problems& problems, const catalog::PartOperators* parts) {
  const Normaliser normaliser(references, catalog);
  graph.nodes.reserve(topology.nodes.size() + topology.topics.size());
  for (const Part<Node>& node : topology.nodes) {
    graph.nodes.push_back(typedNode(*node, catalog, parts, normaliser, problems));
  }
  const std::vector<catalog::ParamSpec> settings = topicSettings();
  for (const Part<Topic>& topic : topology.topics) {
    graph.nodes.push_back(typedTopic(*topic, settings, normaliser, problems));
  }
  checkTopicNames(graph, problems);
}

}  // namespace weir::topology
