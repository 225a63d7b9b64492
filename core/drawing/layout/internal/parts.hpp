// A graph in its connected parts, which are laid out one by one and set beside each other.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "core/drawing/layout/layered_layout.hpp"
#include "core/drawing/look/grid.hpp"

namespace weir::drawing::layout {

// What edges or a group hold together, with where its nodes are in the whole.
struct Part {
  LayoutInput input;
  std::vector<std::size_t> nodes;
  std::vector<Point> places;
  Size size;
  Point at;

  // The middle of how far its nodes would move from where those of `wanted` stand.
  template <typename Wanted>
  std::optional<Point> shift(const Wanted& wanted) const {
    std::vector<double> x;
    std::vector<double> y;
    for (std::size_t node = 0; node < places.size(); ++node) {
      if (!input.nodes[node].present || !wanted(input.nodes[node])) continue;
      x.push_back(input.nodes[node].present->x - places[node].x);
      y.push_back(input.nodes[node].present->y - places[node].y);
    }
    if (x.empty()) return std::nullopt;
    const auto middle = static_cast<std::ptrdiff_t>(x.size() / 2);
    std::nth_element(x.begin(), x.begin() + middle, x.end());
    std::nth_element(y.begin(), y.begin() + middle, y.end());
    return Point{onGrid(x[static_cast<std::size_t>(middle)]), onGrid(y[static_cast<std::size_t>(middle)])};
  }
};

// Edges from a node to itself are left out. In the order of their first nodes.
std::vector<Part> partsOf(const LayoutInput& input);
// Known ones in the order in which they stand, then large ones first; single nodes last.
void sortParts(std::vector<Part>& parts);
// Moves the places to begin at (0, 0), frames of groups included, and makes `size` agree with them.
void measure(Part& part);
// Around the members of each group, and the frames in it.
std::vector<Rect> framesOf(const LayoutInput& input, const std::vector<Point>& places);
// Gives each `at`: parts in rows, as a text is set.
void pack(std::vector<Part>& parts);

}  // namespace weir::drawing::layout
