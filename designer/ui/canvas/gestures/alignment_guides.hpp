// Lines that show with what a thing that is moved stands in line, and the little way that brings it there.
#pragma once

#include <QLineF>
#include <QRectF>
#include <vector>

#include "designer/model/edits/edits.hpp"
#include "designer/ui/canvas/picture/placed_picture.hpp"

class QPainter;

namespace weir::designer {

struct Theme;

class AlignmentGuides {
 public:
  // Of the parts `moved`, with the nodes that are `seen`.
  AlignmentGuides(const PlacedPicture& placed, const QRectF& seen, const Positions& moved);

  // The way on the grid `by`, changed where that lines up edges or middles. Nothing leaves the grid for what stands on
  // it.
  Point aligned(Point by);
  void clear() { lines_.clear(); }
  const std::vector<QLineF>& lines() const { return lines_; }
  void paint(QPainter& painter, const Theme& theme) const;

 private:
  QRectF start_;  // around what is moved
  std::vector<QRectF> others_;
  std::vector<QLineF> lines_;
};

}  // namespace weir::designer
