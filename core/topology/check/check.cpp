#include "core/topology/check/check.hpp"

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

}  // namespace

CheckOutcome check(const Topology& topology, const catalog::Catalog& catalog, const SchemaDeriver& deriver,
                   CheckMemory* memory, const Surroundings& around) {
  CheckOutcome outcome;
  const References references(topology);
  const Examined examined = examine(topology, catalog, references, deriver, {}, around, outcome.problems, memory);
  if (memory != nullptr) memory->forgetOthers();
  offerExamples(examined.graph, catalog, outcome.problems);
  for (const TypedNode& node : examined.graph.nodes) {
    addPorts(node, false, outcome.schemas);
    addPorts(node, true, outcome.schemas);
  }
  return outcome;
}

Problems checkOutputs(const Topology& topology, const catalog::Catalog& catalog, const Surroundings& around) {
  Problems others;
  const References references(topology);
  const Examined examined = examine(topology, catalog, references, {}, {}, {}, others);
  return checkOutputs(examined.graph, examined.cut, around);
}

}  // namespace weir::topology
