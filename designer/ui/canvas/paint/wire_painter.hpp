// Paints wires: with a casing where they cross, dashed aside, and as plain lines from farther away.
#pragma once

#include <vector>

#include "ui/canvas/paint/canvas_look.hpp"
#include "ui/canvas/paint/node_texts.hpp"
#include "ui/canvas/picture/placed_picture.hpp"
#include "ui/theme/theme.hpp"

class QPainter;

namespace weir::designer {

// In the painter's coordinates of the canvas.
void paintWires(QPainter& painter, const Theme& theme, const PlacedPicture& placed, const std::vector<int>& wires,
                const CanvasLook& look, Detail detail);

// The name of a port, outside of its node; `at` is the port.
void paintPortName(QPainter& painter, const Theme& theme, const PortRef& port, QPointF at);

// The wire that is being drawn.
void paintDraftWire(QPainter& painter, const Theme& theme, QPointF from, QPointF to);

}  // namespace weir::designer
