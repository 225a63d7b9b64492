// Ranks of a connected graph without cycles, with the sum of edge lengths as small as can be.
#pragma once

#include <stop_token>
#include <vector>

#include "core/drawing/layout/internal/ranking.hpp"

namespace weir::drawing::layout {

// In graphs of many thousand nodes only close to the least: a step costs as much there as many in a small one.
std::vector<int> networkSimplex(std::size_t nodes, const std::vector<RankEdge>& edges, const std::stop_token& stop);

}  // namespace weir::drawing::layout
