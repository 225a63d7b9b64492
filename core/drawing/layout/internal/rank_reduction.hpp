// Makes a graph smaller before it is ranked, without changing what is best for it: most nodes of a topology stand in
// chains.
#pragma once

#include <cstddef>
#include <vector>

#include "core/drawing/layout/internal/ranking.hpp"

namespace weir::drawing::layout {

class RankReduction {
 public:
  // The graph must be connected, and without cycles.
  RankReduction(std::size_t nodes, const std::vector<RankEdge>& edges);

  std::size_t nodeCount() const { return left_.size(); }
  const std::vector<RankEdge>& edges() const { return leftEdges_; }
  // From the ranks of what is left to those of all.
  std::vector<int> restore(const std::vector<int>& ranks) const;

 private:
  // Node `node` had one edge, or one on each side, and stands this far behind `beside`.
  struct Removed {
    std::size_t node;
    std::size_t beside;
    int distance;
  };

  void removeNode(std::size_t node);
  void addEdge(RankEdge edge);
  void detach(std::size_t edge);
  void queue(std::size_t node);

  std::vector<RankEdge> all_;
  std::vector<std::vector<std::size_t>> out_;
  std::vector<std::vector<std::size_t>> in_;
  std::vector<char> gone_;
  std::vector<std::size_t> queue_;
  std::vector<Removed> removed_;
  std::size_t standing_;
  std::vector<std::size_t> left_;  // nodes
  std::vector<RankEdge> leftEdges_;
};

}  // namespace weir::drawing::layout
