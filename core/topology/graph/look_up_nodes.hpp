// The first step of a typed graph: each node with its operator and its parameters.
#pragma once

#include "core/topology/graph/typed_graph.hpp"

namespace weir::topology {

void lookUpNodes(const Topology& topology, const catalog::Catalog& catalog, const References& references,
                 TypedGraph& graph, Problems& problems);

}  // namespace weir::topology
