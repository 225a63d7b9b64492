// Columns: which node stands how far right.
#pragma once

#include <cstddef>
#include <stop_token>
#include <utility>
#include <vector>

namespace weir::drawing::layout {

struct RankEdge {
  std::size_t from = 0;
  std::size_t to = 0;
  int weight = 1;
  int length = 1;  // at least
};

// Turns edges round so that no cycle is left: true for those that have to be. Self-loops must not be among them.
std::vector<bool> cycleBreakers(std::size_t nodes, const std::vector<RankEdge>& edges);

// Ranks from 0 so that every edge is at least as long as it has to be, and the sum of their lengths is least, or close
// to it in graphs of many thousand nodes. The graph must be connected and without cycles. Stopped: whatever there is by
// then.
std::vector<int> ranks(std::size_t nodes, const std::vector<RankEdge>& edges, const std::stop_token& stop);

}  // namespace weir::drawing::layout
