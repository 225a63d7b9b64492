// The way of a wire over the canvas.
#pragma once

#include <QPainterPath>
#include <QPointF>
#include <vector>

namespace weir::designer {

using Route = std::vector<QPointF>;

// With round corners.
QPainterPath pathOf(const Route& route);
double distanceTo(const Route& route, QPointF point);
// The middle of its length.
QPointF middleOf(const Route& route);

}  // namespace weir::designer
