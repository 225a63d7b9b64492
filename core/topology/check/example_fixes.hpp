// Quick fixes that fill a parameter with an example that holds where the node stands.
#pragma once

#include "core/topology/graph/typed_graph.hpp"
#include "core/topology/model/problem.hpp"

namespace weir::topology {

// What a manifest gives as an example knows nothing of the topology: here it names columns that come in, and no file
// that another node writes. Where none can be made, none is offered.
void offerExamples(const TypedGraph& graph, const catalog::Catalog& catalog, Problems& problems);

}  // namespace weir::topology
