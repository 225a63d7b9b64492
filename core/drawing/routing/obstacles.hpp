// The nodes of a drawing as what stands in the way, found by place. Internal to routing.
#pragma once

#include <cmath>
#include <cstdint>
#include <unordered_map>
#include <vector>

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
    eachCell(nodes_[node], [&](std::int64_t cell) { std::erase(cells_[cell], node); });
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
    eachCell(grown, [&](std::int64_t cell) {
      const auto found = cells_.find(cell);
      if (found == cells_.end()) return;
      for (const std::size_t node : found->second) {
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
  static constexpr double kCell = 256;

  void add(std::size_t node) {
    if (nodes_[node].empty()) return;
    eachCell(nodes_[node], [&](std::int64_t cell) { cells_[cell].push_back(node); });
  }

  template <typename Visit>
  static void eachCell(const Rect& rect, const Visit& visit) {
    const auto cell = [](double value) { return static_cast<std::int64_t>(std::floor(value / kCell)); };
    for (std::int64_t x = cell(rect.x); x <= cell(rect.right()); ++x) {
      for (std::int64_t y = cell(rect.y); y <= cell(rect.bottom()); ++y) visit(x * (std::int64_t{1} << 32) + y);
    }
  }

  std::vector<Rect> nodes_;
  std::unordered_map<std::int64_t, std::vector<std::size_t>> cells_;
};

}  // namespace weir::drawing::routing
