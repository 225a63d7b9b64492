
#include "core/drawing/layout/layered_layout.hpp"
#include "core/drawing/look/measures.hpp"
#include "core/drawing/tests/graphs.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::drawing;
using namespace weir::drawing::testing;

namespace {

Rect rectOf(const LayoutInput& graph, const std::vector<Point>& places, std::size_t node) {
  return Rect::of(places[node], graph.nodes[node].size);
}

// Two nodes that stand too close together: in a column less than the gap of rows, else the gap of columns.
std::string tooClose(const LayoutInput& graph, const std::vector<Point>& places) {
  for (std::size_t one = 0; one < places.size(); ++one) {
    for (std::size_t two = one + 1; two < places.size(); ++two) {
      const Rect a = rectOf(graph, places, one);
      const Rect b = rectOf(graph, places, two);
      const Rect wide{a.x - kColumnGap + 1, a.y - kRowGap + 1, a.width + 2 * kColumnGap - 2,
                      a.height + 2 * kRowGap - 2};
      if (wide.intersects(b)) return std::to_string(one) + " and " + std::to_string(two);
    }
  }
  return "";
}

std::size_t backwards(const LayoutInput& graph, const std::vector<Point>& places) {
  std::size_t count = 0;
  for (const LayoutEdge& edge : graph.edges) {
    count += places[edge.to].x < rectOf(graph, places, edge.from).right() ? 1 : 0;
  }
  return count;
}

LayoutInput chain(std::size_t nodes) {
  LayoutInput graph;
  for (std::size_t node = 0; node < nodes; ++node) {
    graph.nodes.push_back({{kNodeWidth, kNodeHeight}, {}, false});
    if (node > 0) graph.edges.push_back({node - 1, node, kOnlyPort, kOnlyPort, false});
  }
  return graph;
}

void standAt(LayoutInput& graph, const std::vector<Point>& places) {
  for (std::size_t node = 0; node < places.size(); ++node) graph.nodes[node].present = places[node];
}

}  // namespace

class LayoutTest : public QObject {
  Q_OBJECT

  const std::vector<NamedGraph> corpus_ = corpus();

  void eachGraph() {
    QTest::addColumn<int>("index");
    for (std::size_t index = 0; index < corpus_.size(); ++index) {
      QTest::newRow(corpus_[index].name.c_str()) << static_cast<int>(index);
    }
  }

 private Q_SLOTS:
  void everythingStandsForItselfOnTheGridAndForwards_data() { eachGraph(); }

  void everythingStandsForItselfOnTheGridAndForwards() {
    QFETCH(int, index);
    const NamedGraph& named = corpus_[static_cast<std::size_t>(index)];
    const std::vector<Point> places = *layOut(named.graph);
    QCOMPARE(tooClose(named.graph, places), std::string());
    for (const Point& place : places) {
      QVERIFY(std::fmod(place.x, kGrid) == 0 && std::fmod(place.y, kGrid) == 0);
      QVERIFY(place.x >= 0 && place.y >= 0);
    }
    const bool cycles = named.name.find("cycles") != std::string::npos;
    QVERIFY((backwards(named.graph, places) > 0) == cycles);
    QVERIFY(*layOut(named.graph) == places);
  }

  void chainsAreStraight() {
    const std::vector<Point> places = *layOut(chain(12));
    for (std::size_t node = 0; node < places.size(); ++node) {
      QCOMPARE(places[node], (Point{static_cast<double>(node) * (kNodeWidth + kColumnGap), 0}));
    }
  }

  // A long edge beside a chain bends neither.
  void aLongEdgePassesBesideAChain() {
    LayoutInput graph = chain(6);
    graph.edges.push_back({0, 5, kOnlyPort, kOnlyPort, false});
    const std::vector<Point> places = *layOut(graph);
    for (std::size_t node = 1; node < 5; ++node) QCOMPARE(places[node].y, places[1].y);
  }

  void columnsLeaveRoomForWiresThatPassEachOther() {
    // Two sources whose sinks stand the other way round twice: four wires, two channels at least.
    LayoutInput graph;
    for (int node = 0; node < 4; ++node) graph.nodes.push_back({{kNodeWidth, kNodeHeight}, {}, false});
    for (const std::size_t from : {0, 1}) {
      for (const std::size_t to : {2, 3}) graph.edges.push_back({from, to, kOnlyPort, kOnlyPort, false});
    }
    const std::vector<Point> places = *layOut(graph);
    QVERIFY(places[2].x - places[0].x >= kNodeWidth + kColumnGap + kChannel);
  }

  void pinnedNodesStay() {
    LayoutInput graph = pipes(60, 5);
    standAt(graph, *layOut(graph));
    for (const std::size_t node : {3, 17, 40}) {
      graph.nodes[node].pinned = true;
      graph.nodes[node].present = *graph.nodes[node].present + Point{37, 301};
    }
    const std::vector<Point> places = *layOut(graph);
    for (const std::size_t node : {3, 17, 40}) QCOMPARE(places[node], *graph.nodes[node].present);
    for (std::size_t one = 0; one < places.size(); ++one) {
      for (std::size_t two = one + 1; two < places.size(); ++two) {
        const bool pinnedBoth = graph.nodes[one].pinned && graph.nodes[two].pinned;
        QVERIFY(pinnedBoth || !rectOf(graph, places, one).intersects(rectOf(graph, places, two)));
      }
    }
  }

  // What stood above something still does, and nothing jumps, when one node comes.
  void oneMoreNodeDoesNotTurnTheGraphOver() {
    for (const std::uint32_t seed : {1U, 2U, 3U, 4U}) {
      LayoutInput graph = pipes(80, seed);
      const std::vector<Point> before = *layOut(graph);
      standAt(graph, before);
      graph.nodes.push_back({{kNodeWidth, kNodeHeight}, {}, false});
      graph.edges.push_back({10, graph.nodes.size() - 1, kOnlyPort, kOnlyPort, false});
      const std::vector<Point> after = *layOut(graph);
      std::size_t pairs = 0;
      std::size_t turned = 0;
      for (std::size_t one = 0; one < before.size(); ++one) {
        for (std::size_t two = one + 1; two < before.size(); ++two) {
          if (before[one].x != before[two].x) continue;
          ++pairs;
          turned += (before[one].y < before[two].y) == (after[one].y < after[two].y) ? 0 : 1;
        }
      }
      QVERIFY2(50 * turned <= pairs, (std::to_string(turned) + " of " + std::to_string(pairs)).c_str());
    }
  }

  void layingOutTwiceChangesNothing() {
    LayoutInput graph = pipes(80, 9);
    standAt(graph, *layOut(graph));
    const std::vector<Point> again = *layOut(graph);
    standAt(graph, again);
    QVERIFY(*layOut(graph) == again);
  }

  void partsAreApart() {
    LayoutInput graph = chain(3);
    graph.nodes.push_back({{kNodeWidth, kNodeHeight}, {}, false});
    graph.nodes.push_back({{kWideNodeWidth, 120}, {}, false});
    QCOMPARE(tooClose(graph, *layOut(graph)), std::string());
  }

  void nothingIsLaidOutToNothing() { QVERIFY(layOut({})->empty()); }

  void stoppingStops() {
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!layOut(pipes(300, 1), stop.get_token()));
    QVERIFY(layOut(pipes(300, 1), std::stop_token()).has_value());
  }

  void edgesToItselfAndTwiceAreNoTrouble() {
    LayoutInput graph = chain(3);
    graph.edges.push_back({1, 1, kOnlyPort, kOnlyPort, false});
    graph.edges.push_back({0, 1, kOnlyPort, kOnlyPort, false});
    graph.edges.push_back({2, 0, kOnlyPort, kOnlyPort, false});
    QCOMPARE(tooClose(graph, *layOut(graph)), std::string());
  }
};

WEIR_TEST(LayoutTest)
#include "layout_test.moc"
