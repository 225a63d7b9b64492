#include "designer/ui/canvas/paint/node_card.hpp"

#include <QPainter>

#include "core/drawing/look/measures.hpp"
#include "core/drawing/look/node_areas.hpp"
#include "core/drawing/look/shapes.hpp"
#include "core/drawing/picture/badge_icons.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/picture/qt_path.hpp"
#include "designer/ui/theme/icons.hpp"

namespace weir::designer {

namespace {

using drawing::Badge;

drawing::Size sizeOf(const NodeCard& card) {
  return {card.size.width(), card.size.height()};
}

QPen borderOf(const Theme& theme, const NodeCard& card) {
  const Colors& c = theme.colors;
  if (card.selected) return {c.accent, node::kSelectedBorder};
  if (card.badge == Badge::Error) return {c.error, drawing::kStateBorder};
  if (card.badge == Badge::Warning) return {c.warning, drawing::kStateBorder};
  if (card.hovered) return {c.secondaryText, node::kHoverBorder};
  return {c.cardBorder, drawing::kBorder};
}

// A draft is dashed, and a node whose plugin is not there; whether it is selected or not.
QPen outlineOf(const Theme& theme, const NodeCard& card) {
  QPen pen = borderOf(theme, card);
  if (card.badge == Badge::Draft || card.badge == Badge::Missing) {
    if (!card.selected && !card.hovered) pen = QPen(theme.colors.control, drawing::kStateBorder);
    pen.setDashPattern({drawing::kDash / pen.widthF(), drawing::kDashGap / pen.widthF()});
    pen.setCapStyle(Qt::FlatCap);
  }
  return pen;
}

void paintHatch(QPainter& painter, const Theme& theme, const QPainterPath& shape) {
  painter.save();
  painter.setClipPath(shape);
  painter.setPen(QPen(theme.colors.hatch, drawing::kBorder));
  const QRectF area = shape.boundingRect();
  for (double x = area.left() - area.height(); x < area.right(); x += drawing::kHatchStep) {
    painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()));
  }
  painter.restore();
}

QString iconNameOf(Badge badge) {
  return QString::fromUtf8(drawing::iconOf(badge));
}

void paintBadge(QPainter& painter, const Theme& theme, const NodeCard& card) {
  if (card.badge == Badge::None) return;
  const Colors& c = theme.colors;
  const QColor color = card.badge == Badge::Error     ? c.error
                       : card.badge == Badge::Warning ? c.warning
                                                      : c.secondaryText;
  paintIcon(painter, iconNameOf(card.badge), toQt(drawing::badgeArea(card.kind, sizeOf(card))), color);
}

void strokeAround(QPainter& painter, const QPainterPath& shape, const QColor& color, double width) {
  painter.strokePath(shape, QPen(color, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
}

}  // namespace

void paintCard(QPainter& painter, const Theme& theme, const NodeCard& card) {
  const Colors& c = theme.colors;
  const QPainterPath shape = toQt(drawing::silhouette(card.kind, sizeOf(card)));
  const bool missing = card.badge == Badge::Missing;
  painter.setRenderHint(QPainter::Antialiasing);

  if (card.current) {
    const double ring = node::kHalo + node::kCurrentRing / 2.0;
    strokeAround(painter, shape, c.accent, 2 * ring + node::kCurrentRing);
    strokeAround(painter, shape, c.canvas, 2 * ring - node::kCurrentRing);
  }
  if (card.selected) {
    QPainterPathStroker stroker(
        QPen(c.accent, 2 * node::kHalo + node::kSelectedBorder, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    painter.fillPath(stroker.createStroke(shape).subtracted(shape), Theme::faded(c.accent, c.haloOpacity));
  }
  if (c.shadowOpacity > 0) {
    painter.fillPath(shape.translated(0, drawing::kShadowOffset), Theme::faded(c.shadow, c.shadowOpacity));
  }
  if (card.kind == NodeKind::Stateful) {
    const QPainterPath behind = shape.translated(drawing::kSecondCard, drawing::kSecondCard);
    painter.fillPath(behind, c.card);
    painter.strokePath(behind, QPen(c.cardBorder, drawing::kBorder));
  }
  painter.fillPath(shape, c.card);
  if (missing) paintHatch(painter, theme, shape);
  const QPainterPath cap = toQt(drawing::capSilhouette(card.kind, sizeOf(card)));
  const KindColors& colors = c.of(card.kind);
  painter.fillPath(cap, missing ? c.control : colors.fill);
  painter.strokePath(shape, outlineOf(theme, card));

  QRectF icon(0, 0, drawing::kNodeIcon, drawing::kNodeIcon);
  icon.moveCenter({drawing::kCapWidth / 2.0, card.size.height() / 2});
  paintIcon(painter, missing ? iconNameOf(Badge::Missing) : iconNameFor(card.kind, card.icon), icon,
            missing ? c.card : colors.ink);
  paintBadge(painter, theme, card);
}

}  // namespace weir::designer
