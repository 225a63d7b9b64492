// Places that nothing stands in yet. Internal to the layout.
#pragma once

#include <cmath>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "core/drawing/look/geometry.hpp"
#include "core/drawing/look/grid.hpp"
#include "core/drawing/look/measures.hpp"

namespace weir::drawing::layout {

class FreePlace {
 public:
  explicit FreePlace(double rowGap = kRowGap) : rowGap_(rowGap) {}

  void take(const Rect& rect) {
    eachCell(rect, [&](std::int64_t cell) { cells_[cell].push_back(rect); });
  }

  // The corner of `rect`, or the first place below it, on the grid, with the room around it that rows have.
  Point below(Rect rect) const {
    for (;;) {
      const Rect* const hit = inTheWay(rect);
      if (hit == nullptr) return rect.corner();
      rect.y = onGridFrom(hit->bottom() + rowGap_);
    }
  }

 private:
  static constexpr double kCell = 256;

  Rect needed(const Rect& rect) const {
    return {rect.x - kGap, rect.y - rowGap_ + 1, rect.width + 2 * kGap, rect.height + 2 * rowGap_ - 2};
  }

  const Rect* inTheWay(const Rect& rect) const {
    const Rect* found = nullptr;
    eachCell(needed(rect), [&](std::int64_t cell) {
      const auto list = cells_.find(cell);
      if (found != nullptr || list == cells_.end()) return;
      for (const Rect& taken : list->second) {
        if (taken.intersects(needed(rect))) found = &taken;
      }
    });
    return found;
  }

  template <typename Visit>
  static void eachCell(const Rect& rect, const Visit& visit) {
    const auto cell = [](double value) { return static_cast<std::int64_t>(std::floor(value / kCell)); };
    for (std::int64_t x = cell(rect.x); x <= cell(rect.right()); ++x) {
      for (std::int64_t y = cell(rect.y); y <= cell(rect.bottom()); ++y) visit(x * (std::int64_t{1} << 32) + y);
    }
  }

  static constexpr double kGap = 48;  // at the sides: room for ports and a wire
  double rowGap_;
  std::unordered_map<std::int64_t, std::vector<Rect>> cells_;
};

}  // namespace weir::drawing::layout
