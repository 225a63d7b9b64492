// Paints wires that are links: a tag at each end, and the wire while somebody looks at one of them.
#pragma once

#include <QPainter>

#include "designer/ui/canvas/paint/canvas_look.hpp"
#include "designer/ui/canvas/paint/node_texts.hpp"
#include "designer/ui/canvas/picture/placed_picture.hpp"
#include "designer/ui/theme/theme.hpp"

namespace weir::designer {

// In the painter's coordinates of the canvas. Wires and what leads to the tags lie below nodes, tags above them.
void paintLinkedWires(QPainter& painter, const Theme& theme, const PlacedPicture& placed, const CanvasLook& look);
void paintLinkTags(QPainter& painter, const Theme& theme, const PlacedPicture& placed, const QRectF& exposed,
                   const CanvasLook& look, Detail detail);

}  // namespace weir::designer
