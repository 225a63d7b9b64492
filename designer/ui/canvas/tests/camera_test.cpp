// Which part of a topology is seen, and how large.
#include <QApplication>
#include <QEnterEvent>

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
  void aMouseThatStandsWhereTheWindowComesUpIsKnown();
  void whatIsNewIsNotUnderTheMinimap();
  void theMinimapLeadsToNothingOutsideOfTheTopology();
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

void CameraTest::aMouseThatStandsWhereTheWindowComesUpIsKnown() {
  Canvas canvas(testing::shippedTopology("orders_per_minute_by_region.weir"));
  const QPointF at(300, 200);
  QEnterEvent enter(at, at, canvas.view.viewport()->mapToGlobal(at));
  QApplication::sendEvent(canvas.view.viewport(), &enter);
  canvas.view.viewport()->setAttribute(Qt::WA_UnderMouse);
  QCOMPARE(canvas.view.mapFromScene(canvas.view.camera().insertionPoint()), at.toPoint());
}

void CameraTest::whatIsNewIsNotUnderTheMinimap() {
  Canvas canvas(testing::shippedTopology("orders_per_minute_by_region.weir"));
  const auto* const minimap = canvas.view.findChild<Minimap*>();
  Camera& camera = canvas.view.camera();
  camera.setZoom(1);
  const QPointF free = canvas.view.placed().bounds().bottomRight() + QPointF(0, 600);
  camera.lookAt(camera.middle() + free - camera.toScene(minimap->geometry().center()));
  canvas.view.nodes().addNear("std.filter", free);
  QVERIFY(camera.seen().contains(*canvas.view.placed().rectOf("filter")));
  QVERIFY(!camera.toWindow(*canvas.view.placed().rectOf("filter")).intersects(minimap->geometry()));
}

void CameraTest::theMinimapLeadsToNothingOutsideOfTheTopology() {
  Canvas canvas(testing::shippedTopology("orders_per_minute_by_region.weir"));
  auto* const minimap = canvas.view.findChild<Minimap*>();
  for (const QPoint corner : {QPoint(1, 1), QPoint(minimap->width() - 1, minimap->height() - 1)}) {
    QTest::mouseClick(minimap, Qt::LeftButton, {}, corner);
    // The window stands on whole pixels.
    const double pixel = 2 / canvas.view.camera().zoom();
    const QRectF all = canvas.view.placed().bounds().adjusted(-pixel, -pixel, pixel, pixel);
    QVERIFY(all.contains(canvas.view.camera().middle()));
  }
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
