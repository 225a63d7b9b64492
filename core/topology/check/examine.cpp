#include "core/topology/check/examine.hpp"

#include <set>

#include "core/base/closest_name.hpp"
#include "core/topology/check/check_paths.hpp"
#include "core/topology/model/problem_codes.hpp"

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

void checkGuarantees(const Topology& topology, Problems& problems) {
  Reporter whole(problems, "", {});
  checkGuarantee(topology.guarantee, whole);
  for (const Part<Node>& node : topology.nodes) {
    Reporter reporter(problems, node->id.value, node->position);
    checkGuarantee(node->guarantee, reporter);
  }
}

// What does not run may be unfinished, and miss what a disabled node would give it.
void forgetIdle(const TypedGraph& graph, Problems& problems) {
  std::set<std::string_view> idle;
  for (const TypedNode& node : graph.nodes) {
    if (node.idle) idle.insert(node.id());
  }
  std::erase_if(problems, [&](const Problem& problem) {
    const bool ofDisabling =
        problem.code == codes::kDisabled || problem.code == codes::kCannotPass || problem.code == codes::kNotAChoice;
    return !ofDisabling && idle.contains(problem.node);
  });
}

}  // namespace

Examined examine(const Topology& drawn, const catalog::Catalog& catalog, const References& references,
                 const SchemaDeriver& deriver, const PartitionOptions& partitions, const Surroundings& around,
                 Problems& problems, CheckMemory* memory) {
  Examined examined;
  const bool inPlace = usesParts(drawn) && around.parts;
  if (inPlace) {
    examined.expanded = std::make_unique<const Expanded>(
        expanded(drawn, catalog, references, around.parts, around.partsFrom.empty() ? around.file : around.partsFrom));
  }
  const Topology& topology = inPlace ? examined.expanded->topology : drawn;
  const References own = references.over(topology);
  checkGuarantees(topology, problems);
  examined.graph = makeTypedGraph(topology, catalog, own, deriver, problems, memory,
                                  inPlace ? &examined.expanded->operators : nullptr);
  if (!examined.graph.cyclic) examined.cut = cutGraph(topology, examined.graph, partitions, problems);
  checkPaths(examined.graph, examined.cut, around, problems);
  forgetIdle(examined.graph, problems);
  if (inPlace) {
    tellAsDrawn(drawn, *examined.expanded, problems);
    problems.insert(problems.end(), examined.expanded->problems.begin(), examined.expanded->problems.end());
  }
  return examined;
}

}  // namespace weir::topology
