// Files that a drawing reads and writes: what writes over what, and what cannot keep its promise.
#pragma once

#include "topology/partitioning.hpp"
#include "topology/path_lookup.hpp"

namespace weir::topology {

// An empty lookup: paths are compared as they are written.
void checkPaths(const TypedGraph& graph, const Cut& cut, const PathLookup& lookup, Problems& problems);

}  // namespace weir::topology
