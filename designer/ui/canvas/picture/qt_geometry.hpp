// Points and rectangles of a topology as those of Qt, and back.
#pragma once

#include <QPointF>
#include <QRectF>

#include "core/drawing/look/geometry.hpp"
#include "core/drawing/look/grid.hpp"

namespace weir::designer {

inline QPointF toQt(drawing::Point point) {
  return {point.x, point.y};
}
inline QRectF toQt(const drawing::Rect& rect) {
  return {rect.x, rect.y, rect.width, rect.height};
}
inline drawing::Point fromQt(QPointF point) {
  return {point.x(), point.y()};
}
inline drawing::Rect fromQt(const QRectF& rect) {
  return {rect.x(), rect.y(), rect.width(), rect.height()};
}
// The nearest place on the grid.
inline QPointF onGrid(QPointF point) {
  return toQt(drawing::onGrid(fromQt(point)));
}

}  // namespace weir::designer
