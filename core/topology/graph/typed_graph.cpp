#include "core/topology/graph/typed_graph.hpp"

#include "core/topology/graph/check_groups.hpp"
#include "core/topology/graph/connect.hpp"
#include "core/topology/graph/flow_tables.hpp"
#include "core/topology/graph/leave_out.hpp"
#include "core/topology/graph/look_up_nodes.hpp"
#include "core/topology/graph/plugin_functions.hpp"
#include "core/topology/graph/schema_flow.hpp"

namespace weir::topology {

TypedGraph makeTypedGraph(const Topology& topology, const catalog::Catalog& catalog, const References& references,
                          const SchemaDeriver& deriver, Problems& problems, CheckMemory* memory,
                          const catalog::PartOperators* parts) {
  TypedGraph graph;
  lookUpNodes(topology, catalog, references, graph, problems, parts);
  connectEdges(topology, graph, problems);
  leaveOut(topology, graph, problems);
  orderNodes(graph, problems);
  flowTables(graph, problems);
  checkConnections(topology, graph, problems);
  checkGroups(topology, graph, problems);
  const std::vector<expr::FunctionSignature> functions = functionsOf(catalog);
  flowSchemas(graph, deriver, checkedFunctions(functions, catalog), problems, memory);
  keepRunning(graph);
  return graph;
}

}  // namespace weir::topology
