// Which part of a topology is seen, and how large.
#include "designer/ui/canvas/tests/canvas_fixture.hpp"
#include "designer/ui/canvas/widgets/minimap.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/program/test.hpp"

using namespace weir;            // NOLINT: a program of its own
using namespace weir::designer;  // NOLINT
using weir::designer::testing::Canvas;

class CameraTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void whatFitsIsSeenAsAWhole();
  void whatIsALittleTooLargeOpensAtItsBeginningWhereWordsCanBeRead();
  void whatIsFarTooLargeOpensAsAWhole();
  void anotherSizeOfTheWindowChangesNothingForWhoLookedElsewhere();
  void anEditEndsTheFit();
  void zoomToHundredAndToAll();
  void whatIsNewIsSeenAndWhatIsSeenMovesNothing();
  void theMinimapFadesOverNodes();
};

void CameraTest::whatFitsIsSeenAsAWhole() {
  Canvas canvas(testing::shippedTopology("orders_per_minute_by_region.weir"), {1400, 700});
  QVERIFY(canvas.view.camera().zoom() >= canvas::kFullDetailFrom);
  QVERIFY(canvas.view.camera().seen().contains(canvas.view.placed().bounds()));
}

void CameraTest::whatIsALittleTooLargeOpensAtItsBeginningWhereWordsCanBeRead() {
  Canvas canvas(testing::shippedTopology("orders_per_minute_by_region.weir"), {640, 600});
  QCOMPARE(canvas.view.camera().zoom(), canvas::kFullDetailFrom);
  const QRectF seen = canvas.view.camera().seen();
  const QRectF all = canvas.view.placed().bounds();
  QVERIFY(seen.contains(all.topLeft()));
  QVERIFY(!seen.contains(all));
}

void CameraTest::whatIsFarTooLargeOpensAsAWhole() {
  Canvas canvas(testing::generated(400, 1), {640, 600});
  QVERIFY(canvas.view.camera().seen().contains(canvas.view.placed().bounds()));
}

void CameraTest::anotherSizeOfTheWindowChangesNothingForWhoLookedElsewhere() {
  Canvas canvas(testing::shippedTopology("orders_per_minute_by_region.weir"), {1400, 700});
  canvas.view.camera().setZoom(0.9);
  canvas.view.resize(700, 600);
  QCOMPARE(canvas.view.camera().zoom(), 0.9);
}

void CameraTest::anEditEndsTheFit() {
  Canvas canvas(testing::shippedTopology("orders_per_minute_by_region.weir"), {1400, 700});
  const double zoom = canvas.view.camera().zoom();
  canvas.document.apply(addNode(canvas.document.topology(), "std.filter", {0, 400}));
  canvas.view.resize(700, 600);
  QCOMPARE(canvas.view.camera().zoom(), zoom);
}

void CameraTest::zoomToHundredAndToAll() {
  Canvas canvas(testing::shippedTopology("orders_per_minute_by_region.weir"));
  canvas.view.camera().setZoom(0.4);
  canvas.view.camera().zoomToHundred();
  QCOMPARE(canvas.view.camera().zoom(), 1.0);
  canvas.view.camera().lookAt({100000, 100000});
  canvas.view.zoomToFit();
  QVERIFY(canvas.view.camera().seen().contains(canvas.view.placed().bounds()));
}

void CameraTest::whatIsNewIsSeenAndWhatIsSeenMovesNothing() {
  Canvas canvas(testing::shippedTopology("orders_per_minute_by_region.weir"), {1000, 500});
  canvas.view.camera().setZoom(1);
  canvas.view.camera().lookAt(canvas.view.placed().rectOf("orders")->center());
  canvas.document.select({"orders"});
  const QPointF middle = canvas.view.camera().middle();
  canvas.view.commands().duplicateSelected();
  QCOMPARE(canvas.view.camera().middle(), middle);
  for (int copies = 0; copies < 4; ++copies) canvas.view.commands().duplicateSelected();
  const std::string last = *canvas.document.selection().begin();
  QVERIFY(canvas.view.camera().seen().contains(*canvas.view.placed().rectOf(last)));
  QCOMPARE(canvas.view.camera().middle().x(), middle.x());  // no further than it takes
}

void CameraTest::theMinimapFadesOverNodes() {
  Canvas canvas(testing::shippedTopology("orders_per_minute_by_region.weir"));
  auto* const minimap = canvas.view.findChild<Minimap*>();
  canvas.view.camera().setZoom(1);
  canvas.view.camera().lookAt({-4000, -4000});
  QVERIFY(!minimap->isInTheWay());
  const QPointF under = canvas.view.camera().toScene(minimap->geometry().center());
  const QPointF node = canvas.view.placed().rectOf("orders")->center();
  canvas.view.camera().lookAt(canvas.view.camera().middle() + node - under);
  QVERIFY(minimap->isInTheWay());
}

WEIR_TEST(CameraTest)
#include "camera_test.moc"
