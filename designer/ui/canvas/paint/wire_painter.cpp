#include "designer/ui/canvas/paint/wire_painter.hpp"
#include "core/drawing/look/measures.hpp"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "designer/ui/theme/icons.hpp"

namespace weir::designer {

namespace {

using drawing::Badge;

constexpr std::size_t kCornerBytes = std::size_t{4} << 20U;  // of pixmaps; all corners of a zoom level are a few kB

QPen penOf(const Theme& theme, const PlacedWire& placed, const CanvasLook& look) {
  const Colors& c = theme.colors;
  const drawing::WirePicture& picture = *placed.picture;
  QPen pen(c.wire, drawing::kWireWidth, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
  if (picture.aside) pen.setColor(c.warning);
  if (picture.badge == Badge::Warning) pen.setColor(c.warning);
  if (picture.badge == Badge::Error) pen.setColor(c.error);
  if (look.hovered == picture.id) pen.setColor(c.text);
  const bool chosen = look.selected.contains(picture.id) || look.target == picture.id;
  if (chosen) {
    pen.setColor(c.accent);
    pen.setWidthF(drawing::kWireWidth + wire::kSelectedMore);
  }
  if (picture.idle) pen.setColor(Theme::faded(pen.color(), drawing::kIdleOpacity));
  if (picture.aside || picture.idle)
    pen.setDashPattern({drawing::kDash / pen.widthF(), drawing::kDashGap / pen.widthF()});
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

QColor mixed(const QColor& over, const QColor& under, double part) {
  const auto mix = [part](double one, double other) { return part * one + (1 - part) * other; };
  return QColor::fromRgbF(static_cast<float>(mix(over.redF(), under.redF())),
                          static_cast<float>(mix(over.greenF(), under.greenF())),
                          static_cast<float>(mix(over.blueF(), under.blueF())));
}

QPoint stepTo(QPoint way) {
  return {way.x() == 0 ? 0 : way.x() / std::abs(way.x()), way.y() == 0 ? 0 : way.y() / std::abs(way.y())};
}

}  // namespace

WirePainter::WirePainter() : corners_(kCornerBytes) {}

QPoint WirePainter::toPixels(QPointF scenePoint) const {
  const QPointF at = toWindow_.map(scenePoint) * ratio_;
  return {static_cast<int>(std::lround(at.x())), static_cast<int>(std::lround(at.y()))};
}

// A width between two whole ones is the wider one in a paler colour, as smoothing would make it.
WirePainter::Stroke WirePainter::strokeOf(const QPen& pen) const {
  if (!rounds_) return {pen.color(), static_cast<int>(std::floor(pen.widthF()) * ratio_)};
  constexpr double kHardlyMore = 1.0 / 16;
  const double wanted = pen.widthF() * scale_;
  const int width = std::max(1, static_cast<int>(std::ceil(wanted - kHardlyMore)));
  return {mixed(pen.color(), theme_->colors.canvas, std::min(1.0, wanted / width)), width};
}

void WirePainter::fill(const QRect& pixels, const Stroke& stroke) {
  painter_->fillRect(QRectF(QPointF(pixels.topLeft()) / ratio_, QSizeF(pixels.size()) / ratio_), stroke.color);
}

void WirePainter::paintPiece(QPoint from, QPoint to, const Stroke& stroke) {
  const int before = stroke.width / 2;
  const QPoint least(std::min(from.x(), to.x()), std::min(from.y(), to.y()));
  const int length = (to - from).manhattanLength();
  if (from.y() == to.y()) {
    fill({least.x(), least.y() - before, length, stroke.width}, stroke);
  } else {
    fill({least.x() - before, least.y(), stroke.width, length}, stroke);
  }
}

void WirePainter::paintCorner(const Bend& bend, int radius, const Stroke& stroke) {
  const QPoint in = stepTo(bend[0] - bend[1]);
  const QPoint out = stepTo(bend[2] - bend[1]);
  const QPoint towards = in + out;  // the quarter that it bends into
  const int before = stroke.width / 2;
  if (radius == 0) return fill({bend[1].x() - before, bend[1].y() - before, stroke.width, stroke.width}, stroke);
  const int side = radius + stroke.width;
  // Where the corner is in the pixmap.
  const QPoint own(towards.x() > 0 ? before : before + radius, towards.y() > 0 ? before : before + radius);
  const std::uint64_t quarter = (towards.x() > 0 ? 1U : 0U) | (towards.y() > 0 ? 2U : 0U);
  const PixmapKey key{std::uint64_t{stroke.color.rgb()} << 2U | quarter,
                      static_cast<std::uint64_t>(radius) << 32U | static_cast<std::uint64_t>(stroke.width)};
  const QPixmap* pixmap = corners_.find(key);
  if (pixmap == nullptr || pixmap->devicePixelRatio() != ratio_) {
    QPixmap made(side, side);
    made.fill(QColor(Qt::transparent));
    {
      QPainter painter(&made);
      painter.setRenderHint(QPainter::Antialiasing);
      const double half = stroke.width % 2 == 0 ? 0 : 1 / 2.0;
      const QPointF corner = QPointF(own) + QPointF(half, half);
      QPainterPath path(corner + in * (radius + 1));
      path.lineTo(corner + in * radius);
      path.quadTo(corner, corner + out * radius);
      path.lineTo(corner + out * (radius + 1));
      painter.strokePath(path, QPen(stroke.color, stroke.width, Qt::SolidLine, Qt::FlatCap));
    }
    made.setDevicePixelRatio(ratio_);
    pixmap = &corners_.insert(key, std::move(made));
  }
  painter_->drawPixmap(QPointF(bend[1] - own) / ratio_, *pixmap);
}

void WirePainter::paintRoute(const Route& route, const Stroke& stroke) {
  if (route.size() < 2) return;
  QPoint begin = toPixels(route.front());
  for (std::size_t i = 1; i < route.size(); ++i) {
    const QPoint end = toPixels(route[i]);
    if (i + 1 == route.size()) return paintPiece(begin, end, stroke);
    const Bend bend{toPixels(route[i - 1]), end, toPixels(route[i + 1])};
    const int room = std::min((bend[0] - bend[1]).manhattanLength(), (bend[2] - bend[1]).manhattanLength()) / 2;
    const int radius = rounds_ ? std::min(room, static_cast<int>(std::lround(drawing::kWireCorner * scale_))) : 0;
    paintPiece(begin, end + stepTo(begin - end) * radius, stroke);
    paintCorner(bend, radius, stroke);
    begin = end + stepTo(bend[2] - end) * radius;
  }
}

// Dashes and what is wide and pale are few.
void WirePainter::paintSmooth(const PlacedWire& wire, const QPen& pen) {
  painter_->save();
  painter_->setWorldTransform(toWindow_);
  painter_->setRenderHint(QPainter::Antialiasing);
  painter_->strokePath(pathOf(wire.route), pen);
  painter_->restore();
}

void WirePainter::paintMarks(const PlacedPicture& placed, const std::vector<int>& wires) {
  painter_->setWorldTransform(toWindow_);
  painter_->setRenderHint(QPainter::Antialiasing);
  for (const int number : wires) {
    const PlacedWire& wire = placed.wire(number);
    if (wire.picture->badge == Badge::Error) paintErrorMark(*painter_, *theme_, middleOf(wire.route));
  }
}

void WirePainter::paint(QPainter& painter, const Theme& theme, const PlacedPicture& placed,
                        const std::vector<int>& wires, const CanvasLook& look, Detail detail) {
  painter_ = &painter;
  theme_ = &theme;
  toWindow_ = painter.worldTransform();
  ratio_ = painter.device()->devicePixelRatio();
  scale_ = toWindow_.m11() * ratio_;
  rounds_ = detail == Detail::Full;
  painter.save();
  painter.setWorldTransform(QTransform());
  painter.setRenderHint(QPainter::Antialiasing, false);
  // Wires of one port share a piece: their casings come first, so that none cuts another one where they part.
  std::vector<int> sorted = wires;
  std::erase_if(sorted, [&](int number) { return placed.wire(number).picture->id == look.lifted; });
  const auto source = [&](int number) { return placed.wire(number).from; };
  std::stable_sort(sorted.begin(), sorted.end(), [&](int a, int b) { return source(a) < source(b); });
  for (auto first = sorted.begin(); first != sorted.end();) {
    const auto last = std::find_if(first, sorted.end(), [&](int number) { return source(number) != source(*first); });
    for (auto number = first; rounds_ && number != last; ++number) {
      Stroke stroke = strokeOf(penOf(theme, placed.wire(*number), look));
      stroke.color = theme.colors.canvas;
      stroke.width += 2 * static_cast<int>(std::lround(drawing::kWireCasing * scale_));
      paintRoute(placed.wire(*number).route, stroke);
    }
    for (; first != last; ++first) {
      const PlacedWire& wire = placed.wire(*first);
      QPen pen = penOf(theme, wire, look);
      if (look.current == wire.picture->id) {
        paintSmooth(wire, QPen(Theme::faded(theme.colors.accent, theme.colors.haloOpacity),
                               pen.widthF() + 2 * node::kHalo, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
      }
      if (pen.style() == Qt::SolidLine) {
        paintRoute(wire.route, strokeOf(pen));
      } else {
        pen.setCosmetic(!rounds_);  // or dashes would melt into a paler line
        paintSmooth(wire, pen);
      }
    }
  }
  paintMarks(placed, sorted);
  painter.restore();
}

void paintPortName(QPainter& painter, const Theme& theme, const PlacedPicture& placed, const PortRef& port) {
  const PlacedNode* const node = placed.node(port.node);
  if (node == nullptr) return;
  // At a collapsed group nobody sees whose port it is.
  QStringList words;
  if (node->hidden()) words += QString::fromStdString(node->picture->fullName);
  if (!port.port.empty()) words += QString::fromStdString(port.port);
  if (words.isEmpty()) return;
  const QString name = words.join(QStringLiteral(" · "));
  const QPointF at = placed.pointOf(port);
  painter.save();
  painter.setFont(fontOf(FontRole::PortLabel));
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
  pen.setDashPattern({drawing::kDash / wire::kDraft, drawing::kDashGap / wire::kDraft});
  painter.setRenderHint(QPainter::Antialiasing);
  painter.strokePath(path, pen);
}

}  // namespace weir::designer
