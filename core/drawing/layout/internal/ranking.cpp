#include "core/drawing/layout/internal/ranking.hpp"

#include <algorithm>

#include "core/drawing/layout/internal/incidence.hpp"
#include "core/drawing/layout/internal/network_simplex.hpp"
#include "core/drawing/layout/internal/rank_reduction.hpp"

namespace weir::drawing::layout {

std::vector<bool> cycleBreakers(std::size_t nodes, const std::vector<RankEdge>& edges) {
  enum class State : char { New, Open, Done };
  const Incidence out(nodes, edges.size(), [&](std::size_t edge) { return edges[edge].from; });
  std::vector<bool> breaks(edges.size(), false);
  std::vector<bool> fed(nodes, false);
  for (const RankEdge& edge : edges) fed[edge.to] = true;
  std::vector<State> state(nodes, State::New);
  struct Step {
    std::size_t node;
    std::size_t next;
  };
  const auto walk = [&](std::size_t start) {
    if (state[start] != State::New) return;
    state[start] = State::Open;
    std::vector<Step> steps{{start, 0}};
    while (!steps.empty()) {
      Step& step = steps.back();
      const auto list = out.of(step.node);
      if (step.next == list.size()) {
        state[step.node] = State::Done;
        steps.pop_back();
        continue;
      }
      const std::size_t edge = list[step.next++];
      const std::size_t to = edges[edge].to;
      if (state[to] == State::Open) breaks[edge] = true;
      if (state[to] != State::New) continue;
      state[to] = State::Open;
      steps.push_back({to, 0});
    }
  };
  // Sources first: what comes back to them is what is turned round.
  for (std::size_t node = 0; node < nodes; ++node) {
    if (!fed[node]) walk(node);
  }
  for (std::size_t node = 0; node < nodes; ++node) walk(node);
  return breaks;
}

std::vector<int> ranks(std::size_t nodes, const std::vector<RankEdge>& edges, const std::stop_token& stop) {
  RankReduction reduced(nodes, edges);
  std::vector<int> rank = reduced.restore(networkSimplex(reduced.nodeCount(), reduced.edges(), stop));
  const int least = *std::min_element(rank.begin(), rank.end());
  for (int& each : rank) each -= least;
  return rank;
}

}  // namespace weir::drawing::layout
