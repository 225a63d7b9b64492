// Parameters that speak about columns: fields and expressions, held against the schemas they read.
#pragma once

#include "core/expr/plugin_functions.hpp"
#include "core/topology/graph/typed_graph.hpp"

namespace weir::topology {

// `schemas` are those in which a field may stand: the inputs, or a source's own. Nothing is said about a node one of
// whose inputs is not known. What is reported is noted in the node too, so that nothing is made of it.
void checkColumns(TypedNode& node, const std::vector<const Schema*>& schemas, const expr::Functions& functions,
                  Reporter& reporter);

}  // namespace weir::topology
