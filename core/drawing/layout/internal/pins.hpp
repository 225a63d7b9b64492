// Nodes that a layout does not move.
#pragma once

#include <vector>

#include "core/drawing/layout/layered_layout.hpp"

namespace weir::drawing::layout {

// Pinned nodes go to where they stand; what is in their way moves down, groups as a whole.
void respectPins(const LayoutInput& input, std::vector<Point>& places);

}  // namespace weir::drawing::layout
