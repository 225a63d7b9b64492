// What of a typed graph does not run. It stays in it, so that its columns are known as far as they are.
#pragma once

#include "core/topology/graph/typed_graph.hpp"

namespace weir::topology {

// Marks it. Edges lead past nodes whose rows pass; none leads from what does not run to what does. Reports nodes that
// cannot be passed, and says of each disabled node what becomes of it.
void leaveOut(const Topology& topology, TypedGraph& graph, Problems& problems);
// Once columns have flowed: order and edges are those of what runs.
void keepRunning(TypedGraph& graph);

}  // namespace weir::topology
