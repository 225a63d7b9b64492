#include <random>

#include "core/drawing/look/measures.hpp"
#include "core/drawing/routing/wire_routing.hpp"
#include "core/drawing/tests/graphs.hpp"
#include "tests/program/test.hpp"

using namespace weir::drawing;
using namespace weir::drawing::testing;

namespace {

// A laid out graph as rectangles and wires.
struct Wired {
  std::vector<Rect> nodes;
  std::vector<WireRequest> wires;
};

Wired wiredOf(const LayoutInput& graph) {
  Wired out;
  const std::vector<Point> places = *layOut(graph);
  for (std::size_t node = 0; node < places.size(); ++node) {
    out.nodes.push_back(Rect::of(places[node], graph.nodes[node].size));
  }
  for (const LayoutEdge& edge : graph.edges) {
    const Rect& from = out.nodes[edge.from];
    const Rect& to = out.nodes[edge.to];
    out.wires.push_back({edge.from,
                         edge.to,
                         {from.right(), from.y + edge.fromOffset},
                         {to.x, to.y + edge.toOffset},
                         2 * edge.from + (edge.aside ? 1U : 0U),
                         false,
                         {}});
  }
  return out;
}

void follow(Wired& wired, std::size_t node, Point by) {
  wired.nodes[node] = wired.nodes[node].moved(by);
  for (WireRequest& wire : wired.wires) {
    if (wire.fromNode == node) wire.from = wire.from + by;
    if (wire.toNode == node) wire.to = wire.to + by;
  }
}

std::vector<WirePath> pathsOf(const WireRouter& router) {
  std::vector<WirePath> out;
  for (std::size_t wire = 0; wire < router.wireCount(); ++wire) out.push_back(router.path(wire));
  return out;
}

WireRouter routerOf(const Wired& wired) {
  WireRouter router;
  router.setNodes(wired.nodes);
  router.setWires(wired.wires);
  router.update();
  return router;
}

WirePath between(const std::vector<Rect>& nodes, double fromOffset = 36, double toOffset = 36) {
  const WireRequest wire{0,     1, {nodes[0].right(), nodes[0].y + fromOffset}, {nodes[1].x, nodes[1].y + toOffset}, 0,
                         false, {}};
  return routerOf({nodes, {wire}}).path(0);
}

Rect box(double x, double y) {
  return {x, y, kNodeWidth, kNodeHeight};
}

// The way from a node at (0, 0) to one at (320, 128) through bends.
WirePath bent(std::vector<Point> bends) {
  return routerOf({{box(0, 0), box(320, 128)}, {{0, 1, {208, 36}, {320, 164}, 0, false, std::move(bends)}}}).path(0);
}

bool passes(const WirePath& path, Point point) {
  for (std::size_t piece = 0; piece + 1 < path.size(); ++piece) {
    const Rect line{std::min(path[piece].x, path[piece + 1].x), std::min(path[piece].y, path[piece + 1].y),
                    std::abs(path[piece].x - path[piece + 1].x), std::abs(path[piece].y - path[piece + 1].y)};
    if (line.contains(point)) return true;
  }
  return false;
}

// The node that a path passes through, if there is one. Its ends touch theirs.
std::string hit(const WirePath& path, const std::vector<Rect>& nodes) {
  for (std::size_t point = 0; point + 1 < path.size(); ++point) {
    const Point a = path[point];
    const Point b = path[point + 1];
    const Rect line{std::min(a.x, b.x), std::min(a.y, b.y), std::max(std::abs(a.x - b.x), 0.1),
                    std::max(std::abs(a.y - b.y), 0.1)};
    for (std::size_t node = 0; node < nodes.size(); ++node) {
      if (nodes[node].grown(-0.2).intersects(line))
        return "piece " + std::to_string(point) + " is in " + std::to_string(node);
    }
  }
  return "";
}

bool orthogonal(const WirePath& path) {
  for (std::size_t point = 0; point + 1 < path.size(); ++point) {
    if (path[point].x != path[point + 1].x && path[point].y != path[point + 1].y) return false;
  }
  return true;
}

// Length along which wires of different ports lie on each other, but for where they leave and arrive.
double shared(const Wired& wired, const std::vector<WirePath>& paths) {
  double sum = 0;
  for (std::size_t one = 0; one < paths.size(); ++one) {
    for (std::size_t two = one + 1; two < paths.size(); ++two) {
      if (wired.wires[one].source == wired.wires[two].source) continue;
      for (std::size_t a = 1; a + 2 < paths[one].size(); ++a) {
        for (std::size_t b = 1; b + 2 < paths[two].size(); ++b) {
          const Point p = paths[one][a];
          const Point q = paths[one][a + 1];
          const Point r = paths[two][b];
          const Point s = paths[two][b + 1];
          if (p.x != q.x || r.x != s.x || std::abs(p.x - r.x) > 1) continue;
          sum += std::max(
              0.0, std::min(std::max(p.y, q.y), std::max(r.y, s.y)) - std::max(std::min(p.y, q.y), std::min(r.y, s.y)));
        }
      }
    }
  }
  return sum;
}

}  // namespace

class RoutingTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void wiresOfOneHeightAreStraight() { QCOMPARE(between({box(0, 0), box(320, 0)}), (WirePath{{208, 36}, {320, 36}})); }

  void wiresBendInTheMiddleOfTheGap() {
    QCOMPARE(between({box(0, 0), box(320, 128)}), (WirePath{{208, 36}, {264, 36}, {264, 164}, {320, 164}}));
  }

  void throughANarrowGapAWireGoesInItsMiddle() {
    for (const double gap : {8.0, 16.0, 24.0, 31.0}) {
      const double x = kNodeWidth + gap / 2;
      QCOMPARE(between({box(0, 0), box(kNodeWidth + gap, 40)}),
               (WirePath{{208, 36}, {x, 36}, {x, 76}, {kNodeWidth + gap, 76}}));
    }
  }

  void aNodeInANarrowGapIsPassed() {
    const std::vector<Rect> nodes{box(0, 0), box(kNodeWidth + 24, 400), {kNodeWidth - 40, 160, 80, 80}};
    QCOMPARE(hit(between(nodes), nodes), std::string());
  }

  void aNodeInTheWayIsPassed() {
    const std::vector<Rect> nodes{box(0, 0), box(640, 0), box(320, 0)};
    const WirePath path = between(nodes);
    QCOMPARE(hit(path, nodes), std::string());
    QVERIFY(path.size() <= 6);
  }

  void aWireBackLeadsRound() {
    const std::vector<Rect> nodes{box(320, 0), box(0, 0)};
    const WirePath path = between(nodes);
    QCOMPARE(hit(path, nodes), std::string());
    QCOMPARE(path.size(), std::size_t(6));
    QVERIFY(path[1].x > 320 + kNodeWidth && path[4].x < 0);
  }

  void aLabyrinthHasAWay() {
    // A wall of nodes above, below and in front, open far away only.
    std::vector<Rect> nodes{box(0, 0), box(960, 0)};
    for (int row = -6; row <= 6; ++row) nodes.push_back({480, row * 80.0, kNodeWidth, 80});
    for (int column = -1; column <= 1; ++column) nodes.push_back({column * 240.0 - 100, 160, 240, 72});
    for (int column = -1; column <= 1; ++column) nodes.push_back({column * 240.0 - 100, -160, 240, 72});
    const WirePath path = between(nodes);
    QCOMPARE(hit(path, nodes), std::string());
    QVERIFY(orthogonal(path));
  }

  void withoutAWayAWireGoesThrough() {
    const std::vector<Rect> nodes{box(0, 0),
                                  box(640, 0),
                                  {220, -4000, 300, 9000},
                                  {-800, -4000, 700, 9000},
                                  {-800, 4900, 2000, 700},
                                  {-800, -4600, 2000, 700}};
    const WirePath path = between(nodes);
    QVERIFY(orthogonal(path));
    QCOMPARE(path.front(), (Point{208, 36}));
    QCOMPARE(path.back(), (Point{640, 36}));
  }

  void wiresOfDifferentPortsLieSideBySide() {
    const std::vector<Rect> nodes{box(0, 0), box(0, 128), box(320, 256), box(320, 384)};
    const Wired wired{nodes,
                      {{0, 2, {208, 36}, {320, 292}, 0, false, {}}, {1, 3, {208, 164}, {320, 420}, 1, false, {}}}};
    const WireRouter router = routerOf(wired);
    QCOMPARE(std::abs(router.path(0)[1].x - router.path(1)[1].x), kChannel);
    // The lower one turns first: they do not cross.
    QVERIFY(router.path(1)[1].x < router.path(0)[1].x);
  }

  void wiresOfOnePortShareTheirWay() {
    const std::vector<Rect> nodes{box(0, 0), box(320, 128), box(320, 256)};
    const Wired wired{nodes,
                      {{0, 1, {208, 36}, {320, 164}, 0, false, {}}, {0, 2, {208, 36}, {320, 292}, 0, false, {}}}};
    const WireRouter router = routerOf(wired);
    QCOMPARE(router.path(0)[1], router.path(1)[1]);
  }

  void aBendMovesThePieceThatItLiesOn() {
    QCOMPARE(bent({{232, 100}}), (WirePath{{208, 36}, {232, 36}, {232, 164}, {320, 164}}));
    QCOMPARE(bent({{264, 300}}), (WirePath{{208, 36}, {236, 36}, {236, 300}, {292, 300}, {292, 164}, {320, 164}}));
  }

  void aBendThatIsLevelWithAPortIsACorner() {
    QCOMPARE(bent({{288, 36}}), (WirePath{{208, 36}, {288, 36}, {288, 164}, {320, 164}}));
  }

  void bentWiresGoThroughAllOfTheirBends() {
    const std::uint32_t seed = 5;
    qInfo("seed %u", seed);
    std::mt19937 dice(seed);
    for (int time = 0; time < 200; ++time) {
      std::vector<Point> bends(1 + dice() % 4);
      for (Point& bend : bends) {
        bend = {static_cast<double>(dice() % 80) * 8 - 160, static_cast<double>(dice() % 80) * 8 - 240};
      }
      const WirePath path = bent(bends);
      QVERIFY(orthogonal(path));
      QCOMPARE(path.front(), (Point{208, 36}));
      QCOMPARE(path.back(), (Point{320, 164}));
      QVERIFY(path[1].x > path[0].x && path[path.size() - 2].x < path.back().x);
      for (const Point& bend : bends) QVERIFY2(passes(path, bend), ("time " + std::to_string(time)).c_str());
    }
  }

  void othersKeepClearOfABentWire() {
    const std::vector<Rect> nodes{box(0, 0), box(0, 128), box(320, 256), box(320, 384)};
    Wired wired{nodes, {{0, 2, {208, 36}, {320, 292}, 0, false, {}}, {1, 3, {208, 164}, {320, 420}, 1, false, {}}}};
    const double x = routerOf(wired).path(1)[1].x;
    wired.wires[0].bends = {{x, 200}};
    const WireRouter router = routerOf(wired);
    QCOMPARE(router.path(0)[1].x, x);
    QVERIFY(std::abs(router.path(1)[1].x - x) >= kChannel / 2);
  }

  void laidOutGraphsAreRoutedWell_data() {
    QTest::addColumn<int>("index");
    int index = 0;
    for (const NamedGraph& graph : corpus()) QTest::newRow(graph.name.c_str()) << index++;
  }

  void laidOutGraphsAreRoutedWell() {
    QFETCH(int, index);
    static const std::vector<NamedGraph> graphs = corpus();
    const Wired wired = wiredOf(graphs[static_cast<std::size_t>(index)].graph);
    const std::vector<WirePath> paths = pathsOf(routerOf(wired));
    double length = 0;
    for (std::size_t wire = 0; wire < paths.size(); ++wire) {
      const WirePath& path = paths[wire];
      QVERIFY(path.size() >= 2 && orthogonal(path));
      QCOMPARE(path.front(), wired.wires[wire].from);
      QCOMPARE(path.back(), wired.wires[wire].to);
      QVERIFY(path[1].x > path[0].x && path[path.size() - 2].x < path.back().x);
      const std::string through = hit(path, wired.nodes);
      QVERIFY2(through.empty(), ("wire " + std::to_string(wire) + ": " + through).c_str());
      for (std::size_t point = 0; point + 1 < path.size(); ++point) {
        length += std::abs(path[point].x - path[point + 1].x) + std::abs(path[point].y - path[point + 1].y);
      }
    }
    const double on = shared(wired, paths);
    QVERIFY2(on <= 0.02 * length, (std::to_string(on) + " of " + std::to_string(length)).c_str());
  }

  // Whatever is moved, what is routed again is what routing everything gives.
  void movingNodesGivesTheSameAsRoutingAnew() {
    const std::uint32_t seed = 11;
    qInfo("seed %u", seed);
    std::mt19937 dice(seed);
    Wired wired = wiredOf(pipes(120, seed));
    for (std::size_t wire = 0; wire < wired.wires.size(); wire += 9) {
      const Point from = wired.wires[wire].from;
      wired.wires[wire].bends = {{std::round(from.x) + 24, std::round(from.y) + 80}};
    }
    WireRouter router = routerOf(wired);
    for (int step = 0; step < 60; ++step) {
      const std::size_t node = dice() % wired.nodes.size();
      const Point by{static_cast<double>(dice() % 41) * 8 - 160, static_cast<double>(dice() % 41) * 8 - 160};
      follow(wired, node, by);
      const std::vector<WirePath> before = pathsOf(router);
      router.setNode(node, wired.nodes[node]);
      for (std::size_t wire = 0; wire < wired.wires.size(); ++wire) router.setWire(wire, wired.wires[wire]);
      const std::vector<std::size_t> changed = router.update();
      const std::vector<WirePath> after = pathsOf(router);
      QVERIFY2(after == pathsOf(routerOf(wired)), ("after step " + std::to_string(step)).c_str());
      for (std::size_t wire = 0; wire < before.size(); ++wire) {
        const bool told = std::binary_search(changed.begin(), changed.end(), wire);
        QCOMPARE(told, before[wire] != after[wire]);
      }
    }
  }

  void hiddenWiresHaveNoPath() {
    Wired wired{{box(0, 0), box(320, 0)}, {{0, 1, {208, 36}, {320, 36}, 0, true, {}}}};
    WireRouter router = routerOf(wired);
    QVERIFY(router.path(0).empty());
    wired.wires[0].hidden = false;
    router.setWire(0, wired.wires[0]);
    QCOMPARE(router.update(), std::vector<std::size_t>{0});
    QCOMPARE(router.path(0).size(), std::size_t(2));
  }
};

WEIR_TEST(RoutingTest)
#include "routing_test.moc"
