// Places on the grid that everything stands on.
#pragma once

#include <cmath>

#include "core/drawing/look/geometry.hpp"
#include "core/drawing/look/measures.hpp"

namespace weir::drawing {

// The nearest place.
inline double onGrid(double value) {
  return std::round(value / kGrid) * kGrid;
}
inline Point onGrid(Point point) {
  return {onGrid(point.x), onGrid(point.y)};
}
// The first place that is not before.
inline double onGridFrom(double value) {
  return std::ceil(value / kGrid) * kGrid;
}

}  // namespace weir::drawing
