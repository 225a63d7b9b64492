// Where the parts stand that a selection moves.
#pragma once

#include "designer/model/edits/edits.hpp"
#include "designer/ui/canvas/picture/placed_picture.hpp"

namespace weir::designer {

// Of nodes, members of groups, and comments.
Positions positionsOf(const PlacedPicture& placed, const Selection& ids);

}  // namespace weir::designer
