#include "ui/canvas/paint/wire_painter.hpp"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>

#include "ui/theme/icons.hpp"

namespace weir::designer {

namespace {

using drawing::Badge;

QPen penOf(const Theme& theme, const PlacedWire& placed, const CanvasLook& look) {
  const Colors& c = theme.colors;
  const drawing::WirePicture& picture = *placed.picture;
  QPen pen(c.wire, wire::kIdle, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
  if (picture.aside) pen.setColor(c.warning);
  if (picture.badge == Badge::Warning) pen.setColor(c.warning);
  if (picture.badge == Badge::Error) pen.setColor(c.error);
  if (look.hovered == picture.id) pen.setColor(c.text);
  const bool chosen = look.selected.contains(picture.id) || look.target == picture.id;
  if (chosen) {
    pen.setColor(c.accent);
    pen.setWidthF(wire::kIdle + wire::kSelectedMore);
  }
  if (picture.aside) pen.setDashPattern({node::kDash / pen.widthF(), node::kDashGap / pen.widthF()});
  return pen;
}

void paintErrorMark(QPainter& painter, const Theme& theme, QPointF at) {
  QRectF rect(0, 0, icon::kSmall, icon::kSmall);
  rect.moveCenter(at);
  painter.setBrush(theme.colors.canvas);
  painter.setPen(Qt::NoPen);
  painter.drawEllipse(rect);
  painter.setBrush(Qt::NoBrush);
  paintIcon(painter, QStringLiteral("circle-x"), rect, theme.colors.error);
}

// From farther away: straight pieces without corners, which need no smoothing.
void paintThin(QPainter& painter, const Theme& theme, const PlacedPicture& placed, const std::vector<int>& wires,
               const CanvasLook& look) {
  painter.setRenderHint(QPainter::Antialiasing, false);
  for (const int number : wires) {
    const PlacedWire& wire = placed.wire(number);
    QPen pen = penOf(theme, wire, look);
    pen.setStyle(Qt::SolidLine);
    pen.setWidthF(pen.widthF() > wire::kIdle ? 2 : 1);
    pen.setCosmetic(true);
    painter.setPen(pen);
    painter.drawPolyline(wire.route.data(), static_cast<int>(wire.route.size()));
  }
}

}  // namespace

void paintWires(QPainter& painter, const Theme& theme, const PlacedPicture& placed, const std::vector<int>& wires,
                const CanvasLook& look, Detail detail) {
  painter.setBrush(Qt::NoBrush);
  if (detail != Detail::Full) return paintThin(painter, theme, placed, wires, look);
  painter.setRenderHint(QPainter::Antialiasing);
  // Wires of one port share a piece: their casings come first, so that none cuts another one where they part.
  std::vector<int> sorted = wires;
  const auto source = [&](int number) { return placed.wire(number).from; };
  std::stable_sort(sorted.begin(), sorted.end(), [&](int a, int b) { return source(a) < source(b); });
  for (auto first = sorted.begin(); first != sorted.end();) {
    const auto last = std::find_if(first, sorted.end(), [&](int number) { return source(number) != source(*first); });
    for (auto number = first; number != last; ++number) {
      const PlacedWire& wire = placed.wire(*number);
      const double width = penOf(theme, wire, look).widthF() + 2 * wire::kCasing;
      painter.strokePath(wire.path, QPen(theme.colors.canvas, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    }
    for (; first != last; ++first) {
      const PlacedWire& wire = placed.wire(*first);
      painter.strokePath(wire.path, penOf(theme, wire, look));
    }
  }
  for (const int number : wires) {
    const PlacedWire& wire = placed.wire(number);
    if (wire.picture->badge == Badge::Error) paintErrorMark(painter, theme, middleOf(wire.route));
  }
}

void paintPortName(QPainter& painter, const Theme& theme, const PortRef& port, QPointF at) {
  if (port.port.empty()) return;
  painter.save();
  painter.setFont(fontOf(FontRole::PortLabel));
  const QString name = QString::fromStdString(port.port);
  const QFontMetricsF metrics(painter.font());
  QRectF box(0, 0, metrics.horizontalAdvance(name) + 2 * space::kTiny, wire::kChipHeight);
  box.moveCenter(at + QPointF(0, -(port::kHitArea / 2.0 + space::kTiny)));
  if (port.output) {
    box.moveLeft(at.x() + space::kTiny);
  } else {
    box.moveRight(at.x() - space::kTiny);
  }
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme.colors.canvas);
  painter.drawRoundedRect(box, control::kRadius, control::kRadius);
  painter.setPen(theme.colors.text);
  painter.drawText(box, Qt::AlignCenter, name);
  painter.restore();
}

void paintDraftWire(QPainter& painter, const Theme& theme, QPointF from, QPointF to) {
  const double bend = std::max(std::abs(to.x() - from.x()) / 2, double{space::kHuge});
  QPainterPath path(from);
  path.cubicTo(from + QPointF(bend, 0), to - QPointF(bend, 0), to);
  QPen pen(theme.colors.accent, wire::kDraft, Qt::SolidLine, Qt::FlatCap);
  pen.setDashPattern({node::kDash / wire::kDraft, node::kDashGap / wire::kDraft});
  painter.setRenderHint(QPainter::Antialiasing);
  painter.strokePath(path, pen);
}

}  // namespace weir::designer
