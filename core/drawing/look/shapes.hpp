// The outlines of what a picture consists of.
#pragma once

#include <vector>

#include "core/drawing/look/geometry.hpp"
#include "core/drawing/look/kinds.hpp"
#include "core/drawing/look/path.hpp"

namespace weir::drawing {

// Of a node with its corner at (0, 0). It runs in the middle of the border, which fills the size to its edges.
Path silhouette(NodeKind kind, Size size);
// Its coloured part at the left.
Path capSilhouette(NodeKind kind, Size size);
// A port's mark around (0, 0).
Path portShape(PortMark mark);
// The way of a wire, level and upright pieces, with round corners.
Path wireShape(const std::vector<Point>& way);
// Half of its length along a wire.
Point middleOf(const std::vector<Point>& way);

}  // namespace weir::drawing
