// Paints what stands around and beside nodes: groups and comments.
#pragma once

#include "core/drawing/picture/picture.hpp"
#include "designer/ui/canvas/paint/canvas_look.hpp"
#include "designer/ui/canvas/paint/node_texts.hpp"
#include "designer/ui/theme/theme.hpp"

class QPainter;

namespace weir::designer {

// In the painter's coordinates of the canvas.
void paintGroup(QPainter& painter, const Theme& theme, const drawing::GroupPicture& group, const CanvasLook& look,
                Detail detail);
void paintComment(QPainter& painter, const Theme& theme, const drawing::CommentPicture& comment, const CanvasLook& look,
                  Detail detail);

}  // namespace weir::designer
