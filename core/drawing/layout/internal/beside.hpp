// Places for nodes that have none, in a picture where others do.
#pragma once

#include <vector>

#include "core/drawing/layout/layered_layout.hpp"

namespace weir::drawing::layout {

// What is `present` stays, pinned or not. The others come beside what they are connected with, or below everything; on
// top of nothing.
std::vector<Point> placeBeside(const LayoutInput& input);

// The nodes of a list, in its order, with the edges and groups among them.
LayoutInput among(const LayoutInput& input, const std::vector<std::size_t>& nodes);

}  // namespace weir::drawing::layout
