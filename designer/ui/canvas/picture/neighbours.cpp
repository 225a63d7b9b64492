#include "designer/ui/canvas/picture/neighbours.hpp"

#include <cmath>
#include <limits>

#include "core/drawing/look/measures.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/picture/wire_ends.hpp"
#include "designer/ui/theme/tokens.h"

namespace weir::designer {

namespace {

struct Best {
  std::string id;
  double least = std::numeric_limits<double>::max();

  void take(const std::string& candidate, double score) {
    if (score >= least) return;
    least = score;
    id = candidate;
  }
};

// Of one that is shown.
QRectF handleOfGroup(const drawing::GroupPicture& group) {
  QRectF rect = toQt(group.bounds);
  if (group.collapsed) return rect;
  rect.setHeight(drawing::kGroupTop - drawing::kGrid);
  rect.setWidth(std::min<double>(rect.width(), drawing::kNodeWidth));
  return rect;
}

// What stands for a node: itself, or the collapsed group that it is in.
std::string shown(const PlacedPicture& placed, const std::string& id) {
  const PlacedNode* const node = placed.node(id);
  if (node == nullptr || !node->hidden()) return id;
  return placed.picture().groups[static_cast<std::size_t>(node->hidingGroup)].id;
}

}  // namespace

std::optional<QRectF> handleOf(const PlacedPicture& placed, const std::string& id) {
  if (const PlacedWire* const wire = placed.wire(id)) {
    const std::optional<QPointF> middle = middleOfWire(placed, *wire);
    if (!middle) return std::nullopt;
    QRectF rect(0, 0, wire::kHitWidth, wire::kHitWidth);
    rect.moveCenter(*middle);
    return rect;
  }
  for (const drawing::GroupPicture& group : placed.picture().groups) {
    if (group.id == id && !group.hidden) return handleOfGroup(group);
  }
  return placed.rectOf(id);
}

std::string nearestPart(const PlacedPicture& placed, const std::string& from, QPointF start, QPoint direction) {
  const QPointF along = direction;
  Best best;
  const auto consider = [&](const std::string& id, const QRectF& rect) {
    if (id == from) return;
    const QPointF way = rect.center() - start;
    if (from.empty()) return best.take(id, way.manhattanLength());
    const double ahead = QPointF::dotProduct(way, along);
    const double aside = std::abs(way.x() * along.y() - way.y() * along.x());
    if (ahead > 0 && aside <= 2 * ahead + drawing::kNodeHeight) best.take(id, ahead + 2 * aside);
  };
  for (const int number : placed.nodes()) {
    const PlacedNode& node = placed.node(number);
    if (!node.hidden()) consider(node.picture->id, node.rect);
  }
  for (const drawing::GroupPicture& group : placed.picture().groups) {
    if (!group.hidden) consider(group.id, handleOfGroup(group));
  }
  for (const drawing::CommentPicture& comment : placed.picture().comments) consider(comment.id, toQt(comment.bounds));
  return best.id;
}

std::string alongWires(const PlacedPicture& placed, const std::string& from, QPoint direction) {
  const PlacedWire* const wire = placed.wire(from);
  if (wire != nullptr && direction.x() != 0) {
    return shown(placed, direction.x() < 0 ? wire->picture->fromNode : wire->picture->toNode);
  }
  Best best;
  const QPointF start = wire != nullptr ? middleOfWire(placed, *wire).value_or(QPointF()) : QPointF();
  const auto consider = [&](int number) {
    const PlacedWire& other = placed.wire(number);
    const std::optional<QPointF> there = middleOfWire(placed, other);
    if (&other == wire || !there) return;
    const QPointF middle = *there;
    const double below = (middle.y() - start.y()) * direction.y();
    // Those at one height follow each other from left to right.
    const bool level = below == 0 && (middle.x() - start.x()) * direction.y() > 0;
    if (wire == nullptr) {
      const std::string& end = direction.x() < 0 ? other.picture->toNode : other.picture->fromNode;
      if (shown(placed, end) == from) best.take(other.picture->id, middle.y());
    } else if (below > 0 || level) {
      best.take(other.picture->id, below);
    }
  };
  const auto considerAll = [&](const PlacedNode* node) {
    if (node == nullptr) return;
    for (const int number : node->wires) consider(number);
  };
  if (wire == nullptr) {
    if (direction.x() == 0) return best.id;
    considerAll(placed.node(from));
    for (const drawing::GroupPicture& group : placed.picture().groups) {
      if (group.id != from || !group.boxed()) continue;
      for (const std::size_t node : group.nodes) considerAll(placed.node(placed.picture().nodes[node]->id));
    }
    return best.id;
  }
  considerAll(placed.node(wire->picture->fromNode));
  considerAll(placed.node(wire->picture->toNode));
  return best.id;
}

}  // namespace weir::designer
