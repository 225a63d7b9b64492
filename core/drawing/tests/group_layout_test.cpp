
#include "core/drawing/layout/internal/parts.hpp"
#include "core/drawing/layout/picture_layout.hpp"
#include "core/drawing/look/measures.hpp"
#include "core/drawing/tests/graphs.hpp"
#include "core/drawing/tests/shipped.hpp"
#include "tests/program/test.hpp"

using namespace weir::drawing;
using namespace weir::drawing::testing;

namespace {

Rect rectOf(const LayoutInput& graph, const std::vector<Point>& places, std::size_t node) {
  return Rect::of(places[node], graph.nodes[node].size);
}

bool isIn(const LayoutInput& graph, std::size_t node, std::size_t group) {
  const std::vector<std::size_t>& members = graph.groups[group].nodes;
  return std::find(members.begin(), members.end(), node) != members.end();
}

// In it, or in one around it.
bool hasPins(const LayoutInput& graph, std::size_t group) {
  while (graph.groups[group].outer != kNoGroup) group = graph.groups[group].outer;
  const auto pinned = [&](std::size_t node) { return graph.nodes[node].pinned; };
  return std::any_of(graph.groups[group].nodes.begin(), graph.groups[group].nodes.end(), pinned);
}

bool within(const LayoutInput& graph, std::size_t group, std::size_t other) {
  while (group != kNoGroup && group != other) group = graph.groups[group].outer;
  return group == other;
}

std::string twoNodesOnEachOther(const LayoutInput& graph, const std::vector<Point>& places) {
  for (std::size_t one = 0; one < places.size(); ++one) {
    for (std::size_t two = one + 1; two < places.size(); ++two) {
      if (rectOf(graph, places, one).intersects(rectOf(graph, places, two))) {
        return "nodes " + std::to_string(one) + " and " + std::to_string(two);
      }
    }
  }
  return "";
}

// What is in a frame and does not belong there. Groups with pins stand where they must.
std::string strangerInAFrame(const LayoutInput& graph, const std::vector<Point>& places) {
  const std::vector<Rect> frames = layout::framesOf(graph, places);
  for (std::size_t group = 0; group < graph.groups.size(); ++group) {
    if (hasPins(graph, group)) continue;
    const Rect frame = frames[group];
    for (std::size_t node = 0; node < places.size(); ++node) {
      if (!isIn(graph, node, group) && frame.intersects(rectOf(graph, places, node))) {
        return "node " + std::to_string(node) + " in group " + std::to_string(group);
      }
    }
    for (std::size_t other = 0; other < graph.groups.size(); ++other) {
      if (within(graph, other, group) || within(graph, group, other)) continue;
      if (frame.intersects(frames[other])) {
        return "group " + std::to_string(other) + " in group " + std::to_string(group);
      }
    }
  }
  return "";
}

// Those of odd seeds have groups in groups.
LayoutInput grouped(int form, std::uint32_t seed) {
  LayoutInput graph = form == 0   ? pipes(60 + seed % 50, seed)
                      : form == 1 ? layers(80, seed)
                      : form == 2 ? anyGraph(50, 1.3, seed, true)
                                  : tree(60, 3, seed % 2 == 0);
  if (seed % 3 == 0) graph.nodes[seed % graph.nodes.size()].size = {kWideNodeWidth, 168};
  addGroups(graph, 2 + seed % 9, seed);
  if (seed % 2 == 1) nestGroups(graph);
  return graph;
}

}  // namespace

class GroupLayoutTest : public QObject {
  Q_OBJECT

  static void eachSeed() {
    QTest::addColumn<int>("form");
    QTest::addColumn<int>("seed");
    for (int form = 0; form < 4; ++form) {
      for (int seed = 1; seed <= 15; ++seed) QTest::addRow("form %d, seed %d", form, seed) << form << seed;
    }
  }

 private Q_SLOTS:
  void framesHoldTheirMembersAndNothingElse_data() { eachSeed(); }

  void framesHoldTheirMembersAndNothingElse() {
    QFETCH(int, form);
    QFETCH(int, seed);
    const LayoutInput graph = grouped(form, static_cast<std::uint32_t>(seed));
    const std::vector<Point> places = *layOut(graph);
    QCOMPARE(twoNodesOnEachOther(graph, places), std::string());
    QCOMPARE(strangerInAFrame(graph, places), std::string());
    QVERIFY(*layOut(graph) == places);
    for (const Point& place : places) QVERIFY(std::fmod(place.x, kGrid) == 0 && std::fmod(place.y, kGrid) == 0);
  }

  void pinnedNodesStayAndOthersGoRoundThem_data() { eachSeed(); }

  void pinnedNodesStayAndOthersGoRoundThem() {
    QFETCH(int, form);
    QFETCH(int, seed);
    LayoutInput graph = grouped(form, static_cast<std::uint32_t>(seed));
    const std::vector<Point> before = *layOut(graph);
    for (std::size_t node = 0; node < before.size(); ++node) {
      graph.nodes[node].present = before[node];
      // One in nine has been moved away, to a place of its own.
      if (node % 9 != static_cast<std::size_t>(seed) % 9) continue;
      graph.nodes[node].pinned = true;
      graph.nodes[node].present = before[node] + Point{static_cast<double>(node % 5) * 37, 100};
    }
    for (std::size_t one = 0; one < before.size(); ++one) {
      for (std::size_t two = 0; two < one; ++two) {
        const auto at = [&](std::size_t node) { return Rect::of(*graph.nodes[node].present, graph.nodes[node].size); };
        if (graph.nodes[one].pinned && graph.nodes[two].pinned && at(one).intersects(at(two))) {
          graph.nodes[one].pinned = false;
        }
      }
    }
    const std::vector<Point> places = *layOut(graph);
    for (std::size_t node = 0; node < places.size(); ++node) {
      if (graph.nodes[node].pinned) QCOMPARE(places[node], *graph.nodes[node].present);
    }
    QCOMPARE(twoNodesOnEachOther(graph, places), std::string());
    QCOMPARE(strangerInAFrame(graph, places), std::string());
  }

  void aTopologyIsLaidOutWithItsGroups() {
    const weir::catalog::Catalog catalog = shippedCatalog();
    const InterMeasure measure;
    const PictureMaker maker(catalog, measure);
    const auto requested = [&](const char* collapsed) {
      return layoutOf(maker.make(
          drawn(R"({"id":"a","use":"std.filter"},{"id":"b","use":"std.filter"},{"id":"c","use":"std.filter"})",
                R"({"from":"a.out","to":"b.in"},{"from":"b.out","to":"c.in"})", "",
                R"("groups":[{"id":"g","nodes":["b","c"]}],"layout":{"g":{"x":8,"y":16,"collapsed":)" +
                    std::string(collapsed) + "}},"),
          {}));
    };
    const PictureLayout open = requested("false");
    QCOMPARE(open.ids, (std::vector<std::string>{"a", "b", "c"}));
    QVERIFY(open.input.groups == (std::vector<LayoutGroup>{{{1, 2}}}));
    const PictureLayout collapsed = requested("true");
    QCOMPARE(collapsed.ids, (std::vector<std::string>{"a", "g"}));
    QVERIFY(collapsed.input.groups.empty());
    QCOMPARE(collapsed.input.edges.size(), std::size_t{1});
    QCOMPARE(collapsed.input.edges[0].to, std::size_t{1});
  }

  // A chain in a frame is as straight as one without.
  void aChainInAGroupIsStraight() {
    LayoutInput graph;
    for (std::size_t node = 0; node < 6; ++node) {
      graph.nodes.push_back({{kNodeWidth, kNodeHeight}, {}, false});
      if (node > 0) graph.edges.push_back({node - 1, node, kOnlyPort, kOnlyPort, false});
    }
    graph.groups.push_back({{1, 2, 3}});
    const std::vector<Point> places = *layOut(graph);
    for (const Point& place : places) QCOMPARE(place.y, places[0].y);
  }

  void aChainThroughGroupsInGroupsIsStraight() {
    LayoutInput graph;
    for (std::size_t node = 0; node < 6; ++node) {
      graph.nodes.push_back({{kNodeWidth, kNodeHeight}, {}, false});
      if (node > 0) graph.edges.push_back({node - 1, node, kOnlyPort, kOnlyPort, false});
    }
    graph.groups = {{{1, 2, 3, 4}}, {{2, 3}, 0}, {{3}, 1}};
    const std::vector<Point> places = *layOut(graph);
    for (const Point& place : places) QCOMPARE(place.y, places[0].y);
    // Between the frames is room for wires.
    const std::vector<Rect> frames = layout::framesOf(graph, places);
    QVERIFY(rectOf(graph, places, 5).x - frames[0].right() >= kColumnGap - 2 * kGroupSide);
    QCOMPARE(frames[0].y + 2 * kGroupTop, frames[2].y);
  }

  // A frame is no further from its members, nor from what is beside it, than it has to be.
  void framesCostLittleRoom() {
    for (std::uint32_t seed = 1; seed <= 5; ++seed) {
      LayoutInput graph = pipes(80, seed);
      const auto area = [&] {
        const std::vector<Point> places = *layOut(graph);
        Rect all;
        for (std::size_t node = 0; node < places.size(); ++node) all = all.united(rectOf(graph, places, node));
        return all.width * all.height;
      };
      const double without = area();
      addGroups(graph, 5, seed);
      QVERIFY2(area() < 2 * without, std::to_string(area() / without).c_str());
    }
  }

  void membersOfSeparatePartsStandTogether() {
    LayoutInput graph;
    for (std::size_t node = 0; node < 6; ++node) graph.nodes.push_back({{kNodeWidth, kNodeHeight}, {}, false});
    graph.edges.push_back({0, 1, kOnlyPort, kOnlyPort, false});
    graph.edges.push_back({4, 5, kOnlyPort, kOnlyPort, false});
    graph.groups.push_back({{0, 4}});
    const std::vector<Point> places = *layOut(graph);
    QCOMPARE(places[0].x, places[4].x);
    QCOMPARE(std::abs(places[0].y - places[4].y), kNodeHeight + kRowGap);
  }
};

WEIR_TEST(GroupLayoutTest)
#include "group_layout_test.moc"
