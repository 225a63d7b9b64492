// Places that nothing stands in yet.
#pragma once

#include "core/drawing/look/cell_grid.hpp"
#include "core/drawing/look/geometry.hpp"
#include "core/drawing/look/grid.hpp"
#include "core/drawing/look/measures.hpp"

namespace weir::drawing::layout {

class FreePlace {
 public:
  explicit FreePlace(double rowGap = kRowGap) : rowGap_(rowGap) {}

  void take(const Rect& rect) { taken_.insert(rect, rect); }

  // The corner of `rect`, or the first place below it, on the grid, with the room around it that rows have.
  Point below(Rect rect) const {
    for (;;) {
      const Rect* const hit = inTheWay(rect);
      if (hit == nullptr) return rect.corner();
      rect.y = onGridFrom(hit->bottom() + rowGap_);
    }
  }

 private:
  using Grid = CellGrid<Rect, 256>;

  Rect needed(const Rect& rect) const {
    return {rect.x - kGap, rect.y - rowGap_ + 1, rect.width + 2 * kGap, rect.height + 2 * rowGap_ - 2};
  }

  const Rect* inTheWay(const Rect& rect) const {
    const Rect* found = nullptr;
    const Rect room = needed(rect);
    taken_.eachCell(room, [&](const Grid::Cell& cell) {
      if (found != nullptr) return;
      for (const Rect& taken : cell) {
        if (taken.intersects(room)) found = &taken;
      }
    });
    return found;
  }

  static constexpr double kGap = 48;  // at the sides: room for ports and a wire
  double rowGap_;
  Grid taken_;
};

}  // namespace weir::drawing::layout
