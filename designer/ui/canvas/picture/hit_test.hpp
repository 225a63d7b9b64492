// What is under a point of a placed picture. Null, nothing or empty: nothing is.
#pragma once

#include <QPointF>
#include <optional>
#include <string>

#include "designer/ui/canvas/picture/placed_picture.hpp"

namespace weir::designer {

const drawing::NodePicture* nodeAt(const PlacedPicture& placed, QPointF point);
const drawing::WirePicture* wireAt(const PlacedPicture& placed, QPointF point);
const drawing::LinkTag* linkTagAt(const PlacedPicture& placed, QPointF point);
const drawing::CommentPicture* commentAt(const PlacedPicture& placed, QPointF point);
// One whose right edge is there, with no node above it.
const drawing::CommentPicture* commentEdgeAt(const PlacedPicture& placed, QPointF point);
// Its frame or title; collapsed: its box.
const drawing::GroupPicture* groupAt(const PlacedPicture& placed, QPointF point);
// The title's triangle, or that of the box.
const drawing::GroupPicture* triangleAt(const PlacedPicture& placed, QPointF point);
std::optional<PortRef> portAt(const PlacedPicture& placed, QPointF point);
// The id of whatever is there, ports not counted.
std::string idAt(const PlacedPicture& placed, QPointF point);

// What collapses or expands a group: in its title, or in its box.
QRectF triangleOf(const drawing::GroupPicture& group);

}  // namespace weir::designer
