#include "designer/ui/canvas/picture/hit_test.hpp"

#include <QLineF>
#include <algorithm>

#include "core/drawing/look/measures.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/theme/tokens.h"

namespace weir::designer {

namespace {

QRectF around(QPointF point, double side) {
  return {point.x() - side / 2, point.y() - side / 2, side, side};
}

QRectF titleOf(const drawing::GroupPicture& group) {
  return {group.bounds.x, group.bounds.y, group.bounds.width, drawing::kGroupTop - drawing::kGrid};
}

}  // namespace

QRectF triangleOf(const drawing::GroupPicture& group) {
  return {group.bounds.x + space::kTiny, group.bounds.y + space::kTiny, space::kHuge, space::kHuge};
}

const drawing::NodePicture* nodeAt(const PlacedPicture& placed, QPointF point) {
  const std::vector<int> near = placed.nodesIn(around(point, 1));
  const auto top =
      std::find_if(near.rbegin(), near.rend(), [&](int number) { return placed.node(number).rect.contains(point); });
  return top == near.rend() ? nullptr : placed.node(*top).picture;
}

const drawing::WirePicture* wireAt(const PlacedPicture& placed, QPointF point) {
  const drawing::WirePicture* best = nullptr;
  double least = wire::kHitWidth / 2.0;
  for (const int number : placed.wiresIn(around(point, wire::kHitWidth))) {
    const double distance = distanceTo(placed.wire(number).route, point);
    if (distance > least) continue;
    least = distance;
    best = placed.wire(number).picture;
  }
  return best;
}

const drawing::LinkTag* linkTagAt(const PlacedPicture& placed, QPointF point) {
  const auto& all = placed.picture().links;
  const auto top = std::find_if(all.rbegin(), all.rend(),
                                [&](const drawing::LinkTag& tag) { return tag.bounds.contains(fromQt(point)); });
  return top == all.rend() ? nullptr : &*top;
}

const drawing::CommentPicture* commentAt(const PlacedPicture& placed, QPointF point) {
  const auto& all = placed.picture().comments;
  const auto top = std::find_if(all.rbegin(), all.rend(), [&](const drawing::CommentPicture& comment) {
    return comment.bounds.contains(fromQt(point));
  });
  return top == all.rend() ? nullptr : &*top;
}

const drawing::CommentPicture* commentEdgeAt(const PlacedPicture& placed, QPointF point) {
  if (nodeAt(placed, point) != nullptr) return nullptr;
  const auto& all = placed.picture().comments;
  const auto top = std::find_if(all.rbegin(), all.rend(), [&](const drawing::CommentPicture& comment) {
    const bool beside = point.y() >= comment.bounds.y && point.y() <= comment.bounds.bottom();
    return beside && std::abs(point.x() - comment.bounds.right()) <= space::kTiny;
  });
  return top == all.rend() ? nullptr : &*top;
}

const drawing::GroupPicture* groupAt(const PlacedPicture& placed, QPointF point) {
  const auto& all = placed.picture().groups;
  const auto top = std::find_if(all.rbegin(), all.rend(), [&](const drawing::GroupPicture& group) {
    const QRectF bounds = toQt(group.bounds);
    if (group.hidden || !bounds.contains(point)) return false;
    const double frame = space::kSmall;
    const bool inside = bounds.adjusted(frame, frame, -frame, -frame).contains(point);
    return group.collapsed || titleOf(group).contains(point) || !inside;
  });
  return top == all.rend() ? nullptr : &*top;
}

const drawing::GroupPicture* triangleAt(const PlacedPicture& placed, QPointF point) {
  const drawing::GroupPicture* const group = groupAt(placed, point);
  return group != nullptr && triangleOf(*group).contains(point) ? group : nullptr;
}

std::optional<PortRef> portAt(const PlacedPicture& placed, QPointF point) {
  std::optional<PortRef> best;
  double least = port::kHitArea / 2.0;
  const auto consider = [&](drawing::Point at, const drawing::NodePicture& node, const auto& port) {
    const QPointF away = toQt(at) - point;
    const double distance = std::max(std::abs(away.x()), std::abs(away.y()));
    if (distance > least) return;
    least = distance;
    best = PortRef{node.id, port.name, port.output};
  };
  for (const int number : placed.nodesIn(around(point, 2 * port::kHitArea))) {
    const drawing::NodePicture& picture = *placed.node(number).picture;
    for (const drawing::PortPicture& port : picture.ports) consider(picture.portPoint(port), picture, port);
  }
  for (const drawing::GroupPicture& group : placed.picture().groups) {
    for (const drawing::BorderPort& port : group.ports) {
      consider(group.portPoint(&port, port.output), *placed.picture().nodes[port.node], port);
    }
  }
  return best;
}

std::string idAt(const PlacedPicture& placed, QPointF point) {
  if (const drawing::LinkTag* const tag = linkTagAt(placed, point)) return placed.picture().wires[tag->wire]->id;
  if (const drawing::NodePicture* const node = nodeAt(placed, point)) return node->id;
  if (const drawing::CommentPicture* const comment = commentAt(placed, point)) return comment->id;
  if (const drawing::WirePicture* const wire = wireAt(placed, point)) return wire->id;
  if (const drawing::GroupPicture* const group = groupAt(placed, point)) return group->id;
  return {};
}

}  // namespace weir::designer
