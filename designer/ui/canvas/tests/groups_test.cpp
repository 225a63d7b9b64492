// Groups on the canvas: dragging nodes out of frames and into them, and the ports of collapsed ones.
#include "designer/model/edits/edits.hpp"
#include "designer/ui/canvas/picture/hit_test.hpp"
#include "designer/ui/canvas/tests/canvas_fixture.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir;            // NOLINT: a program of its own
using namespace weir::designer;  // NOLINT
using weir::designer::testing::Canvas;

namespace {

topology::Topology collapsed() {
  return setCollapsed(testing::grouped(), "group", true).after;
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
  void anExpandedGroupCoversNothing();
  void whatIsCollapsedIsSelectedAsItsBox();
  void whatIsDroppedIntoACollapsedGroupIsSelectedAsItsBox();
  void everythingIsSelectedAsItIsSeen();
};

void GroupsTest::aNodeThatIsDraggedIntoAFrameJoins() {
  Canvas canvas(testing::grouped());
  canvas.drag(canvas.middleOf("keyed"), canvas.middleOf("group"));
  QCOMPARE(groupOf(canvas.document.topology(), "keyed"), std::string("group"));
  // It is one step.
  QVERIFY(canvas.document.undo());
  QCOMPARE(groupOf(canvas.document.topology(), "keyed"), std::string());
  QVERIFY(!canvas.document.undo());
}

void GroupsTest::theFrameThatANodeWouldJoinIsMarked() {
  Canvas canvas(testing::grouped());
  const QPoint to = canvas.holdOver("keyed", "group");
  QCOMPARE(canvas.view.canvasScene().look().target, std::string("group"));
  canvas.release(to);
  QCOMPARE(canvas.view.canvasScene().look().target, std::string());
}

void GroupsTest::aNodeThatIsDraggedOutLeaves() {
  Canvas canvas(testing::grouped());
  const QRectF before = *canvas.view.placed().rectOf("group");
  const QPoint from = canvas.middleOf("per_minute");
  canvas.drag(from, from + QPoint(0, 300));
  QCOMPARE(groupOf(canvas.document.topology(), "per_minute"), std::string());
  QCOMPARE(groupOf(canvas.document.topology(), "orders"), std::string("group"));
  QVERIFY(canvas.view.placed().rectOf("group")->width() < before.width());
}

void GroupsTest::aNodeThatStaysNearTheFrameStaysInTheGroup() {
  Canvas canvas(testing::grouped());
  const QRectF before = *canvas.view.placed().rectOf("group");
  const QPoint from = canvas.middleOf("per_minute");
  canvas.drag(from, from + QPoint(0, 60));
  QCOMPARE(groupOf(canvas.document.topology(), "per_minute"), std::string("group"));
  QVERIFY(canvas.view.placed().rectOf("group")->height() > before.height());
}

void GroupsTest::escKeepsItWhereItWas() {
  Canvas canvas(testing::grouped());
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
  Canvas canvas(testing::grouped());
  canvas.document.select({"orders", "per_minute"});
  const QPoint from = canvas.middleOf("per_minute");
  canvas.drag(from, from + QPoint(0, 300));
  QCOMPARE(groupOf(canvas.document.topology(), "per_minute"), std::string("group"));
  QCOMPARE(groupOf(canvas.document.topology(), "orders"), std::string("group"));
}

void GroupsTest::aNodeDroppedOnACollapsedGroupStandsBelowItsMembers() {
  Canvas canvas(collapsed());
  const QPoint to = canvas.holdOver("keyed", "group");
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
  Canvas canvas(testing::grouped());
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
  Canvas canvas(testing::grouped());
  canvas.document.select({"orders"});
  pointer::click(*canvas.view.viewport(),
                 canvas.view.mapFromScene(triangleOf(canvas.view.placed().picture().groups[0]).center()));
  QVERIFY(canvas.view.placed().node("orders")->hidden());
  QCOMPARE(canvas.document.selection(), Selection{"group"});
}

void GroupsTest::whatIsDroppedIntoACollapsedGroupIsSelectedAsItsBox() {
  Canvas canvas(collapsed());
  canvas.release(canvas.holdOver("keyed", "group"));
  QVERIFY(canvas.view.placed().node("keyed")->hidden());
  QCOMPARE(canvas.document.selection(), Selection{"group"});
}

void GroupsTest::everythingIsSelectedAsItIsSeen() {
  Canvas canvas(collapsed());
  canvas.view.commands().selectAll();
  QVERIFY(canvas.document.selection().contains("group"));
  QVERIFY(!canvas.document.selection().contains("orders"));
}

WEIR_TEST(GroupsTest)
#include "groups_test.moc"
