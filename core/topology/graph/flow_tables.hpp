// Which edges of a typed graph carry tables. A topic between two nodes changes nothing about that.
#pragma once

#include "core/topology/graph/typed_graph.hpp"

namespace weir::topology {

// Marks topics that hold tables, and reports edges that bring a table to who takes streams only.
void flowTables(TypedGraph& graph, Problems& problems);

}  // namespace weir::topology
