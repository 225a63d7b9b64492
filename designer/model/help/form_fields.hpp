// Fields that no manifest declares: of nodes, groups and the topology itself.
#pragma once

#include <vector>

#include "designer/model/help/form.hpp"

namespace weir::designer {

// The note and the guarantee of a node, and the ids that it had.
std::vector<FormField> aboutFields(const topology::Node& node);

}  // namespace weir::designer
