// Ends of wires by mouse: to another port, onto empty canvas, and back.
#include "designer/model/tests/patience.hpp"
#include "designer/ui/canvas/tests/canvas_fixture.hpp"
#include "designer/ui/canvas/widgets/list_popup.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/program/test.hpp"

using namespace weir;            // NOLINT: a program of its own
using namespace weir::designer;  // NOLINT
using weir::designer::testing::Canvas;

namespace {

// Two filters after a source, the second one without wires.
topology::Topology filters() {
  return testing::topologyOf(R"json({"weir": 1, "name": "filters", "nodes": [
    {"id": "from", "use": "file.source"}, {"id": "first", "use": "std.filter", "params": {"where": "a > 1"}},
    {"id": "second", "use": "std.filter"}, {"id": "to", "use": "file.sink"}],
    "edges": [{"from": "from.out", "to": "first.in"}, {"from": "first.out", "to": "to.in"}],
    "layout": {"from": {"x": 0, "y": 0}, "first": {"x": 320, "y": 0}, "to": {"x": 800, "y": 0},
               "second": {"x": 320, "y": 240}}})json");
}

const char* const kMoved = "first.out -> to.in";

// Near the end of the wire that is at its input.
QPoint nearEnd(const Canvas& canvas) {
  return canvas.portOf("to", "in", false) - QPoint(40, 0);
}

}  // namespace

class ReconnectTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void anEndOfAWireIsDraggedToAnotherPort();
  void theNearerEndIsTheOneThatIsDragged();
  void anEndOfASelectedWireIsDraggedFromItsPort();
  void anEndThatIsDroppedWhereItWasChangesNothing();
  void anEndDroppedOnEmptyCanvasOffersWhatFits();
  void escLeavesAWireAsItIs();
  void withAltAWireIsTakenOffItsPort();
  void withAltAWireIsTakenToAnotherPort();
  void allWiresOfANodeAreDetachedInOneStep();
};

void ReconnectTest::anEndOfAWireIsDraggedToAnotherPort() {
  Canvas canvas(filters());
  const std::size_t wires = canvas.document.topology().edges.size();
  canvas.drag(nearEnd(canvas), canvas.portOf("second", "in", false));
  QVERIFY(canvas.connected("first.out -> second.in"));
  QVERIFY(!canvas.connected(kMoved));
  QCOMPARE(canvas.document.topology().edges.size(), wires);
  QCOMPARE(canvas.document.selection(), Selection{"first.out -> second.in"});
  QVERIFY(canvas.document.undo());
  QVERIFY(canvas.connected(kMoved));
  QVERIFY(!canvas.document.undo());
}

void ReconnectTest::theNearerEndIsTheOneThatIsDragged() {
  Canvas canvas(filters());
  canvas.drag(canvas.portOf("first", "out", true) + QPoint(40, 0), canvas.portOf("second", "out", true));
  QVERIFY(canvas.connected("second.out -> to.in"));
  QVERIFY(!canvas.connected(kMoved));
}

void ReconnectTest::anEndOfASelectedWireIsDraggedFromItsPort() {
  Canvas canvas(filters());
  canvas.document.select({kMoved});
  canvas.drag(canvas.portOf("to", "in", false), canvas.portOf("second", "in", false));
  QVERIFY(canvas.connected("first.out -> second.in"));
  QVERIFY(!canvas.connected(kMoved));
}

void ReconnectTest::anEndThatIsDroppedWhereItWasChangesNothing() {
  Canvas canvas(filters());
  const Snapshot before = canvas.document.now();
  canvas.press(nearEnd(canvas));
  canvas.moveTo(canvas.portOf("second", "in", false));
  QCOMPARE(canvas.view.canvasScene().look().lifted, std::string(kMoved));
  canvas.moveTo(canvas.portOf("to", "in", false));
  canvas.release(canvas.portOf("to", "in", false));
  QVERIFY(*canvas.document.now() == *before);
  QVERIFY(canvas.document.undoLabel().isEmpty());
  QVERIFY(canvas.view.canvasScene().look().lifted.empty());
}

void ReconnectTest::anEndDroppedOnEmptyCanvasOffersWhatFits() {
  Canvas canvas(filters());
  const QPoint empty = canvas.middleOf("to") + QPoint(0, 150);
  canvas.drag(nearEnd(canvas), empty);
  QVERIFY(canvas.view.popup() != nullptr);
  QVERIFY(canvas.connected(kMoved));
  QTest::keyClicks(&canvas.view.popup()->line(), "filter");
  canvas.key(Qt::Key_Return);
  const std::string made = canvas.document.topology().nodes.back()->id.value;
  QVERIFY(canvas.connected("first.out -> " + made + ".in"));
  QVERIFY(!canvas.connected(kMoved));
  QVERIFY(canvas.document.undo());
  QVERIFY(canvas.connected(kMoved));
  QVERIFY(!canvas.document.undo());
}

void ReconnectTest::escLeavesAWireAsItIs() {
  Canvas canvas(filters());
  const Snapshot before = canvas.document.now();
  const QPoint empty = canvas.middleOf("to") + QPoint(0, 150);
  canvas.press(nearEnd(canvas));
  canvas.moveTo(empty);
  canvas.key(Qt::Key_Escape);
  canvas.release(empty);
  QVERIFY(canvas.view.popup() == nullptr);
  canvas.drag(nearEnd(canvas), empty);
  QVERIFY(canvas.view.popup() != nullptr);
  canvas.key(Qt::Key_Escape);
  QTRY_VERIFY(canvas.view.popup() == nullptr);
  QVERIFY(*canvas.document.now() == *before);
}

void ReconnectTest::withAltAWireIsTakenOffItsPort() {
  Canvas canvas(filters());
  const QPoint port = canvas.portOf("to", "in", false);
  canvas.drag(port, port + QPoint(0, 200), Qt::AltModifier);
  QVERIFY(!canvas.connected(kMoved));
  QVERIFY(canvas.view.popup() == nullptr);
  QVERIFY(canvas.document.undo());
  QVERIFY(canvas.connected(kMoved));
  QVERIFY(!canvas.document.undo());
}

void ReconnectTest::withAltAWireIsTakenToAnotherPort() {
  Canvas canvas(filters());
  canvas.drag(canvas.portOf("to", "in", false), canvas.portOf("second", "in", false), Qt::AltModifier);
  QVERIFY(canvas.connected("first.out -> second.in"));
  QVERIFY(!canvas.connected(kMoved));
}

void ReconnectTest::allWiresOfANodeAreDetachedInOneStep() {
  Canvas canvas(filters());
  canvas.document.select({"first"});
  canvas.view.commands().detachSelected();
  QVERIFY(canvas.document.topology().edges.empty());
  QCOMPARE(canvas.document.selection(), Selection{"first"});
  QVERIFY(canvas.document.undo());
  QCOMPARE(canvas.document.topology().edges.size(), std::size_t(2));
}

WEIR_TEST(ReconnectTest)
#include "reconnect_test.moc"
