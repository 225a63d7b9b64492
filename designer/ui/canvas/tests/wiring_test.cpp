// Wires by mouse: from ports, onto empty canvas, into wires and out of them; operators from the palette.
#include <QApplication>
#include <QSignalSpy>
#include <QToolTip>

#include "designer/model/tests/patience.hpp"
#include "designer/ui/canvas/tests/canvas_fixture.hpp"
#include "designer/ui/canvas/widgets/list_popup.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir;            // NOLINT: a program of its own
using namespace weir::designer;  // NOLINT
using weir::designer::testing::Canvas;

namespace {

// Two filters after a source, the second one without wires, and a third one aside.
topology::Topology filters() {
  return testing::topologyOf(R"json({"weir": 1, "name": "filters", "nodes": [
    {"id": "from", "use": "file.source"}, {"id": "first", "use": "std.filter", "params": {"where": "a > 1"}},
    {"id": "second", "use": "std.filter"}, {"id": "to", "use": "file.sink"}],
    "edges": [{"from": "from.out", "to": "first.in"}, {"from": "first.out", "to": "to.in"}],
    "layout": {"from": {"x": 0, "y": 0}, "first": {"x": 320, "y": 0}, "to": {"x": 800, "y": 0},
               "second": {"x": 320, "y": 240}}})json");
}

}  // namespace

class WiringTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void aWireGoesFromPortToPort();
  void aWireMayBeDrawnBackwards();
  void aWireDroppedOnANodeFindsItsPort();
  void aWireThatDoesNotFitIsRefusedWithItsReason();
  void portsThatDoNotFitAreToldWhileWiring();
  void escEndsWiringWithoutAStep();
  void aWireDroppedOnEmptyCanvasOffersWhatFits();
  void anOfferIsTakenWithTheMouse();
  void aPressBesideTheRowsKeepsTheOffers();
  void aTypedClauseDraftsTheOfferedNode();
  void aNodeDroppedOnAWireIsPutIntoIt();
  void aNodeWithWiresIsNotPutIntoAnother();
  void shiftDragPullsANodeOut();
  void anOperatorIsDroppedFromThePalette();
  void anOperatorDroppedOnAWireIsPutIntoIt();
  void anOperatorThatIsDraggedAwayLeavesNothing();
};

void WiringTest::aWireGoesFromPortToPort() {
  Canvas canvas(filters());
  canvas.drag(canvas.portOf("first", "out", true), canvas.portOf("second", "in", false));
  QVERIFY(canvas.connected("first.out -> second.in"));
  QVERIFY(canvas.document.undo());
  QVERIFY(!canvas.connected("first.out -> second.in"));
  QVERIFY(!canvas.document.undo());
}

void WiringTest::aWireMayBeDrawnBackwards() {
  Canvas canvas(filters());
  canvas.drag(canvas.portOf("second", "in", false), canvas.portOf("from", "out", true));
  QVERIFY(canvas.connected("from.out -> second.in"));
}

void WiringTest::aWireDroppedOnANodeFindsItsPort() {
  Canvas canvas(filters());
  canvas.drag(canvas.portOf("first", "out", true), canvas.middleOf("second"));
  QVERIFY(canvas.connected("first.out -> second.in"));
}

void WiringTest::aWireThatDoesNotFitIsRefusedWithItsReason() {
  Canvas canvas(filters());
  const Snapshot before = canvas.document.now();
  const QPoint to = canvas.portOf("from", "out", true);
  canvas.press(canvas.portOf("first", "out", true));
  canvas.moveTo(to);
  QTRY_COMPARE(QToolTip::text(), QStringLiteral("Both are outputs."));
  canvas.release(to);
  QVERIFY(canvas.document.now() == before);
  QVERIFY(canvas.view.popup() == nullptr);
}

void WiringTest::portsThatDoNotFitAreToldWhileWiring() {
  Canvas canvas(filters());
  canvas.press(canvas.portOf("second", "out", true));
  canvas.moveTo(canvas.portOf("second", "out", true) + QPoint(30, 30));
  const CanvasLook& look = canvas.view.canvasScene().look();
  QVERIFY(look.fits != nullptr);
  QVERIFY(look.fits({"to", "in", false}));
  QVERIFY(!look.fits({"second", "in", false}));
  QVERIFY(!look.fits({"first", "out", true}));
  canvas.release(canvas.portOf("to", "in", false));
  QVERIFY(look.fits == nullptr);
}

void WiringTest::escEndsWiringWithoutAStep() {
  Canvas canvas(filters());
  canvas.press(canvas.portOf("first", "out", true));
  canvas.moveTo(canvas.portOf("second", "in", false));
  canvas.key(Qt::Key_Escape);
  canvas.release(canvas.portOf("second", "in", false));
  QVERIFY(!canvas.connected("first.out -> second.in"));
  QVERIFY(!canvas.view.isInGesture());
}

void WiringTest::aWireDroppedOnEmptyCanvasOffersWhatFits() {
  Canvas canvas(filters());
  const QPoint free = canvas.portOf("second", "out", true) + QPoint(60, 60);
  canvas.drag(canvas.portOf("second", "out", true), free);
  QVERIFY(canvas.view.popup() != nullptr);
  ListPopup& popup = *canvas.view.popup();
  QVERIFY(popup.list().count() > 0);
  for (int row = 0; row < popup.list().count(); ++row) QVERIFY(popup.list().item(row)->text() != "File source");
  QTest::keyClicks(&popup.line(), "tumbling");
  QTest::keyClick(&popup.line(), Qt::Key_Return);
  QCOMPARE(canvas.document.topology().nodes.back()->use.value, std::string("window.tumbling"));
  QVERIFY(canvas.connected("second.out -> " + canvas.document.topology().nodes.back()->id.value + ".in"));
  const QPoint port = canvas.portOf(canvas.document.topology().nodes.back()->id.value, "in", false);
  QVERIFY((port - free).manhattanLength() <= 16);
}

void WiringTest::anOfferIsTakenWithTheMouse() {
  Canvas canvas(filters());
  canvas.drag(canvas.portOf("second", "out", true), canvas.portOf("second", "out", true) + QPoint(60, 60));
  QVERIFY(canvas.view.popup() != nullptr);
  ListPopup& popup = *canvas.view.popup();
  QTest::keyClicks(&popup.line(), "tumbling");
  pointer::click(*popup.list().viewport(), popup.list().visualItemRect(popup.list().item(0)).center());
  QCOMPARE(canvas.document.topology().nodes.back()->use.value, std::string("window.tumbling"));
  QTRY_VERIFY(canvas.view.popup() == nullptr);
  QVERIFY(canvas.view.hasFocus());
}

void WiringTest::aPressBesideTheRowsKeepsTheOffers() {
  Canvas canvas(filters());
  canvas.view.operators().openToAdd();
  ListPopup& popup = *canvas.view.popup();
  pointer::click(popup, QPoint(2, 2));
  QVERIFY(canvas.view.popup() == &popup && popup.isVisible() && popup.line().hasFocus());
  pointer::click(*canvas.view.viewport(), QPoint(5, 5));
  QTRY_VERIFY(canvas.view.popup() == nullptr);
}

void WiringTest::aTypedClauseDraftsTheOfferedNode() {
  Canvas canvas(filters());
  canvas.drag(canvas.portOf("second", "out", true), canvas.portOf("second", "out", true) + QPoint(60, 60));
  QVERIFY(canvas.view.popup() != nullptr);
  QTest::keyClicks(&canvas.view.popup()->line(), "where amount > 100");
  QTest::keyClick(&canvas.view.popup()->line(), Qt::Key_Return);
  const topology::Node& made = *canvas.document.topology().nodes.back();
  QCOMPARE(made.use.value, std::string("std.filter"));
  QCOMPARE(made.params.find("where")->asText(), std::string("amount > 100"));
}

void WiringTest::aNodeDroppedOnAWireIsPutIntoIt() {
  Canvas canvas(filters());
  const Point before = canvas.at("second");
  canvas.drag(canvas.middleOf("second"), canvas.middleOf("first.out -> to.in"));
  QVERIFY(canvas.connected("first.out -> second.in"));
  QVERIFY(canvas.connected("second.out -> to.in"));
  QVERIFY(!canvas.connected("first.out -> to.in"));
  QVERIFY(canvas.document.undo());
  QVERIFY(canvas.connected("first.out -> to.in"));
  QVERIFY(canvas.at("second") == before);
  QVERIFY(!canvas.document.undo());
}

void WiringTest::aNodeWithWiresIsNotPutIntoAnother() {
  Canvas canvas(filters());
  canvas.drag(canvas.portOf("from", "out", true), canvas.portOf("second", "in", false));
  canvas.drag(canvas.middleOf("second"), canvas.middleOf("first.out -> to.in"));
  QVERIFY(canvas.connected("first.out -> to.in"));
}

void WiringTest::shiftDragPullsANodeOut() {
  Canvas canvas(filters());
  canvas.drag(canvas.middleOf("first"), canvas.middleOf("first") + QPoint(0, 120), Qt::ShiftModifier);
  QVERIFY(canvas.connected("from.out -> to.in"));
  QCOMPARE(canvas.document.topology().edges.size(), std::size_t{1});
  QVERIFY(canvas.at("first").y > 0);
  QVERIFY(canvas.document.undo());
  QVERIFY(canvas.connected("first.out -> to.in"));
  QVERIFY(!canvas.document.undo());
}

void WiringTest::anOperatorIsDroppedFromThePalette() {
  Canvas canvas(filters());
  QSignalSpy used(&canvas.view, &CanvasView::operatorUsed);
  canvas.dragFromPalette("window.tumbling", {600, 700});
  const topology::Node& made = *canvas.document.topology().nodes.back();
  QCOMPARE(made.use.value, std::string("window.tumbling"));
  QVERIFY((canvas.middleOf(made.id.value) - QPoint(600, 700)).manhattanLength() <= 16);
  QCOMPARE(canvas.document.selection(), Selection{made.id.value});
  QCOMPARE(used.count(), 1);
}

void WiringTest::anOperatorDroppedOnAWireIsPutIntoIt() {
  Canvas canvas(filters());
  canvas.dragFromPalette("std.filter", canvas.middleOf("first.out -> to.in"));
  const std::string made = canvas.document.topology().nodes.back()->id.value;
  QVERIFY(canvas.connected("first.out -> " + made + ".in"));
  QVERIFY(canvas.connected(made + ".out -> to.in"));
  QVERIFY(canvas.document.undo());
  QCOMPARE(canvas.document.topology().nodes.size(), std::size_t{4});
}

void WiringTest::anOperatorThatIsDraggedAwayLeavesNothing() {
  Canvas canvas(filters());
  const Snapshot before = canvas.document.now();
  canvas.dragFromPalette("std.filter", canvas.middleOf("first.out -> to.in"), QEvent::DragLeave);
  QVERIFY(canvas.document.now() == before);
  QVERIFY(canvas.view.canvasScene().look().target.empty());
}

WEIR_TEST(WiringTest)
#include "wiring_test.moc"
