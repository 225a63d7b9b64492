// The whole topology from far away: rectangles in the colours of kinds and straight lines, painted in a few calls.
#pragma once

#include <QLineF>
#include <QRectF>
#include <array>
#include <vector>

#include "designer/ui/canvas/paint/canvas_look.hpp"
#include "designer/ui/canvas/picture/placed_picture.hpp"
#include "designer/ui/theme/theme.hpp"

class QPainter;

namespace weir::designer {

class Overview {
 public:
  // The picture is another one.
  void outdate() { outdated_ = true; }
  // In the painter's coordinates of the canvas.
  void paint(QPainter& painter, const Theme& theme, const PlacedPicture& placed, const CanvasLook& look);
  // Nodes and groups alone.
  void paintBoxes(QPainter& painter, const Theme& theme, const PlacedPicture& placed);

 private:
  void collect(const PlacedPicture& placed);

  bool outdated_ = true;
  std::array<std::vector<QRectF>, drawing::kNodeKindCount> boxes_;
  std::vector<QRectF> groups_;
  std::vector<QRectF> missing_;
  std::vector<QLineF> lines_;
  std::vector<QLineF> aside_;
  std::vector<QPointF> errors_;
  std::vector<QPointF> warnings_;
};

}  // namespace weir::designer
