// New parts cover nothing, and a node that is put into a wire has room there.
#include "designer/model/edits/room.hpp"

#include <random>

#include "core/drawing/look/grid.hpp"
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
    edit = clear(std::move(edit));
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
