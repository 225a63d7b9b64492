// What the mouse does on the canvas.
#include "designer/ui/canvas/tests/canvas_fixture.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/program/test.hpp"

using namespace weir;            // NOLINT: a program of its own
using namespace weir::designer;  // NOLINT
using weir::designer::testing::Canvas;

namespace {

constexpr const char* kOrders = "orders_per_minute_by_region.weir";

}  // namespace

class MouseTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void aClickSelects();
  void shiftAddsAndTakesAway();
  void aBoxSelectsWhatItTouches();
  void aDragMovesOnTheGridAndIsOneStep();
  void escTakesADragBackWithoutAStep();
};

void MouseTest::aClickSelects() {
  Canvas canvas(testing::shippedTopology(kOrders));
  canvas.click(canvas.middleOf("keyed"));
  QCOMPARE(canvas.document.selection(), Selection{"keyed"});
  canvas.click({5, 5});
  QVERIFY(canvas.document.selection().empty());
}

void MouseTest::shiftAddsAndTakesAway() {
  Canvas canvas(testing::shippedTopology(kOrders));
  canvas.click(canvas.middleOf("keyed"));
  canvas.click(canvas.middleOf("orders"), Qt::ShiftModifier);
  QCOMPARE(canvas.document.selection(), (Selection{"keyed", "orders"}));
  canvas.click(canvas.middleOf("keyed"), Qt::ShiftModifier);
  QCOMPARE(canvas.document.selection(), Selection{"orders"});
}

void MouseTest::aBoxSelectsWhatItTouches() {
  Canvas canvas(testing::shippedTopology(kOrders));
  canvas.drag(canvas.middleOf("orders") - QPoint(0, 120), canvas.middleOf("per_minute"));
  QCOMPARE(canvas.document.selection(), (Selection{"orders", "per_minute"}));
}

void MouseTest::aDragMovesOnTheGridAndIsOneStep() {
  Canvas canvas(testing::shippedTopology(kOrders));
  const Point before = canvas.at("keyed");
  const QPoint from = canvas.middleOf("keyed");
  canvas.drag(from, from + QPoint(0, 100));
  const Point after = canvas.at("keyed");
  QVERIFY(after.y > before.y);
  QCOMPARE(std::fmod(after.y, 8), 0.0);
  QCOMPARE(after.x, before.x);
  QVERIFY(canvas.document.undo());
  QCOMPARE(canvas.at("keyed").y, before.y);
  QVERIFY(!canvas.document.undo());
}

void MouseTest::escTakesADragBackWithoutAStep() {
  Canvas canvas(testing::shippedTopology(kOrders));
  const Snapshot before = canvas.document.now();
  const QPoint from = canvas.middleOf("keyed");
  canvas.press(from);
  canvas.moveTo(from + QPoint(20, 50));
  canvas.moveTo(from + QPoint(40, 90));
  QVERIFY(*canvas.document.now() != *before);
  canvas.key(Qt::Key_Escape);
  QVERIFY(*canvas.document.now() == *before);
  QVERIFY(canvas.document.undoLabel().isEmpty());
  canvas.moveTo(from);
  canvas.release(from);
  QVERIFY(*canvas.document.now() == *before);
}

WEIR_TEST(MouseTest)
#include "mouse_test.moc"
