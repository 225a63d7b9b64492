#include "core/drawing/layout/internal/crossings.hpp"

#include <utility>
#include <vector>

namespace weir::drawing::layout {

namespace {

// Pairs out of order, by insertion into a tree of sums over the places of the right layer.
std::size_t crossingsAfter(const Layers& layers, std::size_t rank) {
  std::vector<std::pair<Key, Key>> ends;
  for (const std::size_t vertex : layers.ranks[rank]) {
    for (const std::size_t segment : layers.out.of(vertex)) {
      ends.emplace_back(upperKey(layers, layers.segments[segment]), lowerKey(layers, layers.segments[segment]));
    }
  }
  std::sort(ends.begin(), ends.end());
  std::vector<Key> rights;
  rights.reserve(ends.size());
  for (const auto& [left, right] : ends) rights.push_back(right);
  std::sort(rights.begin(), rights.end());
  rights.erase(std::unique(rights.begin(), rights.end()), rights.end());
  std::vector<std::size_t> sums(rights.size() + 1, 0);
  std::size_t crossing = 0;
  for (std::size_t start = 0; start < ends.size();) {
    std::size_t end = start;
    const auto position = [&](std::size_t index) {
      const auto found = std::lower_bound(rights.begin(), rights.end(), ends[index].second);
      return static_cast<std::size_t>(found - rights.begin()) + 1;
    };
    for (; end < ends.size() && ends[end].first == ends[start].first; ++end) {
      std::size_t notAfter = 0;
      for (std::size_t at = position(end); at > 0; at &= at - 1) notAfter += sums[at];
      crossing += start - notAfter;
    }
    for (; start < end; ++start) {
      for (std::size_t at = position(start); at < sums.size(); at += at & (~at + 1)) ++sums[at];
    }
  }
  return crossing;
}

}  // namespace

std::size_t crossings(const Layers& layers) {
  std::size_t sum = 0;
  for (std::size_t rank = 0; rank + 1 < layers.ranks.size(); ++rank) sum += crossingsAfter(layers, rank);
  return sum;
}

}  // namespace weir::drawing::layout
