// Finds what is near a rectangle among many things with rectangles: a grid of square cells, each with what touches it.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "core/drawing/look/geometry.hpp"

namespace weir::drawing {

// `CellSide` is about as long as what is asked for: few cells a question, and few things a cell.
template <typename Item, int CellSide>
class CellGrid {
 public:
  using Cell = std::vector<Item>;

  void insert(const Item& item, const Rect& rect) {
    const Span span = spanOf(rect);
    for (std::int64_t x = span.left; x <= span.right; ++x) {
      for (std::int64_t y = span.top; y <= span.bottom; ++y) cells_[key(x, y)].push_back(item);
    }
  }
  // `rect` is the one that it was inserted with. A cell keeps its room: what is dragged comes back.
  void remove(const Item& item, const Rect& rect) {
    const Span span = spanOf(rect);
    for (std::int64_t x = span.left; x <= span.right; ++x) {
      for (std::int64_t y = span.top; y <= span.bottom; ++y) {
        if (const auto cell = cells_.find(key(x, y)); cell != cells_.end()) std::erase(cell->second, item);
      }
    }
  }
  void clear() { cells_.clear(); }

  // Visits the cells that touch the rectangle and were ever filled, from the left, then from the top. What stands in
  // two of them is seen twice.
  template <typename Visit>
  void eachCell(const Rect& rect, const Visit& visit) const {
    const Span span = spanOf(rect);
    for (std::int64_t x = span.left; x <= span.right; ++x) {
      for (std::int64_t y = span.top; y <= span.bottom; ++y) {
        if (const auto cell = cells_.find(key(x, y)); cell != cells_.end()) visit(cell->second);
      }
    }
  }

  // What stands in these cells, ascending, each once: more than what touches the rectangle itself. A rectangle may be
  // far larger than the grid.
  std::vector<Item> near(const Rect& rect) const {
    std::vector<Item> found;
    const auto add = [&](const Cell& cell) { found.insert(found.end(), cell.begin(), cell.end()); };
    const Span span = spanOf(rect);
    const double asked =
        static_cast<double>(span.right - span.left + 1) * static_cast<double>(span.bottom - span.top + 1);
    if (asked > static_cast<double>(cells_.size())) {
      for (const auto& [at, cell] : cells_) {
        if (span.contains(at)) add(cell);
      }
    } else {
      eachCell(rect, add);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

 private:
  struct Span {  // of cells, both ends included
    std::int64_t left, top, right, bottom;

    bool contains(std::uint64_t key) const {
      const auto x = static_cast<std::int32_t>(static_cast<std::uint32_t>(key >> 32U));
      const auto y = static_cast<std::int32_t>(static_cast<std::uint32_t>(key));
      return x >= left && x <= right && y >= top && y <= bottom;
    }
  };

  static std::int64_t cellOf(double coordinate) { return static_cast<std::int64_t>(std::floor(coordinate / CellSide)); }
  static Span spanOf(const Rect& rect) {
    return {cellOf(rect.x), cellOf(rect.y), cellOf(rect.right()), cellOf(rect.bottom())};
  }
  static std::uint64_t key(std::int64_t x, std::int64_t y) {
    return static_cast<std::uint64_t>(x) << 32U | static_cast<std::uint32_t>(y);
  }

  std::unordered_map<std::uint64_t, Cell> cells_;
};

}  // namespace weir::drawing
