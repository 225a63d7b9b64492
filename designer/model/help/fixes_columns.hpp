// Quick fixes of expressions and column names: renaming downstream too, and missing conversions.
#pragma once

#include "designer/model/help/fix_parts.hpp"

namespace weir::designer {

void addColumnFixes(const topology::Problem& problem, const FixScene& scene, Fixes& fixes);

}  // namespace weir::designer
