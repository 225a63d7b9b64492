#include "designer/model/edits/arrange.hpp"

#include <algorithm>

#include "core/drawing/look/grid.hpp"

namespace weir::designer {

using drawing::onGrid;

Positions aligned(const std::vector<Box>& boxes, Align how) {
  Positions positions;
  if (boxes.size() < 2) return positions;
  drawing::Rect all;
  for (const Box& box : boxes) all = all.united(box.rect);
  for (const Box& box : boxes) {
    Point at = box.rect.corner();
    switch (how) {
      case Align::Left: at.x = all.x; break;
      case Align::Centre: at.x = onGrid(all.centre().x - box.rect.width / 2); break;
      case Align::Right: at.x = all.right() - box.rect.width; break;
      case Align::Top: at.y = all.y; break;
      case Align::Middle: at.y = onGrid(all.centre().y - box.rect.height / 2); break;
      case Align::Bottom: at.y = all.bottom() - box.rect.height; break;
    }
    positions.emplace(box.id, at);
  }
  return positions;
}

Positions distributed(std::vector<Box> boxes, Axis axis) {
  Positions positions;
  if (boxes.size() < 3) return positions;
  const bool across = axis == Axis::Horizontal;
  const auto begin = [&](const Box& box) { return across ? box.rect.x : box.rect.y; };
  const auto length = [&](const Box& box) { return across ? box.rect.width : box.rect.height; };
  std::sort(boxes.begin(), boxes.end(), [&](const Box& a, const Box& b) { return begin(a) < begin(b); });
  double taken = 0;
  for (const Box& box : boxes) taken += length(box);
  const double whole = begin(boxes.back()) + length(boxes.back()) - begin(boxes.front());
  const double gap = (whole - taken) / static_cast<double>(boxes.size() - 1);
  double next = begin(boxes.front());
  for (const Box& box : boxes) {
    Point at = box.rect.corner();
    const bool outermost = &box == &boxes.front() || &box == &boxes.back();
    (across ? at.x : at.y) = outermost ? begin(box) : onGrid(next);
    next += length(box) + gap;
    positions.emplace(box.id, at);
  }
  return positions;
}

}  // namespace weir::designer
