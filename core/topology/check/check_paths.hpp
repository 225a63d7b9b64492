// Files that a topology reads and writes: what writes over what, and what cannot keep its promise.
#pragma once

#include "core/topology/check/partitioning.hpp"
#include "core/topology/check/surroundings.hpp"

namespace weir::topology {

// `cut` is empty where the topology runs in a circle.
void checkPaths(const TypedGraph& graph, const Cut& cut, const Surroundings& around, Problems& problems);
// Of that, what the outputs of the command would write over.
Problems checkOutputs(const TypedGraph& graph, const Cut& cut, const Surroundings& around);

}  // namespace weir::topology
