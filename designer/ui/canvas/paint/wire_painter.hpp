// Paints wires: with a casing where they cross, dashed aside, and as plain lines from farther away.
#pragma once

#include <QPainter>
#include <array>
#include <vector>

#include "designer/ui/canvas/paint/canvas_look.hpp"
#include "designer/ui/canvas/paint/node_texts.hpp"
#include "designer/ui/canvas/paint/pixmap_cache.hpp"
#include "designer/ui/canvas/picture/placed_picture.hpp"
#include "designer/ui/theme/theme.hpp"

namespace weir::designer {

// Straight pieces are rectangles of whole device pixels and corners are pixmaps: strokes take ten times as long.
class WirePainter {
 public:
  WirePainter();

  // In the painter's coordinates of the canvas.
  void paint(QPainter& painter, const Theme& theme, const PlacedPicture& placed, const std::vector<int>& wires,
             const CanvasLook& look, Detail detail);
  // Another theme.
  void clear() { corners_.clear(); }
  std::size_t cachedBytes() const { return corners_.bytes(); }

 private:
  struct Stroke {
    QColor color;
    int width;  // in pixels of the device
  };
  using Bend = std::array<QPoint, 3>;  // a corner between its neighbours

  QPoint toPixels(QPointF scenePoint) const;
  Stroke strokeOf(const QPen& pen) const;
  void fill(const QRect& pixels, const Stroke& stroke);
  void paintRoute(const Route& route, const Stroke& stroke);
  void paintPiece(QPoint from, QPoint to, const Stroke& stroke);
  void paintCorner(const Bend& bend, int radius, const Stroke& stroke);
  void paintSmooth(const PlacedWire& wire, const QPen& pen);
  void paintMarks(const PlacedPicture& placed, const std::vector<int>& wires);

  PixmapCache corners_;
  // Of the frame:
  QPainter* painter_ = nullptr;
  const Theme* theme_ = nullptr;
  QTransform toWindow_;
  double ratio_ = 1;
  double scale_ = 1;
  bool rounds_ = true;
};

// The name of a port, outside of its node; `at` is the port.
void paintPortName(QPainter& painter, const Theme& theme, const PlacedPicture& placed, const PortRef& port);

// The wire that is being drawn.
void paintDraftWire(QPainter& painter, const Theme& theme, QPointF from, QPointF to);

}  // namespace weir::designer
