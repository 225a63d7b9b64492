// Groups in groups on the canvas: dragging them into each other, collapsing, and adding to the frame under the mouse.
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

// keyed and result in "group_2", too.
topology::Topology twoGroups() {
  return group(testing::grouped(), {"keyed", "result"}, "Rest").after;
}

// "group" within "group_2".
topology::Topology nested() {
  topology::Topology out = twoGroups();
  moveToGroups(out, {{"group", "group_2"}});
  return out;
}

}  // namespace

class NestedGroupsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void aGroupThatIsDraggedIntoAnotherJoins();
  void aGroupThatIsDraggedOutOfAnotherLeaves();
  void aGroupMovesWithTheGroupsInIt();
  void anInnerGroupCollapsesInTheOuterOne();
  void anOuterGroupHidesTheInnerOne();
  void whatIsAddedInAFrameJoins();

 private:
  // Where a group is held to drag it.
  static QPoint titleOf(const Canvas& canvas, const std::string& group) {
    return canvas.view.mapFromScene(canvas.view.placed().rectOf(group)->topLeft() + QPointF(80, 16));
  }
};

void NestedGroupsTest::aGroupThatIsDraggedIntoAnotherJoins() {
  Canvas canvas(setCollapsed(twoGroups(), "group_2", true).after);
  const QPoint from = canvas.middleOf("group_2");
  const QPoint to = canvas.holdOver("group_2", "group");
  QCOMPARE(canvas.view.canvasScene().look().target, std::string("group"));
  canvas.release(to);
  QVERIFY(from != to);
  QCOMPARE(groupOf(canvas.document.topology(), "group_2"), std::string("group"));
  QCOMPARE(groupOf(canvas.document.topology(), "keyed"), std::string("group_2"));
  QVERIFY(canvas.document.undo());
  QVERIFY(!canvas.document.undo());
}

void NestedGroupsTest::aGroupThatIsDraggedOutOfAnotherLeaves() {
  Canvas canvas(nested());
  const QPoint from = titleOf(canvas, "group");
  canvas.drag(from, from + QPoint(0, 60));
  QCOMPARE(groupOf(canvas.document.topology(), "group"), std::string("group_2"));
  const QPoint again = titleOf(canvas, "group");
  canvas.drag(again, again + QPoint(0, 400));
  QCOMPARE(groupOf(canvas.document.topology(), "group"), std::string());
  QCOMPARE(groupOf(canvas.document.topology(), "orders"), std::string("group"));
}

void NestedGroupsTest::aGroupMovesWithTheGroupsInIt() {
  Canvas canvas(nested());
  const Point orders = canvas.at("orders");
  const QPoint from = titleOf(canvas, "group_2");
  canvas.drag(from, from + QPoint(0, 80));
  QVERIFY(canvas.at("orders").y > orders.y);
  QCOMPARE(groupOf(canvas.document.topology(), "group"), std::string("group_2"));
}

void NestedGroupsTest::anInnerGroupCollapsesInTheOuterOne() {
  Canvas canvas(nested());
  pointer::click(*canvas.view.viewport(),
                 canvas.view.mapFromScene(triangleOf(canvas.view.placed().picture().groups[1]).center()));
  const drawing::Picture& picture = canvas.view.placed().picture();
  QVERIFY(picture.groups[1].boxed() && picture.groups[0].framed());
  QVERIFY(toQt(picture.groups[0].bounds).contains(toQt(picture.groups[1].bounds)));
  QVERIFY(canvas.view.placed().node("orders")->hidden());
}

void NestedGroupsTest::anOuterGroupHidesTheInnerOne() {
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

void NestedGroupsTest::whatIsAddedInAFrameJoins() {
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

WEIR_TEST(NestedGroupsTest)
#include "nested_groups_test.moc"
