#include "designer/ui/canvas/paint/link_painter.hpp"

#include "core/drawing/look/measures.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/theme/fonts.hpp"

namespace weir::designer {

namespace {

using drawing::Badge;

bool isLookedAt(const drawing::WirePicture& wire, const CanvasLook& look) {
  return look.hovered == wire.id || look.selected.contains(wire.id) || look.current == wire.id;
}

QColor colorOfLink(const Theme& theme, const drawing::WirePicture& wire, const CanvasLook& look) {
  const Colors& c = theme.colors;
  if (look.selected.contains(wire.id) || look.target == wire.id) return c.accent;
  if (wire.badge == Badge::Error) return c.error;
  if (wire.badge == Badge::Warning || wire.aside) return c.warning;
  return look.hovered == wire.id ? c.text : c.wire;
}

void paintStub(QPainter& painter, const Theme& theme, const drawing::LinkTag& tag, const drawing::WirePicture& wire,
               const CanvasLook& look) {
  Route stub;
  for (const drawing::Point& point : tag.stub) stub.push_back(toQt(point));
  QPen line(colorOfLink(theme, wire, look), drawing::kWireWidth, Qt::SolidLine, Qt::FlatCap);
  if (wire.aside) line.setDashPattern({drawing::kDash / line.widthF(), drawing::kDashGap / line.widthF()});
  painter.strokePath(pathOf(stub), line);
}

void paintTag(QPainter& painter, const Theme& theme, const drawing::LinkTag& tag, const drawing::WirePicture& wire,
              const CanvasLook& look, Detail detail) {
  const Colors& c = theme.colors;
  const QColor color = colorOfLink(theme, wire, look);
  const bool strong = wire.badge == Badge::Error || wire.badge == Badge::Warning || isLookedAt(wire, look);
  const QRectF box = toQt(tag.bounds);
  if (look.current == wire.id) {
    painter.setPen(QPen(Theme::faded(c.accent, c.haloOpacity), 2 * node::kHalo));
    painter.drawRoundedRect(box, drawing::kLinkRadius, drawing::kLinkRadius);
  }
  painter.setPen(QPen(color, strong ? node::kHoverBorder : drawing::kBorder));
  painter.setBrush(detail == Detail::Full ? c.card : Theme::faded(color, c.haloOpacity));
  const double half = painter.pen().widthF() / 2;
  painter.drawRoundedRect(box.adjusted(half, half, -half, -half), drawing::kLinkRadius, drawing::kLinkRadius);
  if (detail != Detail::Full) return;
  painter.setFont(fontOf(FontRole::NodeWords));
  painter.setPen(wire.badge == Badge::Error ? c.error : wire.badge == Badge::Warning ? c.warning : c.text);
  painter.drawText(box, Qt::AlignCenter, QString::fromStdString(tag.text));
}

}  // namespace

void paintLinkedWires(QPainter& painter, const Theme& theme, const PlacedPicture& placed, const CanvasLook& look) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  for (const drawing::LinkTag& tag : placed.picture().links) {
    const drawing::WirePicture& wire = *placed.picture().wires[tag.wire];
    if (wire.id == look.lifted) continue;
    paintStub(painter, theme, tag, wire, look);
    if (!tag.output || !isLookedAt(wire, look)) continue;
    QPen pen(colorOfLink(theme, wire, look), 1);
    pen.setCosmetic(true);
    painter.strokePath(pathOf(placed.wholeRoute(*placed.wire(wire.id))), pen);
  }
  painter.restore();
}

void paintLinkTags(QPainter& painter, const Theme& theme, const PlacedPicture& placed, const QRectF& exposed,
                   const CanvasLook& look, Detail detail) {
  for (const drawing::LinkTag& tag : placed.picture().links) {
    const drawing::WirePicture& wire = *placed.picture().wires[tag.wire];
    if (wire.id == look.lifted || !toQt(tag.area()).intersects(exposed)) continue;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    paintTag(painter, theme, tag, wire, look, detail);
    painter.restore();
  }
}

}  // namespace weir::designer
