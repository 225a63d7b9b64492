#include "designer/ui/canvas/picture/spatial_grid.hpp"

#include <algorithm>
#include <cmath>

namespace weir::designer {

namespace {

constexpr double kCell = 512;  // about two nodes wide

int cellOf(double coordinate) {
  return static_cast<int>(std::floor(coordinate / kCell));
}

}  // namespace

SpatialGrid::Span SpatialGrid::spanOf(const QRectF& rect) {
  return {cellOf(rect.left()), cellOf(rect.top()), cellOf(rect.right()), cellOf(rect.bottom())};
}

std::uint64_t SpatialGrid::key(int column, int row) {
  return std::uint64_t{static_cast<std::uint32_t>(column)} << 32U | static_cast<std::uint32_t>(row);
}

void SpatialGrid::insert(int number, const QRectF& rect) {
  const Span span = spanOf(rect);
  for (int column = span.left; column <= span.right; ++column) {
    for (int row = span.top; row <= span.bottom; ++row) cells_[key(column, row)].push_back(number);
  }
}

void SpatialGrid::remove(int number, const QRectF& rect) {
  const Span span = spanOf(rect);
  for (int column = span.left; column <= span.right; ++column) {
    for (int row = span.top; row <= span.bottom; ++row) {
      const auto cell = cells_.find(key(column, row));
      if (cell == cells_.end()) continue;
      std::erase(cell->second, number);
      if (cell->second.empty()) cells_.erase(cell);
    }
  }
}

std::vector<int> SpatialGrid::near(const QRectF& rect) const {
  std::vector<int> found;
  const Span span = spanOf(rect);
  const auto add = [&](const std::vector<int>& cell) { found.insert(found.end(), cell.begin(), cell.end()); };
  const double asked = (span.right - span.left + 1.0) * (span.bottom - span.top + 1.0);
  if (asked > static_cast<double>(cells_.size())) {
    for (const auto& [at, cell] : cells_) {
      const int column = static_cast<int>(static_cast<std::uint32_t>(at >> 32U));
      const int row = static_cast<int>(static_cast<std::uint32_t>(at));
      if (column >= span.left && column <= span.right && row >= span.top && row <= span.bottom) add(cell);
    }
  } else {
    for (int column = span.left; column <= span.right; ++column) {
      for (int row = span.top; row <= span.bottom; ++row) {
        if (const auto cell = cells_.find(key(column, row)); cell != cells_.end()) add(cell->second);
      }
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace weir::designer
