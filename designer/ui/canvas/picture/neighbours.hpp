// Where arrow keys lead from a part.
#pragma once

#include <QPointF>
#include <optional>
#include <string>

#include "designer/ui/canvas/picture/placed_picture.hpp"

namespace weir::designer {

// The nearest node, comment or title of a group in a direction, a step of one; with an empty `from` the one nearest to
// `start`. Empty: none.
std::string nearestPart(const PlacedPicture& placed, const std::string& from, QPointF start, QPoint direction);

// From a node to a wire that leads to it (left) or away (right); from a wire to its ends, and up and down to the other
// wires of these. Empty: none.
std::string alongWires(const PlacedPicture& placed, const std::string& from, QPoint direction);

// What to look at when a part becomes the current one: a long wire's middle, a group's title.
std::optional<QRectF> handleOf(const PlacedPicture& placed, const std::string& id);

}  // namespace weir::designer
