// Paints the handles of the wire that is selected.
#pragma once

#include <QPainter>

#include "designer/ui/canvas/paint/canvas_look.hpp"
#include "designer/ui/canvas/picture/placed_picture.hpp"
#include "designer/ui/theme/theme.hpp"

namespace weir::designer {

// In the painter's coordinates of the canvas; handles do not become smaller than they are at 100 %.
void paintBends(QPainter& painter, const Theme& theme, const PlacedPicture& placed, const CanvasLook& look);

}  // namespace weir::designer
