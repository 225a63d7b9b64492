// Lists of edges by node, in two flat arrays.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace weir::drawing::layout {

class Incidence {
 public:
  Incidence() = default;
  // `nodeOf(edge)` is the node under which an edge stands; edges keep their order.
  template <typename NodeOf>
  Incidence(std::size_t nodes, std::size_t edges, const NodeOf& nodeOf) : starts_(nodes + 1, 0), edges_(edges) {
    for (std::size_t edge = 0; edge < edges; ++edge) ++starts_[nodeOf(edge) + 1];
    for (std::size_t node = 0; node < nodes; ++node) starts_[node + 1] += starts_[node];
    std::vector<std::size_t> next(starts_.begin(), starts_.end() - 1);
    for (std::size_t edge = 0; edge < edges; ++edge) edges_[next[nodeOf(edge)]++] = edge;
  }

  std::span<const std::size_t> of(std::size_t node) const {
    return {edges_.data() + starts_[node], starts_[node + 1] - starts_[node]};
  }

 private:
  std::vector<std::size_t> starts_;
  std::vector<std::size_t> edges_;
};

}  // namespace weir::drawing::layout
