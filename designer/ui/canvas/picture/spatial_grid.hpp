// Finds what touches a rectangle among many numbered rectangles.
#pragma once

#include <QRectF>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace weir::designer {

class SpatialGrid {
 public:
  void insert(int number, const QRectF& rect);
  // `rect` is the one that it was inserted with.
  void remove(int number, const QRectF& rect);
  void clear() { cells_.clear(); }

  // Numbers whose cells touch the rectangle, ascending, each once: more than those that touch it themselves.
  std::vector<int> near(const QRectF& rect) const;

 private:
  struct Span {
    int left, top, right, bottom;  // of cells, both ends included
  };
  static Span spanOf(const QRectF& rect);
  static std::uint64_t key(int column, int row);

  std::unordered_map<std::uint64_t, std::vector<int>> cells_;
};

}  // namespace weir::designer
