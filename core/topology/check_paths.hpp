// Files that a drawing reads and writes: what writes over what, and what cannot keep its promise.
#pragma once

#include "topology/partitioning.hpp"
#include "topology/surroundings.hpp"

namespace weir::topology {

// `cut` is empty where the drawing runs in a circle.
void checkPaths(const TypedGraph& graph, const Cut& cut, const Surroundings& around, Problems& problems);
// Of that, what the outputs of the command would write over.
Problems checkOutputs(const TypedGraph& graph, const Cut& cut, const Surroundings& around);

}  // namespace weir::topology
