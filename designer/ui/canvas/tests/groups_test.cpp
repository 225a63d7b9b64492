// Groups on the canvas: dragging nodes out of frames and into them, and the ports of collapsed ones.
#include "designer/model/edits/edits.hpp"
#include "designer/ui/canvas/picture/hit_test.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/tests/canvas_fixture.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir;            // NOLINT: a program of its own
using namespace weir::designer;  // NOLINT
using weir::designer::testing::Canvas;

namespace {

// orders and per_minute in a group; keyed and result beside it.
topology::Topology grouped() {
  return group(testing::shippedTopology("orders_per_minute_by_region.weir"), {"orders", "per_minute"}, "Both").after;
}

topology::Topology collapsed() {
  return setCollapsed(grouped(), "group", true).after;
}

// keyed and result in "group_2", too.
topology::Topology twoGroups() {
  return group(grouped(), {"keyed", "result"}, "Rest").after;
}

// "group" within "group_2".
topology::Topology nested() {
  topology::Topology out = twoGroups();
  moveToGroups(out, {{"group", "group_2"}});
  return out;
}

}  // namespace

class GroupsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void aNodeThatIsDraggedIntoAFrameJoins();
  void theFrameThatANodeWouldJoinIsMarked();
  void aNodeThatIsDraggedOutLeaves();
  void aNodeThatStaysNearTheFrameStaysInTheGroup();
  void escKeepsItWhereItWas();
  void draggingAllMembersMovesTheGroup();
  void aNodeDroppedOnACollapsedGroupStandsBelowItsMembers();
  void aNodeThatIsPulledOutLeavesToo();
  void aPortOfACollapsedGroupIsFoundAndNamed();
  void aWireCanBeDrawnFromACollapsedGroup();
  void aWireThatComesMakesAPort();
  void arrowsLeadFromACollapsedGroupAlongItsWires();
  void aGroupThatIsDraggedIntoAnotherJoins();
  void aGroupThatIsDraggedOutOfAnotherLeaves();
  void aGroupMovesWithTheGroupsInIt();
  void anInnerGroupCollapsesInTheOuterOne();
  void anOuterGroupHidesTheInnerOne();
  void anExpandedGroupCoversNothing();
  void whatIsCollapsedIsSelectedAsItsBox();
  void whatIsDroppedIntoACollapsedGroupIsSelectedAsItsBox();
  void whatIsAddedInAFrameJoins();
  void everythingIsSelectedAsItIsSeen();

 private:
  static QPointF frameMiddle(const Canvas& canvas) { return canvas.view.placed().rectOf("group")->center(); }
  // How far a node is from a place, in the window.
  static QPoint wayTo(const Canvas& canvas, const std::string& node, QPointF scene) {
    return canvas.view.mapFromScene(scene) - canvas.middleOf(node);
  }
  // Where a group is held to drag it.
  static QPoint titleOf(const Canvas& canvas, const std::string& group) {
    return canvas.view.mapFromScene(canvas.view.placed().rectOf(group)->topLeft() + QPointF(80, 16));
  }
  // Drags a node there and answers where the button is still held.
  static QPoint holdOverFrame(Canvas& canvas, const std::string& id) {
    const QPoint from = canvas.middleOf(id);
    const QPoint way = wayTo(canvas, id, frameMiddle(canvas));
    canvas.press(from);
    canvas.moveTo(from + way / 2);
    canvas.moveTo(from + way);
    return from + way;
  }
};

void GroupsTest::aNodeThatIsDraggedIntoAFrameJoins() {
  Canvas canvas(grouped());
  const QPoint from = canvas.middleOf("keyed");
  canvas.drag(from, from + wayTo(canvas, "keyed", frameMiddle(canvas)));
  QCOMPARE(groupOf(canvas.document.topology(), "keyed"), std::string("group"));
  // It is one step.
  QVERIFY(canvas.document.undo());
  QCOMPARE(groupOf(canvas.document.topology(), "keyed"), std::string());
  QVERIFY(!canvas.document.undo());
}

void GroupsTest::theFrameThatANodeWouldJoinIsMarked() {
  Canvas canvas(grouped());
  const QPoint to = holdOverFrame(canvas, "keyed");
  QCOMPARE(canvas.view.canvasScene().look().target, std::string("group"));
  canvas.release(to);
  QCOMPARE(canvas.view.canvasScene().look().target, std::string());
}

void GroupsTest::aNodeThatIsDraggedOutLeaves() {
  Canvas canvas(grouped());
  const QRectF before = *canvas.view.placed().rectOf("group");
  const QPoint from = canvas.middleOf("per_minute");
  canvas.drag(from, from + QPoint(0, 300));
  QCOMPARE(groupOf(canvas.document.topology(), "per_minute"), std::string());
  QCOMPARE(groupOf(canvas.document.topology(), "orders"), std::string("group"));
  QVERIFY(canvas.view.placed().rectOf("group")->width() < before.width());
}

void GroupsTest::aNodeThatStaysNearTheFrameStaysInTheGroup() {
  Canvas canvas(grouped());
  const QRectF before = *canvas.view.placed().rectOf("group");
  const QPoint from = canvas.middleOf("per_minute");
  canvas.drag(from, from + QPoint(0, 60));
  QCOMPARE(groupOf(canvas.document.topology(), "per_minute"), std::string("group"));
  QVERIFY(canvas.view.placed().rectOf("group")->height() > before.height());
}

void GroupsTest::escKeepsItWhereItWas() {
  Canvas canvas(grouped());
  const QPoint from = canvas.middleOf("per_minute");
  canvas.press(from);
  canvas.moveTo(from + QPoint(0, 100));
  canvas.moveTo(from + QPoint(0, 300));
  QCOMPARE(groupOf(canvas.document.topology(), "per_minute"), std::string());
  canvas.key(Qt::Key_Escape);
  QCOMPARE(groupOf(canvas.document.topology(), "per_minute"), std::string("group"));
  canvas.release(from);
}

void GroupsTest::draggingAllMembersMovesTheGroup() {
  Canvas canvas(grouped());
  canvas.document.select({"orders", "per_minute"});
  const QPoint from = canvas.middleOf("per_minute");
  canvas.drag(from, from + QPoint(0, 300));
  QCOMPARE(groupOf(canvas.document.topology(), "per_minute"), std::string("group"));
  QCOMPARE(groupOf(canvas.document.topology(), "orders"), std::string("group"));
}

void GroupsTest::aNodeDroppedOnACollapsedGroupStandsBelowItsMembers() {
  Canvas canvas(collapsed());
  const QPoint to = holdOverFrame(canvas, "keyed");
  // It does not vanish under the mouse.
  QVERIFY(!canvas.view.placed().node("keyed")->hidden());
  canvas.release(to);
  QVERIFY(canvas.view.placed().node("keyed")->hidden());
  canvas.document.apply(setCollapsed(canvas.document.topology(), "group", false));
  const QRectF keyed = canvas.view.placed().node("keyed")->rect;
  for (const char* const other : {"orders", "per_minute"}) {
    QVERIFY(!keyed.intersects(canvas.view.placed().node(other)->rect));
  }
}

void GroupsTest::aNodeThatIsPulledOutLeavesToo() {
  Canvas canvas(grouped());
  const QPoint from = canvas.middleOf("per_minute");
  canvas.drag(from, from + QPoint(0, 300), Qt::ShiftModifier);
  QCOMPARE(groupOf(canvas.document.topology(), "per_minute"), std::string());
  QVERIFY(canvas.connected("orders.out -> keyed.in"));
}

void GroupsTest::aPortOfACollapsedGroupIsFoundAndNamed() {
  Canvas canvas(collapsed());
  const PlacedPicture& placed = canvas.view.placed();
  const QPointF port = placed.pointOf({"per_minute", "out", true});
  QCOMPARE(port.x(), placed.rectOf("group")->right());
  QVERIFY(portAt(placed, port) == (PortRef{"per_minute", "out", true}));
  QCOMPARE(placed.wire("per_minute.out -> keyed.in")->route.front(), port);
  pointer::moveTo(*canvas.view.viewport(), canvas.view.mapFromScene(port));
  QTRY_VERIFY(canvas.view.canvasScene().look().port == (PortRef{"per_minute", "out", true}));
}

void GroupsTest::aWireCanBeDrawnFromACollapsedGroup() {
  Canvas canvas(collapsed());
  canvas.drag(canvas.portOf("per_minute", "out", true), canvas.portOf("result", "", false));
  QVERIFY(canvas.connected("per_minute.out -> result"));
}

void GroupsTest::aWireThatComesMakesAPort() {
  Canvas canvas(collapsed());
  QCOMPARE(canvas.view.placed().picture().groups[0].ports.size(), std::size_t{1});
  canvas.document.apply(connectPorts(canvas.document.topology(), "orders.out", "keyed.in"));
  QCOMPARE(canvas.view.placed().picture().groups[0].ports.size(), std::size_t{2});
  const PlacedPicture& placed = canvas.view.placed();
  for (const char* const wire : {"per_minute.out -> keyed.in", "orders.out -> keyed.in"}) {
    const PlacedWire& shown = *placed.wire(wire);
    QCOMPARE(shown.route.front(), placed.pointOf({shown.picture->fromNode, "out", true}));
  }
}

void GroupsTest::arrowsLeadFromACollapsedGroupAlongItsWires() {
  Canvas canvas(collapsed());
  canvas.document.select({"group"});
  canvas.view.navigation().focus("group");
  canvas.key(Qt::Key_Right, Qt::AltModifier);
  QCOMPARE(canvas.document.selection(), Selection{"per_minute.out -> keyed.in"});
}

void GroupsTest::aGroupThatIsDraggedIntoAnotherJoins() {
  Canvas canvas(setCollapsed(twoGroups(), "group_2", true).after);
  const QPoint from = canvas.middleOf("group_2");
  const QPoint to = holdOverFrame(canvas, "group_2");
  QCOMPARE(canvas.view.canvasScene().look().target, std::string("group"));
  canvas.release(to);
  QVERIFY(from != to);
  QCOMPARE(groupOf(canvas.document.topology(), "group_2"), std::string("group"));
  QCOMPARE(groupOf(canvas.document.topology(), "keyed"), std::string("group_2"));
  QVERIFY(canvas.document.undo());
  QVERIFY(!canvas.document.undo());
}

void GroupsTest::aGroupThatIsDraggedOutOfAnotherLeaves() {
  Canvas canvas(nested());
  const QPoint from = titleOf(canvas, "group");
  canvas.drag(from, from + QPoint(0, 60));
  QCOMPARE(groupOf(canvas.document.topology(), "group"), std::string("group_2"));
  const QPoint again = titleOf(canvas, "group");
  canvas.drag(again, again + QPoint(0, 400));
  QCOMPARE(groupOf(canvas.document.topology(), "group"), std::string());
  QCOMPARE(groupOf(canvas.document.topology(), "orders"), std::string("group"));
}

void GroupsTest::aGroupMovesWithTheGroupsInIt() {
  Canvas canvas(nested());
  const Point orders = canvas.at("orders");
  const QPoint from = titleOf(canvas, "group_2");
  canvas.drag(from, from + QPoint(0, 80));
  QVERIFY(canvas.at("orders").y > orders.y);
  QCOMPARE(groupOf(canvas.document.topology(), "group"), std::string("group_2"));
}

void GroupsTest::anInnerGroupCollapsesInTheOuterOne() {
  Canvas canvas(nested());
  pointer::click(*canvas.view.viewport(),
                 canvas.view.mapFromScene(triangleOf(canvas.view.placed().picture().groups[1]).center()));
  const drawing::Picture& picture = canvas.view.placed().picture();
  QVERIFY(picture.groups[1].boxed() && picture.groups[0].framed());
  QVERIFY(toQt(picture.groups[0].bounds).contains(toQt(picture.groups[1].bounds)));
  QVERIFY(canvas.view.placed().node("orders")->hidden());
}

void GroupsTest::anOuterGroupHidesTheInnerOne() {
  Canvas canvas(nested());
  canvas.document.select({"group_2"});
  canvas.view.commands().toggleCollapsed();
  const PlacedPicture& placed = canvas.view.placed();
  QVERIFY(placed.picture().groups[0].boxed() && placed.picture().groups[1].hidden);
  QCOMPARE(placed.rectOf("group"), placed.rectOf("group_2"));
  QCOMPARE(idAt(placed, placed.rectOf("group")->center()), std::string("group_2"));
  canvas.view.commands().toggleCollapsed();
  QVERIFY(canvas.view.placed().picture().groups[1].framed());
}

void GroupsTest::anExpandedGroupCoversNothing() {
  Canvas canvas(collapsed());
  const QRectF box = *canvas.view.placed().rectOf("group");
  const Point beside{box.right() + 48, box.top()};
  canvas.document.apply(movedTo(canvas.document.topology(), {{"keyed", beside}}, "Move"));
  canvas.document.select({"group"});
  canvas.view.commands().toggleCollapsed();
  const QRectF frame = *canvas.view.placed().rectOf("group");
  QVERIFY(!frame.intersects(*canvas.view.placed().rectOf("keyed")));
  QVERIFY(!frame.intersects(*canvas.view.placed().rectOf("result")));
  // It is one step.
  QVERIFY(canvas.document.undo());
  QCOMPARE(canvas.at("keyed"), beside);
}

void GroupsTest::whatIsCollapsedIsSelectedAsItsBox() {
  Canvas canvas(grouped());
  canvas.document.select({"orders"});
  pointer::click(*canvas.view.viewport(),
                 canvas.view.mapFromScene(triangleOf(canvas.view.placed().picture().groups[0]).center()));
  QVERIFY(canvas.view.placed().node("orders")->hidden());
  QCOMPARE(canvas.document.selection(), Selection{"group"});
}

void GroupsTest::whatIsDroppedIntoACollapsedGroupIsSelectedAsItsBox() {
  Canvas canvas(collapsed());
  canvas.release(holdOverFrame(canvas, "keyed"));
  QVERIFY(canvas.view.placed().node("keyed")->hidden());
  QCOMPARE(canvas.document.selection(), Selection{"group"});
}

void GroupsTest::whatIsAddedInAFrameJoins() {
  Canvas canvas(nested());
  const QRectF inner = *canvas.view.placed().rectOf("group");
  canvas.dragFromPalette("std.filter", canvas.view.mapFromScene(inner.topLeft() + QPointF(100, 20)));
  QCOMPARE(groupOf(canvas.document.topology(), "filter"), std::string("group"));
  canvas.view.nodes().addNear("std.filter", QPointF(inner.center().x(), inner.top() - 30));
  QCOMPARE(groupOf(canvas.document.topology(), "filter_2"), std::string("group_2"));
  canvas.view.nodes().addNear("std.filter", inner.topLeft() - QPointF(0, 600));
  QCOMPARE(groupOf(canvas.document.topology(), "filter_3"), std::string());
  for (const char* const added : {"filter", "filter_2", "filter_3"}) {
    for (const char* const other : {"orders", "per_minute", "keyed", "result"}) {
      QVERIFY(!canvas.view.placed().rectOf(added)->intersects(*canvas.view.placed().rectOf(other)));
    }
  }
}

void GroupsTest::everythingIsSelectedAsItIsSeen() {
  Canvas canvas(collapsed());
  canvas.view.commands().selectAll();
  QVERIFY(canvas.document.selection().contains("group"));
  QVERIFY(!canvas.document.selection().contains("orders"));
}

WEIR_TEST(GroupsTest)
#include "groups_test.moc"
