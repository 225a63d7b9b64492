
#include "core/drawing/layout/internal/beside.hpp"
#include "core/drawing/layout/picture_layout.hpp"
#include "core/drawing/look/measures.hpp"
#include "core/drawing/tests/graphs.hpp"
#include "core/drawing/tests/shipped.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::drawing;
using namespace weir::drawing::testing;

namespace {

// Two that stand on each other; empty: none do.
std::string overlap(const Picture& picture) {
  for (std::size_t one = 0; one < picture.nodes.size(); ++one) {
    for (std::size_t two = one + 1; two < picture.nodes.size(); ++two) {
      if (picture.hiding(one) != nullptr || picture.hiding(two) != nullptr) continue;
      if (picture.nodes[one]->rect().intersects(picture.nodes[two]->rect())) {
        return picture.nodes[one]->id + " and " + picture.nodes[two]->id;
      }
    }
  }
  return "";
}

std::string overlap(const LayoutInput& graph, const std::vector<Point>& places) {
  for (std::size_t one = 0; one < places.size(); ++one) {
    for (std::size_t two = one + 1; two < places.size(); ++two) {
      const Rect rect = Rect::of(places[one], graph.nodes[one].size);
      if (rect.intersects(Rect::of(places[two], graph.nodes[two].size))) {
        return std::to_string(one) + " and " + std::to_string(two);
      }
    }
  }
  return "";
}

// a -> b -> c, and d alone; places as the layout says.
topology::Topology abcd(const std::string& layout, const std::string& groups = "") {
  return drawn(R"({"id":"a","use":"std.filter"},{"id":"b","use":"std.filter"},{"id":"c","use":"std.filter"},
                  {"id":"d","use":"std.filter"})",
               R"({"from":"a.out","to":"b.in"},{"from":"b.out","to":"c.in"})", "",
               (groups.empty() ? "" : R"("groups":[)" + groups + "],") + R"("layout":{)" + layout + "},");
}

}  // namespace

class MissingPlacesTest : public QObject {
  Q_OBJECT

  const catalog::Catalog catalog_ = shippedCatalog();
  const InterMeasure measure_{};
  const PictureMaker maker_{catalog_, measure_};

  static Point at(const topology::Topology& topology, std::string_view id) {
    return LayoutIndex(topology.layout).place(id).at.value_or(Point{-1, -1});
  }

 private Q_SLOTS:
  void aFileWithPlacesIsLeftAlone() {
    for (const std::string& file : shippedFiles()) {
      topology::Topology topology = topologyOf(contentsOf(file));
      const Layout before = topology.layout;
      placeMissing(topology, maker_);
      QVERIFY2(topology.layout == before, file.c_str());
    }
  }

  void aFileWithoutPlacesIsLaidOut() {
    for (const std::string& file : shippedFiles()) {
      topology::Topology topology = topologyOf(contentsOf(file));
      topology.layout.clear();
      const PictureLayout request = layoutOf(maker_.make(topology, {}));
      const std::vector<Point> places = *layOut(request.input);
      placeMissing(topology, maker_);
      for (std::size_t node = 0; node < places.size(); ++node) QCOMPARE(at(topology, request.ids[node]), places[node]);
    }
  }

  void whatIsMissingComesBehindWhatItComesFrom() {
    topology::Topology topology = abcd(R"("a":{"x":1000,"y":504},"d":{"x":0,"y":0})");
    placeMissing(topology, maker_);
    QCOMPARE(at(topology, "a"), (Point{1000, 504}));
    QCOMPARE(at(topology, "b"), (Point{1000 + kNodeWidth + kColumnGap, 504}));
    QCOMPARE(at(topology, "c"), (Point{1000 + 2 * (kNodeWidth + kColumnGap), 504}));
  }

  void whatIsMissingComesBeforeWhatItLeadsTo() {
    topology::Topology topology = abcd(R"("b":{"x":1000,"y":504},"c":{"x":1320,"y":504},"d":{"x":0,"y":0})");
    placeMissing(topology, maker_);
    QCOMPARE(at(topology, "a"), (Point{1000 - kNodeWidth - kColumnGap, 504}));
  }

  void whatIsMissingMakesWayForWhatStandsThere() {
    topology::Topology topology = abcd(R"("a":{"x":0,"y":0},"b":{"x":320,"y":0},"d":{"x":640,"y":0})");
    placeMissing(topology, maker_);
    QCOMPARE(at(topology, "c").x, 640.0);
    QVERIFY(at(topology, "c").y >= kNodeHeight + kRowGap);
  }

  void whatIsConnectedWithNothingComesBelowEverything() {
    topology::Topology topology = abcd(R"("a":{"x":80,"y":40},"b":{"x":400,"y":40},"c":{"x":720,"y":40})");
    placeMissing(topology, maker_);
    QCOMPARE(at(topology, "d").x, 80.0);
    QVERIFY(at(topology, "d").y >= 40 + kNodeHeight + kRowGap);
  }

  void whatIsMissingDoesNotComeIntoAnothersFrame() {
    // d would stand in the gap between a and c; the frame around them is wider than they are.
    topology::Topology topology =
        abcd(R"("a":{"x":0,"y":0},"c":{"x":0,"y":400},"b":{"x":-320,"y":200})", R"({"id":"g","nodes":["a","c"]})");
    topology.edges.emplace_back(topology::Edge{{"b.out", {}}, {"d.in", {}}, {}});
    placeMissing(topology, maker_);
    const Picture picture = maker_.make(topology, {});
    QVERIFY(!picture.groups[0].bounds.intersects(picture.nodes[*picture.node("d")]->rect()));
  }

  void whatBelongsToAGroupComesToIt() {
    topology::Topology topology =
        abcd(R"("a":{"x":0,"y":0},"b":{"x":320,"y":0},"c":{"x":4000,"y":4000})", R"({"id":"g","nodes":["c","d"]})");
    placeMissing(topology, maker_);
    QCOMPARE(at(topology, "d"), (Point{4000, 4000 + kNodeHeight + kRowGap}));
  }

  void whatIsHiddenStandsInOrderWhenItsGroupIsOpened() {
    for (const std::string layout :
         {R"("g":{"collapsed":true})", R"("g":{"x":800,"y":80,"collapsed":true},"a":{"x":0,"y":0})"}) {
      topology::Topology topology = abcd(layout, R"({"id":"g","nodes":["b","c"]})");
      placeMissing(topology, maker_);
      QCOMPARE(overlap(maker_.make(topology, {})), std::string());
      Place group = LayoutIndex(topology.layout).place("g");
      QVERIFY(group.at && group.collapsed);
      QCOMPARE(at(topology, "b"), *group.at + (Point{kGroupSide, kGroupTop}));
      QCOMPARE(at(topology, "c"), at(topology, "b") + (Point{kNodeWidth + kColumnGap, 0}));
    }
  }

  void nothingMovesAndNothingStandsOnAnother_data() {
    QTest::addColumn<int>("seed");
    for (const int seed : {1, 2, 3, 4, 5, 6, 7, 8}) QTest::addRow("seed %d", seed) << seed;
  }

  void nothingMovesAndNothingStandsOnAnother() {
    QFETCH(int, seed);
    LayoutInput graph = pipes(120, static_cast<std::uint32_t>(seed));
    const std::vector<Point> before = *layOut(graph);
    for (std::size_t node = 0; node < before.size(); ++node) {
      // Some runs of neighbours, and some alone.
      const bool gone = node % 7 == static_cast<std::size_t>(seed) % 7 || (node / 10) % 4 == 2;
      if (!gone) graph.nodes[node].present = before[node];
    }
    const std::vector<Point> after = layout::placeBeside(graph);
    for (std::size_t node = 0; node < before.size(); ++node) {
      if (graph.nodes[node].present) QCOMPARE(after[node], before[node]);
    }
    QCOMPARE(overlap(graph, after), std::string());
    QVERIFY(layout::placeBeside(graph) == after);
  }
};

WEIR_TEST(MissingPlacesTest)
#include "missing_places_test.moc"
