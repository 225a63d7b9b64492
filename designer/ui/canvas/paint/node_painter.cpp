#include "designer/ui/canvas/paint/node_painter.hpp"

#include <cmath>

#include "core/drawing/look/measures.hpp"
#include "core/drawing/look/shapes.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/picture/qt_path.hpp"

namespace weir::designer {

namespace {

constexpr int kTextsInOneFrame = 24;  // about two milliseconds

// The upper bits of a key tell what kind of pixmap it is.
enum class Pixmaps : std::uint8_t { Card = 1, Texts, LargeName, Port };
std::uint64_t keyOf(Pixmaps kind, std::uint64_t rest) {
  return static_cast<std::uint64_t>(kind) << 60U | rest;
}

struct PortLook {
  drawing::PortMark mark = drawing::PortMark::Circle;
  bool connected = false;
  bool aimed = false;  // a wire that is being drawn would end here
  bool fits = false;   // or could
};

void paintPort(QPainter& painter, const Theme& theme, const PortLook& look) {
  const Colors& c = theme.colors;
  QPainterPath shape = toQt(drawing::portShape(look.mark));
  if (look.aimed || look.fits) {
    QTransform larger;
    larger.scale(port::kFittingScale, port::kFittingScale);
    shape = larger.map(shape);
  }
  QColor color = look.mark == drawing::PortMark::Triangle ? c.warning : c.wire;
  if (look.aimed || look.fits) color = c.accent;
  painter.setRenderHint(QPainter::Antialiasing);
  if (look.connected || look.aimed) {
    painter.strokePath(shape, QPen(c.canvas, 2 * drawing::kPortRing, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.fillPath(shape, color);
  } else {
    painter.fillPath(shape, c.card);
    painter.strokePath(shape, QPen(color, drawing::kPortRing, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
  }
}

}  // namespace

NodePainter::NodePainter() : cache_(std::size_t{canvas::kCacheMegabytes} << 20U) {}

void NodePainter::begin(QPainter& painter, const Theme& theme) {
  painter_ = &painter;
  theme_ = &theme;
  toDevice_ = painter.worldTransform();
  zoom_ = toDevice_.m11();
  ratio_ = painter.device()->devicePixelRatio();
  scale_ = static_cast<std::uint64_t>(std::lround(zoom_ * ratio_ * 4096));
  detail_ = detailAt(zoom_);
  textsMade_ = 0;
  unfinished_ = false;
  painter.save();
  painter.setWorldTransform(QTransform());
  // Smooth transformation takes pixmaps that are copied as they are the slow way as well, through threads.
  painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
}

void NodePainter::end() {
  painter_->restore();
  painter_ = nullptr;
}

void NodePainter::clear() {
  cache_.clear();
  lastScale_.clear();
}

// Pixmaps stand on whole pixels of the device, so that they are copied and stay sharp.
QPointF NodePainter::snapped(QPointF scenePoint) const {
  const QPointF at = toDevice_.map(scenePoint);
  return {std::round(at.x() * ratio_) / ratio_, std::round(at.y() * ratio_) / ratio_};
}

void NodePainter::blit(QPointF corner, const QPixmap& pixmap) {
  painter_->drawPixmap(corner, pixmap);
}

template <typename Paint>
QPixmap NodePainter::made(const QRectF& area, const Paint& paint) const {
  const double scale = zoom_ * ratio_;
  QPixmap pixmap((area.size() * scale).toSize() + QSize(1, 1));
  pixmap.fill(QColor(Qt::transparent));
  // Qt has no ratios below one.
  pixmap.setDevicePixelRatio(std::max(scale, 1.0));
  {
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (scale < 1) painter.scale(scale, scale);
    painter.translate(-area.topLeft());
    paint(painter);
  }
  pixmap.setDevicePixelRatio(ratio_);
  return pixmap;
}

const QPixmap& NodePainter::card(const NodeCard& card) {
  const int icon = iconNumbers_.value(card.icon, static_cast<int>(iconNumbers_.size()));
  if (!iconNumbers_.contains(card.icon)) iconNumbers_.insert(card.icon, icon);
  std::uint64_t what = static_cast<std::uint64_t>(icon);
  const auto add = [&](std::uint64_t value, unsigned bits) { what = what << bits | value; };
  add(static_cast<std::uint64_t>(card.kind), 3);
  add(static_cast<std::uint64_t>(card.badge), 3);
  add(static_cast<std::uint64_t>(card.size.width()), 12);
  add(static_cast<std::uint64_t>(card.size.height()), 14);
  add((card.hovered ? 1U : 0U) | (card.selected ? 2U : 0U) | (card.current ? 4U : 0U), 3);
  const PixmapKey key{keyOf(Pixmaps::Card, what), scale_};
  if (const QPixmap* const there = cache_.find(key)) return *there;
  const QRectF area = QRectF(QPointF(), card.size).adjusted(-kCardMargin, -kCardMargin, kCardMargin, kCardMargin);
  return cache_.insert(key, made(area, [&](QPainter& painter) { paintCard(painter, *theme_, card); }));
}

void NodePainter::paint(const PlacedNode& node, const CanvasLook& look) {
  const drawing::NodePicture& picture = *node.picture;
  NodeCard card;
  card.kind = picture.kind;
  card.badge = picture.badge;
  card.icon = QString::fromStdString(picture.icon);
  card.size = node.rect.size();
  card.hovered = look.hovered == picture.id || look.target == picture.id;
  card.selected = look.selected.contains(picture.id);
  card.current = look.current == picture.id;
  if (picture.idle) painter_->setOpacity(drawing::kIdleOpacity);
  blit(snapped(node.rect.topLeft() - QPointF(kCardMargin, kCardMargin)), this->card(card));
  paintTexts(node);
  if (picture.idle) painter_->setOpacity(1);
}

void NodePainter::paintTexts(const PlacedNode& node) {
  const QRectF area = textArea(*node.picture);
  const PixmapKey key{keyOf(detail_ == Detail::Full ? Pixmaps::Texts : Pixmaps::LargeName, node.looks), scale_};
  const QPointF corner = snapped(node.rect.topLeft() + area.topLeft());
  if (const QPixmap* const there = cache_.find(key)) return blit(corner, *there);
  std::uint64_t& last = lastScale_[key.what];
  if (textsMade_ >= kTextsInOneFrame && last != 0) {
    if (const QPixmap* const other = cache_.find({key.what, last})) {
      unfinished_ = true;
      const QSizeF size = QSizeF(other->size()) / static_cast<double>(last) * static_cast<double>(scale_) / ratio_;
      painter_->setRenderHint(QPainter::SmoothPixmapTransform);
      painter_->drawPixmap(QRectF(corner, size), *other, QRectF(other->rect()));
      painter_->setRenderHint(QPainter::SmoothPixmapTransform, false);
      return;
    }
  }
  ++textsMade_;
  last = scale_;
  blit(corner, cache_.insert(key, made(area, [&](QPainter& painter) {
                               designer::paintTexts(painter, *theme_, *node.picture, detail_);
                             })));
}

void NodePainter::paintPorts(const PlacedNode& node, const CanvasLook& look) {
  for (const drawing::PortPicture& port : node.picture->ports) {
    paintPort(node.rect.topLeft() + QPointF(port.output ? node.rect.width() : 0, port.offset), port.mark,
              port.connected, {node.picture->id, port.name, port.output}, look);
  }
}

void NodePainter::paintPorts(const drawing::GroupPicture& group, const drawing::Picture& picture,
                             const CanvasLook& look) {
  for (const drawing::BorderPort& port : group.ports) {
    paintPort(toQt(group.portPoint(&port, port.output)), port.mark, true,
              {picture.nodes[port.node]->id, port.name, port.output}, look);
  }
}

void NodePainter::paintPort(QPointF at, drawing::PortMark mark, bool connected, const PortRef& ref,
                            const CanvasLook& look) {
  const double reach = drawing::kPortDiamond * port::kFittingScale + 2 * drawing::kPortRing;
  PortLook port{mark, connected, false, false};
  bool faded = false;
  if (look.fits) {
    port.aimed = look.aimed == ref;
    port.fits = port.aimed || look.fits(ref);
    faded = !port.fits;
  }
  const std::uint64_t what = static_cast<std::uint64_t>(port.mark) << 3U | (port.connected ? 1U : 0U) |
                             (port.aimed ? 2U : 0U) | (port.fits ? 4U : 0U);
  const PixmapKey key{keyOf(Pixmaps::Port, what), scale_};
  const QRectF area(-reach, -reach, 2 * reach, 2 * reach);
  const QPixmap* pixmap = cache_.find(key);
  if (pixmap == nullptr) {
    pixmap = &cache_.insert(key, made(area, [&](QPainter& painter) { designer::paintPort(painter, *theme_, port); }));
  }
  if (faded) painter_->setOpacity(port::kUnfitOpacity);
  blit(snapped(at + area.topLeft()), *pixmap);
  if (faded) painter_->setOpacity(1);
}

}  // namespace weir::designer
