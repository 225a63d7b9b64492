#include "topology/check.hpp"

#include "base/closest_name.hpp"
#include "topology/check_memory.hpp"
#include "topology/check_names.hpp"
#include "topology/partitioning.hpp"
#include "topology/problem_codes.hpp"
#include "topology/typed_graph.hpp"

namespace weir::topology {

namespace {

void checkGuarantee(const Text& guarantee, Reporter& reporter) {
  if (guarantee.empty() || guarantee.value == "exactly_once" || guarantee.value == "at_least_once") return;
  const std::optional<std::string> near = closestName(guarantee.value, {"exactly_once", "at_least_once"});
  Problem& problem = reporter.report(codes::kNotAChoice, guarantee.position, "",
                                     "\"guarantee\" is \"" + guarantee.value + "\", which is none of its choices.",
                                     "Choose one of: exactly_once, at_least_once.");
  if (near) problem.fix = changeTo(reporter.node(), "guarantee", *near);
}

void addPorts(const TypedNode& node, bool output, std::vector<PortSchema>& schemas) {
  const std::vector<std::optional<Schema>>& ports = output ? node.outputs : node.inputs;
  for (std::size_t port = 0; port < ports.size(); ++port) {
    std::string name;
    if (node.spec != nullptr) name = (output ? node.spec->outputs : node.spec->inputs)[port].name;
    schemas.push_back({node.id(), std::move(name), output, ports[port]});
  }
}

}  // namespace

void checkGuarantees(const Topology& topology, Problems& problems) {
  Reporter whole(problems, "", {});
  checkGuarantee(topology.guarantee, whole);
  for (const Part<Node>& node : topology.nodes) {
    Reporter reporter(problems, node->id.value, node->position);
    checkGuarantee(node->guarantee, reporter);
  }
}

CheckOutcome check(const Topology& topology, const catalog::Catalog& catalog, const SchemaDeriver& deriver,
                   CheckMemory* memory) {
  CheckOutcome outcome;
  const References references(topology);
  checkGuarantees(topology, outcome.problems);
  const TypedGraph graph = makeTypedGraph(topology, catalog, references, deriver, outcome.problems, memory);
  if (memory != nullptr) memory->forgetOthers();
  if (!graph.cyclic) cutGraph(topology, graph, {}, outcome.problems);
  for (const TypedNode& node : graph.nodes) {
    addPorts(node, false, outcome.schemas);
    addPorts(node, true, outcome.schemas);
  }
  return outcome;
}

}  // namespace weir::topology
