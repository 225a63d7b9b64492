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
double lengthOf(const Route& route);
// How far from its beginning a route is nearest to a point.
double lengthTo(const Route& route, QPointF point);
// Where it is after a length.
QPointF pointAt(const Route& route, double length);
// The middle of its length.
QPointF middleOf(const Route& route);

}  // namespace weir::designer
