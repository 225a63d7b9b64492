// What is where in a placed picture.
#include <QLineF>
#include <algorithm>

#include "core/drawing/look/measures.hpp"
#include "designer/ui/canvas/picture/placed_picture.hpp"
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

const PlacedNode* PlacedPicture::node(std::string_view id) const {
  const auto found = nodeNumbers_.find(std::string(id));
  return found == nodeNumbers_.end() ? nullptr : &node(found->second);
}

const PlacedWire* PlacedPicture::wire(std::string_view id) const {
  const auto found = wireNumbers_.find(std::string(id));
  return found == wireNumbers_.end() ? nullptr : &wire(found->second);
}

std::vector<int> PlacedPicture::nodesIn(const QRectF& rect) const {
  std::vector<int> found = nodeGrid_.near(fromQt(rect));
  std::erase_if(found, [&](int number) { return node(number).hidden() || !node(number).rect.intersects(rect); });
  std::sort(found.begin(), found.end(), [&](int a, int b) { return node(a).position < node(b).position; });
  return found;
}

std::vector<int> PlacedPicture::wiresIn(const QRectF& rect) const {
  std::vector<int> found = wireGrid_.near(fromQt(rect));
  std::erase_if(found, [&](int number) { return !wire(number).bounds.intersects(rect); });
  std::sort(found.begin(), found.end(), [&](int a, int b) { return wire(a).position < wire(b).position; });
  return found;
}

QRectF PlacedPicture::bounds() const {
  return toQt(picture_.bounds());
}

const drawing::NodePicture* PlacedPicture::nodeAt(QPointF point) const {
  const std::vector<int> near = nodesIn(around(point, 1));
  const auto top =
      std::find_if(near.rbegin(), near.rend(), [&](int number) { return node(number).rect.contains(point); });
  return top == near.rend() ? nullptr : node(*top).picture;
}

const drawing::WirePicture* PlacedPicture::wireAt(QPointF point) const {
  const drawing::WirePicture* best = nullptr;
  double least = wire::kHitWidth / 2.0;
  for (const int number : wiresIn(around(point, wire::kHitWidth))) {
    const double distance = distanceTo(wire(number).route, point);
    if (distance > least) continue;
    least = distance;
    best = wire(number).picture;
  }
  return best;
}

const drawing::CommentPicture* PlacedPicture::commentAt(QPointF point) const {
  const auto& all = picture_.comments;
  const auto top = std::find_if(all.rbegin(), all.rend(), [&](const drawing::CommentPicture& comment) {
    return comment.bounds.contains(fromQt(point));
  });
  return top == all.rend() ? nullptr : &*top;
}

const drawing::GroupPicture* PlacedPicture::groupAt(QPointF point) const {
  const auto& all = picture_.groups;
  const auto top = std::find_if(all.rbegin(), all.rend(), [&](const drawing::GroupPicture& group) {
    const QRectF bounds = toQt(group.bounds);
    if (!bounds.contains(point)) return false;
    const double frame = space::kSmall;
    const bool inside = bounds.adjusted(frame, frame, -frame, -frame).contains(point);
    return group.collapsed || titleOf(group).contains(point) || !inside;
  });
  return top == all.rend() ? nullptr : &*top;
}

const drawing::GroupPicture* PlacedPicture::triangleAt(QPointF point) const {
  const drawing::GroupPicture* const group = groupAt(point);
  return group != nullptr && triangleOf(*group).contains(point) ? group : nullptr;
}

std::optional<PortRef> PlacedPicture::portAt(QPointF point) const {
  std::optional<PortRef> best;
  double least = port::kHitArea / 2.0;
  for (const int number : nodesIn(around(point, 2 * port::kHitArea))) {
    const drawing::NodePicture& picture = *node(number).picture;
    for (const drawing::PortPicture& port : picture.ports) {
      const QPointF away = toQt(picture.portPoint(port)) - point;
      const double distance = std::max(std::abs(away.x()), std::abs(away.y()));
      if (distance > least) continue;
      least = distance;
      best = PortRef{picture.id, port.name, port.output};
    }
  }
  return best;
}

QPointF PlacedPicture::pointOf(const PortRef& port) const {
  const PlacedNode* const found = node(port.node);
  if (found == nullptr) return {};
  const drawing::PortPicture* const picture = found->picture->port(port.port, port.output);
  return picture == nullptr ? found->rect.center() : toQt(found->picture->portPoint(*picture));
}

std::string PlacedPicture::idAt(QPointF point) const {
  if (const drawing::NodePicture* const node = nodeAt(point)) return node->id;
  if (const drawing::CommentPicture* const comment = commentAt(point)) return comment->id;
  if (const drawing::WirePicture* const wire = wireAt(point)) return wire->id;
  if (const drawing::GroupPicture* const group = groupAt(point)) return group->id;
  return {};
}

std::optional<QRectF> PlacedPicture::rectOf(std::string_view id) const {
  if (const PlacedNode* const found = node(id)) return found->hidden() ? found->hidingBox : found->rect;
  for (const drawing::GroupPicture& group : picture_.groups) {
    if (group.id == id) return toQt(group.bounds);
  }
  for (const drawing::CommentPicture& comment : picture_.comments) {
    if (comment.id == id) return toQt(comment.bounds);
  }
  if (const PlacedWire* const found = wire(id); found != nullptr && !found->route.empty()) return found->bounds;
  return std::nullopt;
}

}  // namespace weir::designer
