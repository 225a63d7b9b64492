// Paints nodes from pixmaps: one for all cards that look alike, one for each node's texts, one for all ports alike.
#pragma once

#include <QHash>
#include <QPainter>
#include <QString>
#include <cstdint>
#include <unordered_map>

#include "designer/ui/canvas/paint/canvas_look.hpp"
#include "designer/ui/canvas/paint/node_card.hpp"
#include "designer/ui/canvas/paint/node_texts.hpp"
#include "designer/ui/canvas/paint/pixmap_cache.hpp"
#include "designer/ui/canvas/picture/placed_picture.hpp"

namespace weir::designer {

class NodePainter {
 public:
  NodePainter();

  // Begins a frame: nodes are painted at this zoom, in the painter's coordinates of the canvas.
  void begin(QPainter& painter, const Theme& theme);
  void paint(const PlacedNode& node, const CanvasLook& look);
  void paintPorts(const PlacedNode& node, const CanvasLook& look);
  // Those of a collapsed group.
  void paintPorts(const drawing::GroupPicture& group, const drawing::Picture& picture, const CanvasLook& look);
  void end();
  // Some texts were scaled from another zoom, since making too many would have held up the frame: paint again.
  bool unfinished() const { return unfinished_; }

  // Another theme or language.
  void clear();
  std::size_t cachedBytes() const { return cache_.bytes(); }

 private:
  void blit(QPointF corner, const QPixmap& pixmap);
  const QPixmap& card(const NodeCard& card);
  void paintTexts(const PlacedNode& node);
  void paintPort(QPointF at, drawing::PortMark mark, bool connected, const PortRef& port, const CanvasLook& look);
  template <typename Paint>
  QPixmap made(const QRectF& area, const Paint& paint) const;
  QPointF snapped(QPointF scenePoint) const;

  PixmapCache cache_;
  QHash<QString, int> iconNumbers_;
  std::unordered_map<std::uint64_t, std::uint64_t> lastScale_;  // at which a node's texts were made
  // Of the frame:
  QPainter* painter_ = nullptr;
  const Theme* theme_ = nullptr;
  QTransform toDevice_;
  double zoom_ = 1;
  double ratio_ = 1;
  std::uint64_t scale_ = 0;
  Detail detail_ = Detail::Full;
  int textsMade_ = 0;
  bool unfinished_ = false;
};

}  // namespace weir::designer
