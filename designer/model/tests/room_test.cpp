// New parts cover nothing, and a node that is put into a wire has room there.
#include "designer/model/edits/room.hpp"

#include <random>

#include "core/drawing/look/grid.hpp"
#include "designer/model/edits/frame_room.hpp"
#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class RoomTest : public QObject {
  Q_OBJECT

  const catalog::Catalog catalog_ = sample::catalog();
  const drawing::InterMeasure measure_{};
  const drawing::PictureMaker maker_{catalog_, measure_};

  drawing::Picture pictureOf(const topology::Topology& topology) const { return maker_.make(topology, {}); }
  Edit clear(const Edit& edit) const { return moved(edit, movedClear(pictureOf(edit.after), *edit.selection)); }
  Edit apart(const Edit& edit) const {
    return moved(edit, movedApart(pictureOf(edit.after), *edit.selection->begin()));
  }
  static Edit moved(Edit edit, const Positions& to) {
    edit.after = movedTo(edit.after, to, {}).after;
    return edit;
  }
  // Of nodes that are shown, boxes of collapsed groups, and comments.
  std::vector<drawing::Rect> rects(const topology::Topology& topology) const {
    const drawing::Picture picture = pictureOf(topology);
    std::vector<drawing::Rect> all;
    for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
      if (picture.hiding(i) == nullptr) all.push_back(picture.nodes[i]->rect());
    }
    for (const drawing::GroupPicture& group : picture.groups) {
      if (group.collapsed) all.push_back(group.bounds);
    }
    for (const drawing::CommentPicture& comment : picture.comments) all.push_back(comment.bounds);
    return all;
  }
  bool overlaps(const topology::Topology& topology) const {
    const std::vector<drawing::Rect> all = rects(topology);
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (all[i].intersects(all[j])) return true;
      }
    }
    return false;
  }
  static Point at(const topology::Topology& topology, const char* id) { return *positionOf(topology, id); }
  // "a" at the left, "b" 112 beside it, with a wire.
  static topology::Topology pair() {
    topology::Topology topology;
    topology = addNode(topology, "shop.orders", {0, 0}).after;
    topology = addNode(topology, "shop.print", {320, 0}).after;
    return connectPorts(topology, "orders.out", "print.in").after;
  }

 private Q_SLOTS:
  void whatIsAddedWhereNothingStandsStaysThere() {
    const Edit edit = addNode(pair(), "shop.filter", {0, 240});
    QVERIFY(movedClear(pictureOf(edit.after), *edit.selection).empty());
  }
  void whatIsAddedOnANodeGoesBelowIt() {
    const Edit edit = clear(addNode(pair(), "shop.filter", {16, 16}));
    QCOMPARE(at(edit.after, "filter").x, 16.0);
    QVERIFY(at(edit.after, "filter").y >= 72 + 24);
    QVERIFY(!overlaps(edit.after));
  }
  void severalKeepTheirPlacesToEachOther() {
    topology::Topology topology = pair();
    Edit edit = addNode(topology, "shop.filter", {0, 0});
    edit.after = addNode(edit.after, "shop.drop", {240, -160}).after;
    edit.selection = Selection{"filter", "drop"};
    edit = clear(edit);
    QVERIFY(!overlaps(edit.after));
    const drawing::Point apart{240, -160};
    QVERIFY(at(edit.after, "drop") - at(edit.after, "filter") == apart);
  }
  void commentsAndCollapsedGroupsAreNotCoveredEither() {
    topology::Topology topology = addComment(pair(), "Why", {0, 240}).after;
    topology = group(topology, {"print"}, "One").after;
    topology = setCollapsed(topology, "group", true).after;
    for (const Point where : {Point{0, 240}, Point{320, 0}}) {
      const Edit edit = clear(addNode(topology, "shop.filter", where));
      QVERIFY(!overlaps(edit.after));
    }
  }
  void aNodeInAWireMovesWhatComesAfterIt() {
    topology::Topology topology = addNode(pair(), "shop.filter", {160, 0}).after;
    topology = addNode(topology, "shop.print", {640, 0}).after;  // aside, in the way of what moves
    const Edit edit = apart(spliceIn(topology, "orders.out -> print.in", "filter", "in", "out"));
    QCOMPARE(at(edit.after, "orders").x, 0.0);
    QVERIFY(at(edit.after, "filter").x >= 208);
    QVERIFY(at(edit.after, "print").x >= at(edit.after, "filter").x + 208);
    QVERIFY(!overlaps(edit.after));
  }
  void aNodeInAWireWithRoomMovesNothing() {
    topology::Topology topology = movedTo(pair(), {{"print", {800, 0}}}, {}).after;
    topology = addNode(topology, "shop.filter", {400, 0}).after;
    const Edit edit = spliceIn(topology, "orders.out -> print.in", "filter", "in", "out");
    QVERIFY(movedApart(pictureOf(edit.after), "filter").empty());
  }
  static topology::Topology row(int count) {
    topology::Topology topology;
    for (int i = 0; i < count; ++i) topology = addNode(topology, "shop.filter", {i * 240.0, 0}).after;
    return topology;
  }
  // Expanded, with room.
  topology::Topology expanded(const topology::Topology& collapsed, const std::string& group) const {
    return withRoomForFrames(setCollapsed(collapsed, group, false), pictureOf(collapsed), maker_).after;
  }
  // A node, group or comment that stands in the frame of another group.
  bool coveredByFrames(const topology::Topology& topology) const {
    const drawing::Picture picture = pictureOf(topology);
    const std::vector<std::size_t> groups = picture.groupsOfNodes();
    for (std::size_t group = 0; group < picture.groups.size(); ++group) {
      const drawing::GroupPicture& frame = picture.groups[group];
      if (!frame.framed()) continue;
      for (std::size_t node = 0; node < groups.size(); ++node) {
        const bool shown = picture.hiding(node) == nullptr;
        if (shown && !picture.within(groups[node], group) && picture.nodes[node]->rect().intersects(frame.bounds)) {
          return true;
        }
      }
      for (std::size_t other = 0; other < picture.groups.size(); ++other) {
        const bool beside = !picture.within(other, group) && !picture.within(group, other);
        if (beside && picture.groups[other].bounds.intersects(frame.bounds)) return true;
      }
    }
    return false;
  }
  void anExpandedGroupMakesRoom() {
    // filter and filter_2 in a group, whose box is where filter_2 was; then filter_3 comes near.
    topology::Topology topology = group(row(3), {"filter", "filter_2"}, "Two").after;
    topology = setCollapsed(topology, "group", true).after;
    topology = addNode(topology, "shop.drop", {0, 96}).after;
    topology = addNode(topology, "shop.drop", {240, 0}).after;
    const topology::Topology after = expanded(topology, "group");
    QVERIFY(!overlaps(after) && !coveredByFrames(after));
    QCOMPARE(at(after, "filter").x, 0.0);
    QVERIFY(at(after, "drop").y > 96);
    QVERIFY(at(after, "drop_2").x > 448);
    QVERIFY(at(after, "filter_3").x > at(after, "drop_2").x);
  }
  void aGroupThatHasRoomMovesNothing() {
    topology::Topology topology = group(row(2), {"filter", "filter_2"}, "Two").after;
    topology = addNode(topology, "shop.drop", {800, 0}).after;
    topology = setCollapsed(topology, "group", true).after;
    QCOMPARE(positionOf(expanded(topology, "group"), "drop"), (std::optional<Point>{{800, 0}}));
  }
  void theFramesAroundAnExpandedGroupMakeRoomToo() {
    topology::Topology topology = group(row(4), {"filter", "filter_2"}, "Inner").after;
    topology = group(topology, {"filter_3"}, "Outer").after;
    moveToGroups(topology, {{"group", "group_2"}});
    topology = setCollapsed(topology, "group", true).after;
    topology = movedTo(topology, {{"filter_3", {240, 0}}, {"filter_4", {520, 0}}}, {}).after;
    QVERIFY(!coveredByFrames(topology));
    const topology::Topology after = expanded(topology, "group");
    QVERIFY(!overlaps(after) && !coveredByFrames(after));
    QVERIFY(at(after, "filter_4").x > at(after, "filter_3").x);
  }
  void whateverIsExpandedCoversNothing() {
    for (unsigned seed = 1; seed <= 100; ++seed) {
      std::mt19937 random(seed);
      const auto below = [&](int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
      topology::Topology topology;
      Selection members;
      for (int i = 0; i < 5; ++i) {
        const Edit edit = clear(addNode(topology, "shop.filter", {below(100) * 8.0, below(50) * 8.0}));
        members.insert(*edit.selection->begin());
        topology = edit.after;
      }
      topology = group(topology, members, "All").after;
      // A frame that is drawn around what stands apart covers what stands between.
      const topology::Topology nested = group(topology, {"filter", "filter_2"}, "Some").after;
      if (!coveredByFrames(nested)) topology = nested;
      topology = setCollapsed(topology, "group", true).after;
      for (int i = 0; i < 8; ++i) {
        const Point where{below(150) * 8.0 - 200, below(100) * 8.0 - 200};
        topology = clear(addNode(topology, "shop.drop", where)).after;
      }
      const topology::Topology after = expanded(topology, "group");
      QVERIFY2(!overlaps(after) && !coveredByFrames(after), qPrintable(QString("seed %1").arg(seed)));
    }
  }
  // Whatever stands where.
  void nothingOverlapsAfterwards() {
    for (unsigned seed = 1; seed <= 300; ++seed) {
      std::mt19937 random(seed);
      const auto below = [&](int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
      topology::Topology topology;
      for (int i = 0; i < 12; ++i) {
        const Point where{drawing::onGrid(below(1600)), drawing::onGrid(below(800))};
        Edit edit = clear(addNode(topology, below(2) == 0 ? "shop.filter" : "shop.drop", where));
        topology = std::move(edit.after);
        QVERIFY2(!overlaps(topology), qPrintable(QString("added, seed %1").arg(seed)));
      }
      for (int i = 0; i < 10; ++i) {
        const std::string from = topology.nodes[static_cast<std::size_t>(below(12))]->id.value;
        const std::string to = topology.nodes[static_cast<std::size_t>(below(12))]->id.value;
        if (from < to) topology = connectPorts(topology, from + ".out", to + ".in").after;
      }
      if (topology.edges.empty()) continue;
      const topology::Edge wire =
          *topology.edges[static_cast<std::size_t>(below(static_cast<int>(topology.edges.size())))];
      const Point from = at(topology, std::string(endOf(wire.from.value).node).c_str());
      const Point to = at(topology, std::string(endOf(wire.to.value).node).c_str());
      topology = addNode(topology, "shop.shape", drawing::onGrid({(from.x + to.x) / 2, (from.y + to.y) / 2})).after;
      const Edit edit = apart(spliceIn(topology, edgeId(wire), "shape", "in", "out"));
      QVERIFY2(!overlaps(edit.after), qPrintable(QString("spliced, seed %1").arg(seed)));
    }
  }
};

WEIR_TEST(RoomTest)
#include "room_test.moc"
