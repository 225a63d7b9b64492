#include "core/topology/check/check.hpp"

#include <algorithm>
#include <unordered_map>

#include "core/topology/check/check_paths.hpp"
#include "core/topology/check/examine.hpp"
#include "core/topology/check/example_fixes.hpp"
#include "core/topology/graph/check_memory.hpp"

namespace weir::topology {

namespace {

void addPorts(const TypedNode& node, bool output, std::vector<PortSchema>& schemas) {
  const std::vector<std::optional<Schema>>& ports = output ? node.outputs : node.inputs;
  for (std::size_t port = 0; port < ports.size(); ++port) {
    std::string name;
    if (node.spec != nullptr) name = (output ? node.spec->outputs : node.spec->inputs)[port].name;
    schemas.push_back({node.id(), std::move(name), output, ports[port]});
  }
}

// Of nodes that use parts: the columns at the ends to which their ports lead.
void addPartPorts(const Expanded& expanded, const TypedGraph& graph, std::vector<PortSchema>& schemas) {
  std::unordered_map<std::string_view, const TypedNode*> nodes;
  for (const TypedNode& node : graph.nodes) nodes.emplace(node.id(), &node);
  for (const PartEnd& end : expanded.ends) {
    const std::size_t point = std::min(end.inside.find('.'), end.inside.size());
    const auto found = nodes.find(std::string_view(end.inside).substr(0, point));
    if (found == nodes.end()) continue;
    const TypedNode& node = *found->second;
    std::optional<std::size_t> port = 0;
    if (node.topic == nullptr) {
      const std::string_view name = std::string_view(end.inside).substr(std::min(point + 1, end.inside.size()));
      port = node.spec == nullptr ? std::nullopt : end.output ? node.spec->output(name) : node.spec->input(name);
    }
    if (!port) continue;
    schemas.push_back({end.user, end.port, end.output, (end.output ? node.outputs : node.inputs)[*port]});
  }
}

}  // namespace

CheckOutcome check(const Topology& topology, const catalog::Catalog& catalog, const SchemaDeriver& deriver,
                   CheckMemory* memory, const Surroundings& around) {
  CheckOutcome outcome;
  const References references(topology);
  const Examined examined = examine(topology, catalog, references, deriver, {}, around, outcome.problems, memory);
  if (memory != nullptr) memory->forgetOthers();
  offerExamples(examined.graph, catalog, outcome.problems);
  for (const TypedNode& node : examined.graph.nodes) {
    if (examined.expanded != nullptr && examined.expanded->origins.contains(node.id())) continue;
    addPorts(node, false, outcome.schemas);
    addPorts(node, true, outcome.schemas);
  }
  if (examined.expanded != nullptr) addPartPorts(*examined.expanded, examined.graph, outcome.schemas);
  return outcome;
}

Problems checkOutputs(const Topology& topology, const catalog::Catalog& catalog, const Surroundings& around) {
  Problems others;
  const References references(topology);
  Surroundings inside;  // what else there is has been judged, or is none of this
  inside.partsFrom = around.partsFrom.empty() ? around.file : around.partsFrom;
  inside.parts = around.parts;
  const Examined examined = examine(topology, catalog, references, {}, {}, inside, others);
  return checkOutputs(examined.graph, examined.cut, around);
}

}  // namespace weir::topology
