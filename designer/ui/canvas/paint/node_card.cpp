#include "designer/ui/canvas/paint/node_card.hpp"

#include <QPainter>

#include "designer/ui/canvas/paint/node_shape.hpp"
#include "designer/ui/theme/icons.hpp"

namespace weir::designer {

namespace {

using drawing::Badge;

double textEnd(Kind kind) {
  const bool curved = kind == Kind::Sink || kind == Kind::Topic || kind == Kind::Window;
  return curved ? node::kTextEndCurved : node::kTextEnd;
}

QPen borderOf(const Theme& theme, const NodeCard& card) {
  const Colors& c = theme.colors;
  if (card.selected) return {c.accent, node::kSelectedBorder};
  if (card.badge == Badge::Error) return {c.error, node::kStateBorder};
  if (card.badge == Badge::Warning) return {c.warning, node::kStateBorder};
  if (card.hovered) return {c.secondaryText, node::kHoverBorder};
  return {c.cardBorder, node::kBorder};
}

// A draft is dashed, and a node whose plugin is not there; whether it is selected or not.
QPen outlineOf(const Theme& theme, const NodeCard& card) {
  QPen pen = borderOf(theme, card);
  if (card.badge == Badge::Draft || card.badge == Badge::Missing) {
    if (!card.selected && !card.hovered) pen = QPen(theme.colors.control, node::kStateBorder);
    pen.setDashPattern({node::kDash / pen.widthF(), node::kDashGap / pen.widthF()});
    pen.setCapStyle(Qt::FlatCap);
  }
  return pen;
}

void paintHatch(QPainter& painter, const Theme& theme, const QPainterPath& shape) {
  painter.save();
  painter.setClipPath(shape);
  painter.setPen(QPen(theme.colors.border, node::kBorder));
  const QRectF area = shape.boundingRect();
  for (double x = area.left() - area.height(); x < area.right(); x += space::kSmall) {
    painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()));
  }
  painter.restore();
}

void paintBadge(QPainter& painter, const Theme& theme, const NodeCard& card) {
  const Colors& c = theme.colors;
  const QRectF rect = badgeRect(card.kind, card.size);
  switch (card.badge) {
    case Badge::None: break;
    case Badge::Warning: paintIcon(painter, QStringLiteral("triangle-alert"), rect, c.warning); break;
    case Badge::Draft: paintIcon(painter, QStringLiteral("circle-question-mark"), rect, c.secondaryText); break;
    case Badge::Error: paintIcon(painter, QStringLiteral("circle-x"), rect, c.error); break;
    case Badge::Missing: paintIcon(painter, QStringLiteral("puzzle"), rect, c.secondaryText); break;
  }
}

void strokeAround(QPainter& painter, const QPainterPath& shape, const QColor& color, double width) {
  painter.strokePath(shape, QPen(color, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
}

}  // namespace

QRectF badgeRect(Kind kind, QSizeF size) {
  const double middle = (node::kNameTop + node::kNameBottom) / 2.0;
  return {size.width() - textEnd(kind) - node::kBadge, middle - node::kBadge / 2.0, node::kBadge, node::kBadge};
}

void paintCard(QPainter& painter, const Theme& theme, const NodeCard& card) {
  const Colors& c = theme.colors;
  const double half = node::kBorder / 2;
  const QRectF rect = QRectF(QPointF(), card.size).adjusted(half, half, -half, -half);
  const QPainterPath shape = silhouette(card.kind, rect);
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
    painter.fillPath(shape.translated(0, node::kShadowOffset), Theme::faded(c.shadow, c.shadowOpacity));
  }
  if (card.kind == Kind::Stateful) {
    const QPainterPath behind = shape.translated(node::kSecondCard, node::kSecondCard);
    painter.fillPath(behind, c.card);
    painter.strokePath(behind, QPen(c.cardBorder, node::kBorder));
  }
  painter.fillPath(shape, c.card);
  if (missing) paintHatch(painter, theme, shape);
  QPainterPath cap;
  cap.addRect(QRectF(0, 0, node::kCap, card.size.height()));
  const KindColors& colors = c.of(card.kind);
  painter.fillPath(shape.intersected(cap), missing ? c.control : colors.fill);
  painter.strokePath(shape, outlineOf(theme, card));

  QRectF icon(0, 0, node::kIcon, node::kIcon);
  icon.moveCenter({node::kCap / 2.0, card.size.height() / 2});
  paintIcon(painter, missing ? QStringLiteral("puzzle") : iconNameFor(card.kind, card.icon), icon,
            missing ? c.card : colors.ink);
  paintBadge(painter, theme, card);
}

}  // namespace weir::designer
