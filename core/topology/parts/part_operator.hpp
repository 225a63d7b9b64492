// A part as an operator: what its ports and parameters say.
#pragma once

#include <string>

#include "core/catalog/manifest.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::topology {

// `inside`: the part with all parts in it in their places; its ports lead to nodes whose operators the catalog knows.
catalog::OperatorSpec partOperator(const Topology& part, const Topology& inside, const std::string& file,
                                   const catalog::Catalog& catalog);

}  // namespace weir::topology
