// The nodes of a picture as what stands in the way, found by place.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include "core/drawing/look/cell_grid.hpp"
#include "core/drawing/look/geometry.hpp"

namespace weir::drawing::routing {

inline constexpr double kClear = 12;  // between a node and a wire that passes
inline constexpr double kStub = 16;   // straight out of a port

class Obstacles {
 public:
  void set(std::vector<Rect> nodes) {
    nodes_ = std::move(nodes);
    cells_.clear();
    for (std::size_t node = 0; node < nodes_.size(); ++node) add(node);
  }
  void move(std::size_t node, const Rect& rect) {
    cells_.remove(node, nodes_[node]);
    nodes_[node] = rect;
    add(node);
  }
  const Rect& rect(std::size_t node) const { return nodes_[node]; }
  std::size_t count() const { return nodes_.size(); }

  // Visits what is nearer to `area` than wires may come; some perhaps more than once. `seen` grows by what was asked.
  template <typename Visit>
  void near(const Rect& area, Rect& seen, const Visit& visit) const {
    const Rect grown = area.grown(kClear - 0.5);
    seen = seen.united(grown);
    cells_.eachCell(grown, [&](const Grid::Cell& cell) {
      for (const std::size_t node : cell) {
        if (nodes_[node].intersects(grown)) visit(nodes_[node]);
      }
    });
  }
  bool clear(Point a, Point b, Rect& seen) const {
    bool hit = false;
    near(between(a, b), seen, [&](const Rect&) { hit = true; });
    return !hit;
  }
  static Rect between(Point a, Point b) {
    return {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)};
  }

 private:
  using Grid = CellGrid<std::size_t, 256>;

  void add(std::size_t node) {
    if (!nodes_[node].empty()) cells_.insert(node, nodes_[node]);
  }

  std::vector<Rect> nodes_;
  Grid cells_;
};

}  // namespace weir::drawing::routing
