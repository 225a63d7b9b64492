// Schemas along edges, and event time with them.
#pragma once

#include "core/expr/plugin_functions.hpp"
#include "core/topology/graph/typed_graph.hpp"

namespace weir::topology {

// Fills inputs, outputs and `timed` of every node in order, and reports what does not fit. `memory` may be null.
void flowSchemas(TypedGraph& graph, const SchemaDeriver& deriver, const expr::Functions& functions, Problems& problems,
                 CheckMemory* memory);

// What the operator of `node` gives for a stage, when that is known to its own derivation only.
Result<std::vector<Schema>> deriveStage(const TypedNode& node, const SchemaDeriver& deriver, weir_stage stage);

}  // namespace weir::topology
