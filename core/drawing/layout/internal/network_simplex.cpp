#include "core/drawing/layout/internal/network_simplex.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "core/drawing/layout/internal/incidence.hpp"

namespace weir::drawing::layout {

namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

std::vector<int> longestPaths(std::size_t nodes, const std::vector<RankEdge>& edges, const Incidence& out) {
  std::vector<int> rank(nodes, 0);
  std::vector<std::size_t> waiting(nodes, 0);
  for (const RankEdge& edge : edges) ++waiting[edge.to];
  std::vector<std::size_t> ready;
  for (std::size_t node = 0; node < nodes; ++node) {
    if (waiting[node] == 0) ready.push_back(node);
  }
  for (std::size_t next = 0; next < ready.size(); ++next) {
    for (const std::size_t edge : out.of(ready[next])) {
      const std::size_t to = edges[edge].to;
      rank[to] = std::max(rank[to], rank[ready[next]] + edges[edge].length);
      if (--waiting[to] == 0) ready.push_back(to);
    }
  }
  return rank;
}

// The network simplex method of Gansner and others: a spanning tree of edges as short as can be, of which one after the
// other is exchanged for a better one. `low_` and `last_` number the tree in postorder, so that "is below" is two
// comparisons.
class NetworkSimplex {
 public:
  NetworkSimplex(std::size_t nodes, const std::vector<RankEdge>& edges)
      : edges_(edges),
        out_(nodes, edges.size(), [&](std::size_t edge) { return edges[edge].from; }),
        in_(nodes, edges.size(), [&](std::size_t edge) { return edges[edge].to; }),
        rank_(longestPaths(nodes, edges, out_)),
        tree_(nodes),
        inTree_(edges.size(), false),
        cut_(edges.size(), 0),
        parent_(nodes, kNone),
        low_(nodes, 0),
        last_(nodes, 0) {}

  std::vector<int> run(const std::stop_token& stop) {
    if (rank_.size() > 1) {
      makeTree();
      number(0, kNone, 1);
      firstCuts();
      while (work_ < kMostWork && !stop.stop_requested()) {
        const std::size_t leaving = leavingEdge();
        if (leaving == kNone) break;
        exchange(leaving, enteringEdge(leaving));
      }
    }
    return std::move(rank_);
  }

 private:
  int slack(std::size_t edge) const { return rank_[edges_[edge].to] - rank_[edges_[edge].from] - edges_[edge].length; }
  std::size_t other(std::size_t edge, std::size_t node) const {
    return edges_[edge].from == node ? edges_[edge].to : edges_[edge].from;
  }
  bool below(std::size_t node, std::size_t root) const {
    return low_[root] <= last_[node] && last_[node] <= last_[root];
  }
  template <typename Visit>
  void eachEdge(std::size_t node, const Visit& visit) const {
    for (const std::size_t edge : out_.of(node)) visit(edge);
    for (const std::size_t edge : in_.of(node)) visit(edge);
  }

  void addToTree(std::size_t edge) {
    inTree_[edge] = true;
    tree_[edges_[edge].from].push_back(edge);
    tree_[edges_[edge].to].push_back(edge);
  }

  // Trees of tight edges first; then the smallest one moves until it touches another, until there is one.
  void makeTree() {
    std::vector<std::size_t> owner(rank_.size(), kNone);
    std::vector<std::vector<std::size_t>> members;
    for (std::size_t start = 0; start < rank_.size(); ++start) {
      if (owner[start] != kNone) continue;
      owner[start] = members.size();
      std::vector<std::size_t> found{start};
      for (std::size_t next = 0; next < found.size(); ++next) {
        eachEdge(found[next], [&](std::size_t edge) {
          const std::size_t to = other(edge, found[next]);
          if (owner[to] != kNone || slack(edge) != 0) return;
          owner[to] = members.size();
          addToTree(edge);
          found.push_back(to);
        });
      }
      members.push_back(std::move(found));
    }
    std::set<std::pair<std::size_t, std::size_t>> bySize;
    for (std::size_t tree = 0; tree < members.size(); ++tree) bySize.emplace(members[tree].size(), tree);
    while (bySize.size() > 1) {
      const std::size_t small = bySize.begin()->second;
      bySize.erase(bySize.begin());
      std::size_t best = kNone;
      for (const std::size_t node : members[small]) {
        eachEdge(node, [&](std::size_t edge) {
          if (owner[other(edge, node)] != small && (best == kNone || slack(edge) < slack(best))) best = edge;
        });
      }
      const bool forwards = owner[edges_[best].from] == small;
      const int by = forwards ? slack(best) : -slack(best);
      const std::size_t big = owner[forwards ? edges_[best].to : edges_[best].from];
      bySize.erase({members[big].size(), big});
      for (const std::size_t node : members[small]) {
        rank_[node] += by;
        owner[node] = big;
      }
      members[big].insert(members[big].end(), members[small].begin(), members[small].end());
      members[small].clear();
      bySize.emplace(members[big].size(), big);
      addToTree(best);
    }
  }

  // Numbers the tree below `root` in postorder from `next`, without recursion: chains are long. Parts whose numbers are
  // right already are passed over.
  void number(std::size_t root, std::size_t parentEdge, std::size_t next) {
    struct Step {
      std::size_t node;
      std::size_t child;
    };
    parent_[root] = parentEdge;
    low_[root] = next;
    std::vector<Step> steps{{root, 0}};
    while (!steps.empty()) {
      ++work_;
      Step& step = steps.back();
      if (step.child == tree_[step.node].size()) {
        last_[step.node] = next++;
        steps.pop_back();
        continue;
      }
      const std::size_t edge = tree_[step.node][step.child++];
      if (edge == parent_[step.node]) continue;
      const std::size_t node = other(edge, step.node);
      if (parent_[node] == edge && low_[node] == next) {
        next = last_[node] + 1;
        continue;
      }
      parent_[node] = edge;
      low_[node] = next;
      steps.push_back({node, 0});
    }
  }

  // The cut value of an edge of the tree: the weights that lead across the cut the way it does, less those that lead
  // back. Edges inside the part below it cancel out, so that sums over nodes are enough.
  void firstCuts() {
    std::vector<int> surplus(rank_.size(), 0);
    for (const RankEdge& edge : edges_) {
      surplus[edge.from] += edge.weight;
      surplus[edge.to] -= edge.weight;
    }
    std::vector<std::size_t> order(rank_.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return last_[a] < last_[b]; });
    for (const std::size_t node : order) {
      const std::size_t edge = parent_[node];
      if (edge == kNone) continue;
      cut_[edge] = edges_[edge].from == node ? surplus[node] : -surplus[node];
      surplus[other(edge, node)] += surplus[node];
    }
  }

  // The worst of a few from where the last search ended.
  std::size_t leavingEdge() {
    constexpr int kEnough = 30;
    std::size_t best = kNone;
    int seen = 0;
    for (std::size_t count = 0; count < edges_.size() && seen < kEnough; ++count) {
      if (search_ == edges_.size()) search_ = 0;
      const std::size_t edge = search_++;
      if (!inTree_[edge] || cut_[edge] >= 0) continue;
      ++seen;
      if (best == kNone || cut_[edge] < cut_[best]) best = edge;
    }
    return best;
  }

  // Without `leaving` the tree falls into two; the shortest edge that leads the other way across.
  std::size_t enteringEdge(std::size_t leaving) const {
    const std::size_t from = edges_[leaving].from;
    const std::size_t to = edges_[leaving].to;
    const bool childIsTail = last_[from] < last_[to];
    const std::size_t root = childIsTail ? from : to;
    std::size_t best = kNone;
    std::vector<std::size_t> nodes{root};
    for (std::size_t next = 0; next < nodes.size(); ++next) {
      const std::size_t node = nodes[next];
      for (const std::size_t edge : childIsTail ? in_.of(node) : out_.of(node)) {
        if (!below(other(edge, node), root) && (best == kNone || slack(edge) < slack(best))) best = edge;
      }
      if (best != kNone && slack(best) == 0) break;
      for (const std::size_t edge : tree_[node]) {
        if (edge != parent_[node]) nodes.push_back(other(edge, node));
      }
    }
    return best;
  }

  void exchange(std::size_t leaving, std::size_t entering) {
    shiftRanks(leaving, entering);
    // Cut values change on the way between the ends of `entering` only, by that of `leaving`.
    const int cut = cut_[leaving];
    passed_.clear();
    const std::size_t meeting = passCut(edges_[entering].to, edges_[entering].from, cut, false);
    passCut(edges_[entering].from, meeting, cut, true);
    cut_[entering] = -cut;
    cut_[leaving] = 0;
    inTree_[leaving] = false;
    std::erase(tree_[edges_[leaving].from], leaving);
    std::erase(tree_[edges_[leaving].to], leaving);
    addToTree(entering);
    for (const std::size_t node : passed_) low_[node] = 0;  // no number: what is below has changed
    number(meeting, parent_[meeting], low_[meeting]);
  }

  // Walks up from `node` until above `end`; answers where that is.
  std::size_t passCut(std::size_t node, std::size_t end, int cut, bool fromTail) {
    while (!below(end, node)) {
      const std::size_t edge = parent_[node];
      const bool up = edges_[edge].from == node;
      cut_[edge] += up == fromTail ? cut : -cut;
      passed_.push_back(node);
      node = other(edge, node);
    }
    return node;
  }

  // Makes `entering` tight by moving the part below `leaving`.
  void shiftRanks(std::size_t leaving, std::size_t entering) {
    const std::size_t from = edges_[leaving].from;
    const std::size_t to = edges_[leaving].to;
    const std::size_t root = last_[from] < last_[to] ? from : to;
    const int by = below(edges_[entering].to, root) ? -slack(entering) : slack(entering);
    if (by == 0) return;
    std::vector<std::size_t> nodes{root};
    for (std::size_t next = 0; next < nodes.size(); ++next) {
      rank_[nodes[next]] += by;
      for (const std::size_t edge : tree_[nodes[next]]) {
        if (edge != parent_[nodes[next]]) nodes.push_back(other(edge, nodes[next]));
      }
    }
  }

  const std::vector<RankEdge>& edges_;
  Incidence out_;
  Incidence in_;
  std::vector<int> rank_;
  std::vector<std::vector<std::size_t>> tree_;  // edges of the tree at each node
  std::vector<bool> inTree_;
  std::vector<int> cut_;
  std::vector<std::size_t> parent_;  // edge of the tree towards the root
  std::vector<std::size_t> low_;
  std::vector<std::size_t> last_;
  std::vector<std::size_t> passed_;
  std::size_t search_ = 0;
  // Numbering is what takes the time. Enough for the least in all but very large graphs.
  static constexpr std::size_t kMostWork = 20'000'000;
  std::size_t work_ = 0;
};

}  // namespace

std::vector<int> networkSimplex(std::size_t nodes, const std::vector<RankEdge>& edges, const std::stop_token& stop) {
  return NetworkSimplex(nodes, edges).run(stop);
}

}  // namespace weir::drawing::layout
