#include "core/drawing/layout/internal/component.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "core/drawing/layout/internal/grouping.hpp"
#include "core/drawing/layout/internal/layers.hpp"
#include "core/drawing/layout/internal/ordering.hpp"
#include "core/drawing/layout/internal/placing.hpp"
#include "core/drawing/layout/internal/ranking.hpp"
#include "core/drawing/layout/internal/union.hpp"
#include "core/drawing/look/grid.hpp"
#include "core/drawing/look/measures.hpp"

namespace weir::drawing::layout {

namespace {

int steps(double length) {
  return static_cast<int>(std::ceil(length / kGrid));
}

// Ports count from the one before them that stands on the grid: what cannot be quite straight has its nodes in line.
int portSteps(double offset) {
  constexpr int kStep = static_cast<int>(kPortStep / kGrid);
  return kStep * static_cast<int>(std::floor(offset / kPortStep));
}

class Component {
 public:
  Component(const LayoutInput& part, const std::stop_token& stop)
      : part_(part), stop_(stop), groupOf_(groupsOfNodes(part)) {}

  std::optional<std::vector<Point>> run() {
    rank();
    makeLayers();
    if (!stop_.stop_requested()) orderLayers(layers_, presentRows(), stop_);
    addFrames(layers_);
    if (!stop_.stop_requested()) rows_ = placeRows(layers_, stop_);
    if (stop_.stop_requested()) return std::nullopt;
    const std::vector<double> columns = columnPlaces();
    std::vector<Point> out(part_.nodes.size());
    for (std::size_t node = 0; node < out.size(); ++node) {
      out[node] = {columns[static_cast<std::size_t>(ranks_[node])], rows_[node] * kGrid};
    }
    return out;
  }

 private:
  void rank() {
    std::vector<RankEdge> edges;
    edges.reserve(part_.edges.size());
    for (const LayoutEdge& edge : part_.edges) edges.push_back({edge.from, edge.to, 1});
    turned_ = cycleBreakers(part_.nodes.size(), edges);
    // Edges between the same nodes become one that weighs as much.
    std::map<std::pair<std::size_t, std::size_t>, int> weights;
    for (std::size_t edge = 0; edge < edges.size(); ++edge) {
      const bool back = turned_[edge];
      const std::size_t from = back ? edges[edge].to : edges[edge].from;
      const std::size_t to = back ? edges[edge].from : edges[edge].to;
      weights[{from, to}] += part_.edges[edge].aside ? 1 : 2;
    }
    edges.clear();
    for (const auto& [ends, weight] : weights) edges.push_back({ends.first, ends.second, weight});
    connectGroups(edges);
    ranks_ = ranks(part_.nodes.size(), edges, stop_);
    for (const LayoutGroup& group : part_.groups) {
      const int rank = ranks_[group.nodes.front()];
      GroupSpan& span = layers_.groups.emplace_back(GroupSpan{rank, rank, group.outer});
      for (const std::size_t node : group.nodes) {
        span.first = std::min(span.first, ranks_[node]);
        span.last = std::max(span.last, ranks_[node]);
      }
    }
  }

  // What only a group holds together is ranked from the same column.
  void connectGroups(std::vector<RankEdge>& edges) const {
    if (part_.groups.empty()) return;
    Union connected(part_.nodes.size());
    for (const RankEdge& edge : edges) connected.join(edge.from, edge.to);
    for (const LayoutGroup& group : part_.groups) {
      for (const std::size_t node : group.nodes) {
        if (!connected.join(group.nodes.front(), node)) continue;
        edges.push_back({group.nodes.front(), node, 1, 0});
      }
    }
  }

  // The innermost group around a node that goes through a layer.
  std::size_t groupThrough(std::size_t node, int rank) const {
    std::size_t group = groupOf_[node];
    while (group != kNoGroup && (rank < layers_.groups[group].first || rank > layers_.groups[group].last)) {
      group = layers_.groups[group].outer;
    }
    return group;
  }
  // A wire stays in the frame of a group that one of its ends is in, as far as that goes: in the inner one of two.
  std::size_t groupOfWire(const LayoutEdge& edge, int rank) const {
    const std::size_t from = groupThrough(edge.from, rank);
    const std::size_t to = groupThrough(edge.to, rank);
    for (std::size_t group = to; group != kNoGroup; group = layers_.groups[group].outer) {
      if (group == from) return to;
    }
    return from != kNoGroup ? from : to;
  }

  std::size_t sourceOf(const LayoutEdge& edge) {
    return sources_.emplace(std::pair(edge.from, edge.fromOffset), sources_.size()).first->second;
  }

  void makeLayers() {
    for (std::size_t node = 0; node < part_.nodes.size(); ++node) {
      layers_.vertices.push_back({node, ranks_[node], 0, steps(part_.nodes[node].size.height), 0, groupOf_[node]});
    }
    // Edges from one port to one end look alike; the layers hold them once.
    std::set<std::tuple<std::size_t, std::size_t, double, double>> seen;
    for (std::size_t index = 0; index < part_.edges.size(); ++index) {
      const LayoutEdge& edge = part_.edges[index];
      if (!seen.emplace(edge.from, edge.to, edge.fromOffset, edge.toOffset).second) continue;
      const bool back = turned_[index];
      const std::size_t source = sourceOf(edge);
      std::size_t at = back ? edge.to : edge.from;
      const std::size_t end = back ? edge.from : edge.to;
      // A wire that leads back leaves and arrives on the far sides: it bends round its nodes anyway.
      int offset = portSteps(back ? edge.toOffset : edge.fromOffset);
      for (int rank = ranks_[at] + 1; rank < ranks_[end]; ++rank) {
        layers_.vertices.push_back({kStandIn, rank, 0, 0, source, groupOfWire(edge, rank)});
        layers_.segments.push_back({at, layers_.vertices.size() - 1, offset, 0, source, edge.aside});
        at = layers_.vertices.size() - 1;
        offset = 0;
      }
      layers_.segments.push_back(
          {at, end, offset, portSteps(back ? edge.fromOffset : edge.toOffset), source, edge.aside});
    }
    fillGroups();
    const auto count = static_cast<std::size_t>(*std::max_element(ranks_.begin(), ranks_.end())) + 1;
    layers_.ranks.resize(count);
    for (std::size_t vertex = 0; vertex < layers_.vertices.size(); ++vertex) {
      layers_.ranks[static_cast<std::size_t>(layers_.vertices[vertex].rank)].push_back(vertex);
    }
    layers_.index();
    layers_.number();
  }

  // Something of a group stands in each of its layers: its frame goes through all of them.
  void fillGroups() {
    std::set<std::pair<std::size_t, int>> there;
    const auto isThere = [&](std::size_t group, int rank) {
      for (; group != kNoGroup; group = layers_.groups[group].outer) there.emplace(group, rank);
    };
    for (const Vertex& vertex : layers_.vertices) isThere(vertex.group, vertex.rank);
    for (std::size_t group = layers_.groups.size(); group-- > 0;) {
      for (int rank = layers_.groups[group].first; rank <= layers_.groups[group].last; ++rank) {
        if (there.count({group, rank}) > 0) continue;
        layers_.vertices.push_back({kStandIn, rank, 0, 0, kStandIn, group});
        isThere(group, rank);
      }
    }
  }

  // Where things stand now, when most of them stand somewhere; stand-ins between the ends of their edge.
  std::vector<std::optional<double>> presentRows() const {
    std::vector<std::optional<double>> out(layers_.vertices.size());
    const auto known = std::count_if(part_.nodes.begin(), part_.nodes.end(),
                                     [](const LayoutNode& node) { return node.present.has_value(); });
    if (2 * static_cast<std::size_t>(known) <= part_.nodes.size()) return out;
    for (std::size_t node = 0; node < part_.nodes.size(); ++node) {
      const LayoutNode& at = part_.nodes[node];
      if (at.present) out[node] = at.present->y + at.size.height / 2;
    }
    return out;
  }

  // Each column as wide as its widest node; between two as much as the wires need that go up or down there.
  std::vector<double> columnPlaces() const {
    std::vector<double> widths(layers_.ranks.size(), 0);
    for (std::size_t node = 0; node < part_.nodes.size(); ++node) {
      double& width = widths[static_cast<std::size_t>(ranks_[node])];
      width = std::max(width, part_.nodes[node].size.width);
    }
    std::vector<double> out;
    double x = 0;
    for (std::size_t rank = 0; rank < widths.size(); ++rank) {
      out.push_back(x);
      const int channels = rank + 1 < widths.size() ? channelsAfter(rank) : 0;
      x += widths[rank] + kColumnGap + kChannel * std::max(0, channels - 1) + roomForSides(static_cast<int>(rank));
      x = onGridFrom(x);
    }
    return out;
  }

  // Of frames in frames, behind a column: there is room for one that ends and one that begins.
  double roomForSides(int rank) const {
    std::vector<std::pair<int, int>> sides;  // of each group with those around it: how many end here, or begin behind
    std::pair<int, int> most;
    for (const GroupSpan& group : layers_.groups) {
      std::pair<int, int>& own = sides.emplace_back(group.last == rank ? 1 : 0, group.first == rank + 1 ? 1 : 0);
      if (group.outer != kNoGroup) {
        own = {own.first + sides[group.outer].first, own.second + sides[group.outer].second};
      }
      most = {std::max(most.first, own.first), std::max(most.second, own.second)};
    }
    return kGroupSide * (std::max(0, most.first - 1) + std::max(0, most.second - 1));
  }

  // The most wires from different ports that pass each other in the gap behind a column.
  int channelsAfter(std::size_t rank) const {
    constexpr int kMostChannels = 40;
    std::map<std::size_t, std::pair<int, int>> spans;  // by source
    for (const std::size_t vertex : layers_.ranks[rank]) {
      for (const std::size_t index : layers_.out.of(vertex)) {
        const Segment& segment = layers_.segments[index];
        const int from = rows_[segment.from] + segment.fromOffset;
        const int to = rows_[segment.to] + segment.toOffset;
        if (from == to) continue;
        const auto [low, high] = std::minmax(from, to);
        const auto [span, fresh] = spans.emplace(segment.source, std::pair(low, high));
        if (!fresh) span->second = {std::min(span->second.first, low), std::max(span->second.second, high)};
      }
    }
    std::vector<std::pair<int, int>> events;
    for (const auto& [source, span] : spans) {
      events.emplace_back(span.first, -1);  // at one height, what begins there meets what ends there
      events.emplace_back(span.second, 1);
    }
    std::sort(events.begin(), events.end());
    int now = 0;
    int most = 0;
    for (const auto& [row, change] : events) most = std::max(most, now -= change);
    return std::min(most, kMostChannels);
  }

  const LayoutInput& part_;
  const std::stop_token& stop_;
  std::vector<std::size_t> groupOf_;
  std::vector<bool> turned_;
  std::vector<int> ranks_;
  std::vector<int> rows_;
  std::map<std::pair<std::size_t, double>, std::size_t> sources_;
  Layers layers_;
};

}  // namespace

std::optional<std::vector<Point>> layOutComponent(const LayoutInput& part, const std::stop_token& stop) {
  return Component(part, stop).run();
}

}  // namespace weir::drawing::layout
