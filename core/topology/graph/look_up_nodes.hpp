// The first step of a typed graph: each node with its operator and its parameters.
#pragma once

#include "core/topology/graph/typed_graph.hpp"

namespace weir::topology {

// `parts` may be null: then the catalog knows them, as far as it does.
void lookUpNodes(const Topology& topology, const catalog::Catalog& catalog, const References& references,
                 TypedGraph& graph, Problems& problems, const catalog::PartOperators* parts = nullptr);

}  // namespace weir::topology
