// The first steps of a typed graph: operators, parameters, edges, order. The schemas come after.
#pragma once

#include "core/topology/graph/typed_graph.hpp"

namespace weir::topology {

void lookUpNodes(const Topology& topology, const catalog::Catalog& catalog, const References& references,
                 TypedGraph& graph, Problems& problems);
void connectEdges(const Topology& topology, TypedGraph& graph, Problems& problems);
// Fills `order`, and names the nodes of a cycle.
void orderNodes(TypedGraph& graph, Problems& problems);
// Marks topics that hold tables, and reports edges that bring a table to who takes streams only.
void flowTables(TypedGraph& graph, Problems& problems);
// Inputs without an edge, outputs that lead nowhere, groups with unknown members.
void checkConnections(const Topology& topology, const TypedGraph& graph, Problems& problems);

}  // namespace weir::topology
