#include "core/drawing/layout/internal/rank_reduction.hpp"

#include <algorithm>

namespace weir::drawing::layout {

RankReduction::RankReduction(std::size_t nodes, const std::vector<RankEdge>& edges)
    : out_(nodes), in_(nodes), gone_(nodes, 0), standing_(nodes) {
  for (const RankEdge& edge : edges) addEdge(edge);
  for (std::size_t node = 0; node < nodes; ++node) queue(node);
  std::size_t next = 0;
  while (next < queue_.size()) removeNode(queue_[next++]);  // which puts more into it
  std::vector<std::size_t> index(nodes);
  for (std::size_t node = 0; node < nodes; ++node) {
    if (gone_[node] != 0) continue;
    index[node] = left_.size();
    left_.push_back(node);
  }
  for (const std::size_t node : left_) {
    for (const std::size_t edge : out_[node]) {
      leftEdges_.push_back({index[node], index[all_[edge].to], all_[edge].weight, all_[edge].length});
    }
  }
}

void RankReduction::queue(std::size_t node) {
  if (out_[node].size() <= 1 && in_[node].size() <= 1) queue_.push_back(node);
}

// Two edges between the same nodes are one that weighs as both and is as long as the longer.
void RankReduction::addEdge(RankEdge edge) {
  const bool shorter = out_[edge.from].size() < in_[edge.to].size();
  for (const std::size_t other : shorter ? out_[edge.from] : in_[edge.to]) {
    if (all_[other].from != edge.from || all_[other].to != edge.to) continue;
    all_[other].weight += edge.weight;
    all_[other].length = std::max(all_[other].length, edge.length);
    return;
  }
  all_.push_back(edge);
  out_[edge.from].push_back(all_.size() - 1);
  in_[edge.to].push_back(all_.size() - 1);
}

void RankReduction::detach(std::size_t edge) {
  std::erase(out_[all_[edge].from], edge);
  std::erase(in_[all_[edge].to], edge);
}

void RankReduction::removeNode(std::size_t node) {
  if (gone_[node] != 0 || standing_ == 1 || out_[node].size() > 1 || in_[node].size() > 1) return;
  gone_[node] = 1;
  --standing_;
  if (in_[node].empty()) {
    const RankEdge edge = all_[out_[node][0]];
    detach(out_[node][0]);
    removed_.push_back({node, edge.to, -edge.length});
    queue(edge.to);
    return;
  }
  if (out_[node].empty()) {
    const RankEdge edge = all_[in_[node][0]];
    detach(in_[node][0]);
    removed_.push_back({node, edge.from, edge.length});
    queue(edge.from);
    return;
  }
  // In a chain the lighter edge is the one that gets longer.
  const RankEdge before = all_[in_[node][0]];
  const RankEdge after = all_[out_[node][0]];
  detach(in_[node][0]);
  detach(out_[node][0]);
  if (before.weight < after.weight) {
    removed_.push_back({node, after.to, -after.length});
  } else {
    removed_.push_back({node, before.from, before.length});
  }
  addEdge({before.from, after.to, std::min(before.weight, after.weight), before.length + after.length});
  queue(before.from);
  queue(after.to);
}

std::vector<int> RankReduction::restore(const std::vector<int>& ranks) const {
  std::vector<int> out(gone_.size());
  for (std::size_t index = 0; index < left_.size(); ++index) out[left_[index]] = ranks[index];
  for (std::size_t at = removed_.size(); at-- > 0;) {
    const Removed& removed = removed_[at];
    out[removed.node] = out[removed.beside] + removed.distance;
  }
  return out;
}

}  // namespace weir::drawing::layout
