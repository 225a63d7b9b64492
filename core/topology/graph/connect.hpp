// The edges of a typed graph, whose nodes have been looked up.
#pragma once

#include "core/topology/graph/typed_graph.hpp"

namespace weir::topology {

void connectEdges(const Topology& topology, TypedGraph& graph, Problems& problems);
// Fills `order`, and names the nodes of a cycle.
void orderNodes(TypedGraph& graph, Problems& problems);
// Inputs without an edge, outputs that lead nowhere.
void checkConnections(const Topology& topology, const TypedGraph& graph, Problems& problems);

}  // namespace weir::topology
