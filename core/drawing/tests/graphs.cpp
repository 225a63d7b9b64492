#include "core/drawing/tests/graphs.hpp"

#include <algorithm>
#include <random>

#include "core/drawing/layout/picture_layout.hpp"
#include "core/drawing/look/measures.hpp"
#include "core/drawing/tests/shipped.hpp"

namespace weir::drawing::testing {

namespace {

// std::uniform_int_distribution differs between libraries; graphs must not.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}
  std::size_t below(std::size_t limit) { return engine_() % limit; }
  bool chance(std::size_t percent) { return below(100) < percent; }

 private:
  std::mt19937 engine_;
};

std::size_t addNode(LayoutInput& graph) {
  graph.nodes.push_back({{kNodeWidth, kNodeHeight}, {}, false});
  return graph.nodes.size() - 1;
}

void addEdge(LayoutInput& graph, std::size_t from, std::size_t to, double fromOffset = kOnlyPort, bool aside = false) {
  graph.edges.push_back({from, to, fromOffset, kOnlyPort, aside});
}

}  // namespace

LayoutInput pipes(std::size_t nodes, std::uint32_t seed) {
  Dice dice(seed);
  LayoutInput graph;
  std::vector<std::size_t> ends{addNode(graph), addNode(graph)};
  while (graph.nodes.size() < nodes) {
    const std::size_t which = dice.below(ends.size());
    const std::size_t kind = dice.below(100);
    if (kind < 8) {
      ends.push_back(addNode(graph));  // another source
    } else if (kind < 20 && ends.size() > 1) {
      std::size_t second = dice.below(ends.size());
      if (second == which) second = (second + 1) % ends.size();
      const std::size_t join = addNode(graph);
      addEdge(graph, ends[which], join);
      addEdge(graph, ends[second], join);
      ends[which] = join;
      ends.erase(ends.begin() + static_cast<std::ptrdiff_t>(second));
    } else {
      const std::size_t next = addNode(graph);
      addEdge(graph, ends[which], next);
      if (kind < 30) {  // late rows
        addEdge(graph, ends[which], addNode(graph), kFirstPort + kPortStep, true);
      }
      if (kind < 42) {
        ends.push_back(next);  // a fork: the old end goes on too
      } else {
        ends[which] = next;
      }
      if (ends.size() > 3 && dice.chance(6)) ends.erase(ends.begin() + static_cast<std::ptrdiff_t>(which));
    }
  }
  return graph;
}

LayoutInput layers(std::size_t nodes, std::uint32_t seed) {
  Dice dice(seed);
  LayoutInput graph;
  const std::size_t height = std::max<std::size_t>(4, nodes / 40 + 6);
  for (std::size_t node = 0; node < nodes; ++node) addNode(graph);
  for (std::size_t node = height; node < nodes; ++node) {
    const std::size_t column = node / height;
    const std::size_t near = (column - 1) * height;
    const auto someOf = [&](std::size_t first) { return first + dice.below(height); };
    addEdge(graph, someOf(near), node);
    if (dice.chance(20)) addEdge(graph, someOf(near), node);
    if (column > 2 && dice.chance(6)) addEdge(graph, someOf((column - 2 - dice.below(2)) * height), node);
  }
  return graph;
}

LayoutInput anyGraph(std::size_t nodes, double edgesPerNode, std::uint32_t seed, bool cycles) {
  Dice dice(seed);
  LayoutInput graph;
  for (std::size_t node = 0; node < nodes; ++node) addNode(graph);
  const auto edges = static_cast<std::size_t>(static_cast<double>(nodes) * edgesPerNode);
  for (std::size_t edge = 0; edge < edges; ++edge) {
    const std::size_t from = dice.below(nodes - 1);
    const std::size_t to = from + 1 + dice.below(std::min<std::size_t>(nodes - from - 1, 12));
    if (cycles && dice.chance(8)) {
      addEdge(graph, to, from);
    } else {
      addEdge(graph, from, to);
    }
  }
  return graph;
}

LayoutInput tree(std::size_t nodes, std::size_t children, bool joining) {
  LayoutInput graph;
  for (std::size_t node = 0; node < nodes; ++node) addNode(graph);
  for (std::size_t node = 1; node < nodes; ++node) {
    const std::size_t parent = (node - 1) / children;
    if (joining) {
      addEdge(graph, node, parent);
    } else {
      addEdge(graph, parent, node);
    }
  }
  return graph;
}

void addGroups(LayoutInput& graph, std::size_t groups, std::uint32_t seed) {
  Dice dice(seed);
  std::vector<std::vector<std::size_t>> beside(graph.nodes.size());
  for (const LayoutEdge& edge : graph.edges) {
    beside[edge.from].push_back(edge.to);
    beside[edge.to].push_back(edge.from);
  }
  std::vector<char> taken(graph.nodes.size(), 0);
  for (std::size_t group = 0; group < groups; ++group) {
    const std::size_t size = 1 + dice.below(7);
    std::vector<std::size_t> members;
    std::size_t next = dice.below(graph.nodes.size());
    for (int tries = 0; members.size() < size && tries < 40; ++tries) {
      if (taken[next] == 0) members.push_back(next);
      taken[next] = 1;
      const std::vector<std::size_t>& near = beside[members.empty() ? next : members[dice.below(members.size())]];
      next = near.empty() || dice.chance(10) ? dice.below(graph.nodes.size()) : near[dice.below(near.size())];
    }
    if (!members.empty()) graph.groups.push_back({std::move(members)});
  }
}

void nestGroups(LayoutInput& graph) {
  const std::vector<LayoutGroup> flat = std::exchange(graph.groups, {});
  for (std::size_t first = 0; first < flat.size(); first += 3) {
    const std::size_t last = std::min(first + 3, flat.size());
    const std::size_t outer = graph.groups.size();
    graph.groups.emplace_back();
    for (std::size_t at = first; at < last; ++at) {
      const std::vector<std::size_t>& nodes = flat[at].nodes;
      graph.groups[outer].nodes.insert(graph.groups[outer].nodes.end(), nodes.begin(), nodes.end());
      if (at == first) continue;  // its members lie in the outer one
      graph.groups.push_back({nodes, outer});
      const auto half = static_cast<std::ptrdiff_t>(nodes.size() / 2);
      if (half > 0) graph.groups.push_back({{nodes.begin(), nodes.begin() + half}, graph.groups.size() - 1});
    }
  }
}

std::vector<NamedGraph> corpus() {
  std::vector<NamedGraph> out;
  const auto name = [](const char* form, std::size_t nodes, std::uint32_t seed) {
    return std::string(form) + " of " + std::to_string(nodes) + ", seed " + std::to_string(seed);
  };
  for (const std::size_t nodes : {12, 25, 50, 100, 200, 300, 500}) {
    const auto seed = static_cast<std::uint32_t>(nodes);
    out.push_back({name("pipes", nodes, seed), pipes(nodes, seed)});
    out.push_back({name("pipes", nodes, seed + 1), pipes(nodes, seed + 1)});
    out.push_back({name("layers", nodes, seed), layers(nodes, seed)});
  }
  for (const std::size_t nodes : {20, 60, 150}) {
    const auto seed = static_cast<std::uint32_t>(nodes);
    out.push_back({name("any graph", nodes, seed), anyGraph(nodes, 1.4, seed, false)});
  }
  out.push_back({name("a graph with cycles", 80, 7), anyGraph(80, 1.3, 7, true)});
  out.push_back({name("tree", 85, 0), tree(85, 3, false)});
  out.push_back({name("joining tree", 63, 0), tree(63, 2, true)});
  const catalog::Catalog catalog = shippedCatalog();
  const InterMeasure measure;
  for (const std::string& file : shippedFiles()) {
    topology::Topology topology = topologyOf(contentsOf(file));
    topology.layout.clear();
    out.push_back({file, layoutOf(PictureMaker(catalog, measure).make(topology, {})).input});
  }
  out.push_back({name("two forests", 60, 3), pipes(30, 3)});
  LayoutInput& both = out.back().graph;
  const LayoutInput other = tree(30, 4, true);
  for (LayoutEdge edge : other.edges) {
    edge.from += both.nodes.size();
    edge.to += both.nodes.size();
    both.edges.push_back(edge);
  }
  both.nodes.insert(both.nodes.end(), other.nodes.begin(), other.nodes.end());
  return out;
}

std::size_t straightCrossings(const LayoutInput& graph, const std::vector<Point>& places) {
  const auto middle = [&](std::size_t node) { return Rect::of(places[node], graph.nodes[node].size).centre(); };
  const auto side = [](Point a, Point b, Point c) { return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x); };
  std::size_t count = 0;
  for (std::size_t one = 0; one < graph.edges.size(); ++one) {
    const LayoutEdge& a = graph.edges[one];
    for (std::size_t two = one + 1; two < graph.edges.size(); ++two) {
      const LayoutEdge& b = graph.edges[two];
      if (a.from == b.from || a.from == b.to || a.to == b.from || a.to == b.to) continue;
      const Point p = middle(a.from);
      const Point q = middle(a.to);
      const Point r = middle(b.from);
      const Point s = middle(b.to);
      if (side(p, q, r) * side(p, q, s) < 0 && side(r, s, p) * side(r, s, q) < 0) ++count;
    }
  }
  return count;
}

}  // namespace weir::drawing::testing
