// Wires that are bent by mouse and by keys.
#include "designer/model/edits/bends.hpp"
#include "designer/ui/canvas/tests/canvas_fixture.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir;            // NOLINT: a program of its own
using namespace weir::designer;  // NOLINT
using weir::designer::testing::Canvas;

namespace {

const char* const kWire = "from.out -> to.in";

topology::Topology wired(const std::string& layout = "") {
  return testing::topologyOf(R"json({"weir": 1, "name": "wired", "nodes": [
    {"id": "from", "use": "file.source"}, {"id": "to", "use": "file.sink"}],
    "edges": [{"from": "from.out", "to": "to.in"}],
    "layout": {"from": {"x": 0, "y": 0}, "to": {"x": 480, "y": 0})json" +
                             layout + "}}");
}

topology::Topology bent() {
  return wired(R"json(, "from.out -> to.in": {"bends": [[344, 200]]})json");
}

std::vector<Point> bendsOf(const Canvas& canvas) {
  return layoutOfWire(canvas.document.topology(), kWire).bends;
}

QPoint onCanvas(const Canvas& canvas, QPointF point) {
  return canvas.view.mapFromScene(point);
}

}  // namespace

class CanvasBendsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }

  void theMiddleOfASelectedWireIsBent() {
    Canvas canvas(wired());
    const QPoint middle = canvas.middleOf(kWire);
    canvas.click(middle);
    canvas.drag(middle, middle + QPoint(0, 120));
    const std::vector<Point> bends = bendsOf(canvas);
    QCOMPARE(bends.size(), std::size_t(1));
    QVERIFY(bends[0].y > 100);
    QCOMPARE(std::fmod(bends[0].y, 8), 0.0);
    QVERIFY(canvas.view.placed().wire(kWire)->route.size() > 2);
    QCOMPARE(canvas.document.selection(), Selection{kWire});
    QVERIFY(canvas.document.undo());
    QVERIFY(bendsOf(canvas).empty());
    QVERIFY(!canvas.document.undo());
  }

  void withAltAnyWireIsBent() {
    Canvas canvas(wired());
    const QPoint middle = canvas.middleOf(kWire);
    canvas.drag(middle, middle + QPoint(0, 120), Qt::AltModifier);
    QCOMPARE(bendsOf(canvas).size(), std::size_t(1));
  }

  void theMiddleOfAnotherWireMovesItsEnd() {
    Canvas canvas(wired());
    const QPoint middle = canvas.middleOf(kWire);
    canvas.press(middle);
    canvas.moveTo(middle + QPoint(0, 120));
    QCOMPARE(canvas.view.canvasScene().look().lifted, std::string(kWire));
    canvas.key(Qt::Key_Escape);
    canvas.release(middle);
  }

  void aBendIsDraggedByItsHandle() {
    Canvas canvas(bent());
    canvas.document.select({kWire});
    canvas.drag(onCanvas(canvas, {344, 200}), onCanvas(canvas, {344, 120}));
    QCOMPARE(bendsOf(canvas), (std::vector<Point>{{344, 120}}));
    QVERIFY(canvas.document.undo());
    QCOMPARE(bendsOf(canvas), (std::vector<Point>{{344, 200}}));
  }

  void aBendComesLevelWithAPort() {
    Canvas canvas(bent());
    canvas.document.select({kWire});
    canvas.drag(onCanvas(canvas, {344, 200}), onCanvas(canvas, {344, 34}));
    QCOMPARE(bendsOf(canvas)[0].y, 36.0);
    QCOMPARE(canvas.view.placed().wire(kWire)->route.size(), std::size_t(2));
  }

  void escLeavesABendWhereItWas() {
    Canvas canvas(bent());
    canvas.document.select({kWire});
    canvas.press(onCanvas(canvas, {344, 200}));
    canvas.moveTo(onCanvas(canvas, {344, 120}));
    canvas.key(Qt::Key_Escape);
    canvas.release(onCanvas(canvas, {344, 120}));
    QCOMPARE(bendsOf(canvas), (std::vector<Point>{{344, 200}}));
    QVERIFY(canvas.document.undoLabel().isEmpty());
  }

  void aDoubleClickTakesABendAway() {
    Canvas canvas(bent());
    canvas.document.select({kWire});
    pointer::doubleClick(*canvas.view.viewport(), onCanvas(canvas, {344, 200}));
    QVERIFY(bendsOf(canvas).empty());
    QVERIFY(canvas.connected(kWire));
  }

  void deleteTakesTheChosenBendAwayAndThenTheWire() {
    Canvas canvas(bent());
    canvas.document.select({kWire});
    canvas.click(onCanvas(canvas, {344, 200}));
    canvas.view.commands().deleteSelected();
    QVERIFY(bendsOf(canvas).empty());
    QVERIFY(canvas.connected(kWire));
    canvas.view.commands().deleteSelected();
    QVERIFY(!canvas.connected(kWire));
  }

  void keysMakeABendAndMoveIt() {
    Canvas canvas(wired());
    canvas.document.select({kWire});
    canvas.view.commands().bendSelected();
    const std::vector<Point> made = bendsOf(canvas);
    QCOMPARE(made.size(), std::size_t(1));
    canvas.key(Qt::Key_Down, Qt::ControlModifier);
    canvas.key(Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(bendsOf(canvas)[0].y, made[0].y + 16);
    canvas.view.commands().bendSelected();
    QCOMPARE(bendsOf(canvas).size(), std::size_t(2));
    canvas.view.commands().chooseNextBend();
    canvas.view.commands().deleteSelected();
    QCOMPARE(bendsOf(canvas).size(), std::size_t(1));
    canvas.view.commands().straightenSelected();
    QVERIFY(bendsOf(canvas).empty());
  }

  void bendsOfWhatIsMovedTogetherGoAlong() {
    Canvas canvas(bent());
    canvas.document.select({"from", "to"});
    const QPoint from = canvas.middleOf("from");
    canvas.drag(from, from + QPoint(0, 80));
    const double by = canvas.at("from").y;
    QVERIFY(by > 0);
    QCOMPARE(bendsOf(canvas), (std::vector<Point>{{344, 200 + by}}));
    QVERIFY(canvas.document.undo());
    QCOMPARE(bendsOf(canvas), (std::vector<Point>{{344, 200}}));
  }

  void whatIsUndoneIsNotChosenAnyMore() {
    Canvas canvas(wired());
    canvas.document.select({kWire});
    canvas.view.commands().bendSelected();
    QVERIFY(canvas.document.undo());
    QVERIFY(!canvas.view.canvasScene().look().bend);
    canvas.key(Qt::Key_Down, Qt::ControlModifier);
    QVERIFY(bendsOf(canvas).empty());
  }
};

WEIR_TEST(CanvasBendsTest)
#include "bends_test.moc"
