#include "designer/ui/canvas/paint/overview.hpp"

#include <QPainter>

#include "core/drawing/look/measures.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/picture/wire_ends.hpp"

namespace weir::designer {

void Overview::collect(const PlacedPicture& placed) {
  for (std::vector<QRectF>& boxes : boxes_) boxes.clear();
  groups_.clear();
  missing_.clear();
  lines_.clear();
  aside_.clear();
  errors_.clear();
  warnings_.clear();
  for (const int number : placed.nodes()) {
    const PlacedNode& node = placed.node(number);
    const drawing::NodePicture* const part = node.picture;
    if (node.hidden()) continue;
    (part->missing || part->idle ? missing_ : boxes_[static_cast<std::size_t>(part->kind)]).push_back(node.rect);
    if (part->badge == drawing::Badge::Error) errors_.push_back(node.rect.topRight());
    if (part->badge == drawing::Badge::Warning) warnings_.push_back(node.rect.topRight());
  }
  for (const int number : placed.wires()) {
    const PlacedWire& wire = placed.wire(number);
    const Route& route = wire.route;
    if (route.empty() && linkTag(placed, wire, true) == nullptr) continue;
    // A link has no line, only what is wrong with it.
    const QLineF line = route.empty() ? QLineF(*middleOfWire(placed, wire), *middleOfWire(placed, wire))
                                      : QLineF(route.front(), route.back());
    if (!route.empty()) (wire.picture->aside ? aside_ : lines_).push_back(line);
    if (wire.picture->badge == drawing::Badge::Error) errors_.push_back(line.center());
    if (wire.picture->badge == drawing::Badge::Warning) warnings_.push_back(line.center());
  }
  for (const drawing::GroupPicture& group : placed.picture().groups) {
    if (!group.hidden) groups_.push_back(toQt(group.bounds));
  }
  outdated_ = false;
}

void Overview::paintBoxes(QPainter& painter, const Theme& theme, const PlacedPicture& placed) {
  if (outdated_) collect(placed);
  const Colors& c = theme.colors;
  const auto fill = [&](const std::vector<QRectF>& rects, const QColor& color) {
    painter.setBrush(color);
    painter.drawRects(rects.data(), static_cast<int>(rects.size()));
  };
  QPen frame(c.wire, 1);
  frame.setCosmetic(true);
  painter.setPen(frame);
  fill(groups_, Theme::faded(c.accent, c.hoverOpacity));
  painter.setPen(Qt::NoPen);
  for (std::size_t kind = 0; kind < drawing::kNodeKindCount; ++kind) fill(boxes_[kind], c.kinds[kind].fill);
  fill(missing_, c.control);
}

void Overview::paint(QPainter& painter, const Theme& theme, const PlacedPicture& placed, const CanvasLook& look) {
  if (outdated_) collect(placed);
  const Colors& c = theme.colors;
  painter.setRenderHint(QPainter::Antialiasing, false);
  QPen pen(c.wire, 1);
  pen.setCosmetic(true);
  painter.setPen(pen);
  painter.drawLines(lines_.data(), static_cast<int>(lines_.size()));
  pen.setColor(c.warning);
  pen.setDashPattern({drawing::kDash, drawing::kDashGap});
  painter.setPen(pen);
  painter.drawLines(aside_.data(), static_cast<int>(aside_.size()));
  paintBoxes(painter, theme, placed);

  painter.setBrush(Qt::NoBrush);
  QPen ring(c.accent, node::kSelectedBorder);
  ring.setCosmetic(true);
  painter.setPen(ring);
  for (const std::string& id : look.selected) {
    if (const PlacedNode* const node = placed.node(id)) painter.drawRect(node->rect);
  }
  if (const PlacedNode* const node = placed.node(look.current)) painter.drawRect(node->rect);
  const auto dots = [&](const std::vector<QPointF>& points, const QColor& color) {
    QPen dot(color, canvas::kOverviewDot, Qt::SolidLine, Qt::RoundCap);
    dot.setCosmetic(true);
    painter.setPen(dot);
    painter.drawPoints(points.data(), static_cast<int>(points.size()));
  };
  painter.setRenderHint(QPainter::Antialiasing);
  dots(warnings_, c.warning);
  dots(errors_, c.error);
}

}  // namespace weir::designer
