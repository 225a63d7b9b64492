// Which nodes are connected.
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace weir::drawing::layout {

class Union {
 public:
  explicit Union(std::size_t nodes) : owner_(nodes) { std::iota(owner_.begin(), owner_.end(), 0); }

  // The first of all that a node is connected with.
  std::size_t first(std::size_t node) {
    while (owner_[node] != node) node = owner_[node] = owner_[owner_[node]];
    return node;
  }
  // False: they were connected.
  bool join(std::size_t one, std::size_t two) {
    const auto [low, high] = std::minmax({first(one), first(two)});
    owner_[high] = low;
    return low != high;
  }

 private:
  std::vector<std::size_t> owner_;
};

}  // namespace weir::drawing::layout
