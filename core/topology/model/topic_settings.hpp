// What may stand in an entry of "topics", in the order in which files write it.
#pragma once

#include <vector>

#include "core/catalog/manifest.hpp"

namespace weir::topology {

std::vector<catalog::ParamSpec> topicSettings();

}  // namespace weir::topology
