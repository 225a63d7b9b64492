// What is wrong with the groups of a topology.
#pragma once

#include "core/topology/graph/typed_graph.hpp"

namespace weir::topology {

// Members that are not there, are in two groups, or would put a group into itself.
void checkGroups(const Topology& topology, const TypedGraph& graph, Problems& problems);

}  // namespace weir::topology
