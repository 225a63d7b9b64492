// What a window does to the view of a topology: the minimap, the layout that glides, and commands of the canvas.
#include <QAction>
#include <QSignalSpy>
#include <QVariantAnimation>
#include <algorithm>

#include "core/drawing/picture/layout_block.hpp"
#include "designer/model/edits/paths.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/ui/canvas/widgets/minimap.hpp"
#include "designer/ui/panels/tests/scene.hpp"
#include "designer/ui/workbench/busy_note.hpp"
#include "designer/ui/workbench/tests/desk.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class ViewTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void cleanup() { desk_.reset(); }

  void theMinimapIsHiddenInItsWindowAlone();
  void theMinimapFoldsInANarrowWindow();
  void aBarAboveTheCanvasCutsNothing();
  void whatWasMovedStaysWhereItIsUnderABar();
  void anotherWindowBeginsAsTheLastWasLeft();
  void aLayoutGlidesAndIsOneStep();
  void aLayoutDoesNotGlideWithReducedMotion();
  void whatIsPinnedStaysInALayout();
  void aKeyEndsTheGlide();
  void aLayoutThatFindsNothingToMoveLeavesNoGlideBehind();
  void escapeCancelsALayout();
  void aLayoutThatTakesLongSaysSo();
  void keysOfTheCanvasWork();
  void nothingIsTakenFromUnderTheMouse();

 private:
  Point at(const std::string& id) { return *positionOf(desk_->page().document().topology(), id); }
  bool wholeIsSeen() { return desk_->canvas().camera().seen().contains(desk_->canvas().placed().bounds()); }
  QRectF seen(const std::string& id) { return *desk_->canvas().placed().rectOf(id); }
  bool moves() {
    const auto motions = desk_->canvas().findChildren<QVariantAnimation*>();
    return std::any_of(motions.begin(), motions.end(),
                       [](const auto* motion) { return motion->state() == QAbstractAnimation::Running; });
  }
  void openMany(int nodes);
  QVariantAnimation* layOutAndHold();

  std::unique_ptr<test::Desk> desk_;
};

void ViewTest::init() {
  desk_ = std::make_unique<test::Desk>();
  desk_->start();
}

void ViewTest::openMany(int nodes) {
  QByteArray text = R"({ "weir": 1, "name": "t", "nodes": [)";
  QByteArray edges;
  QByteArray layout;
  for (int i = 0; i < nodes; ++i) {
    const QByteArray id = "n" + QByteArray::number(i);
    const char* const comma = i == 0 ? "" : ", ";
    text += comma + QByteArray(R"({ "id": ")") + id + R"(", "use": "std.filter", "params": { "where": "a > 1" } })";
    layout += comma + QByteArray("\"") + id + R"(": { "x": )" + QByteArray::number(i % 7 * 240) + R"(, "y": )" +
              QByteArray::number(i / 7 * 160) + " }";
    if (i == 0) continue;
    edges += QByteArray(i == 1 ? "" : ", ") + R"({ "from": "n)" + QByteArray::number(i * 3 / 4) + R"(.out", "to": ")" +
             id + R"(.in" })";
  }
  desk_->workbench().openPath(
      desk_->write("many.weir", text + "], \"edges\": [" + edges + "], \"layout\": {" + layout + "} }"));
}

// Lays out, and holds the glide where it begins: no machine is too slow to see it then.
QVariantAnimation* ViewTest::layOutAndHold() {
  QVariantAnimation* held = nullptr;
  const auto hold = [&](bool applying) {
    for (auto* const motion : desk_->canvas().findChildren<QVariantAnimation*>()) {
      if (applying || motion->state() != QAbstractAnimation::Running) continue;
      motion->pause();
      held = motion;
    }
  };
  const auto holding = connect(&desk_->page().topology(), &OpenTopology::applyingLayout, this, hold);
  desk_->key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
  (void)QTest::qWaitFor([&] { return held != nullptr; }, kPatience);
  disconnect(holding);
  return held;
}

void ViewTest::theMinimapIsHiddenInItsWindowAlone() {
  desk_->addFilter();
  desk_->key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
  desk_->workbench(1).openPath(desk_->writeTopology("a.weir"));
  desk_->activate(0);
  QVERIFY(desk_->command("view.minimap").isVisible());
  QVERIFY(desk_->command("view.minimap").isChecked());
  QVERIFY(desk_->canvas(0).findChild<Minimap*>()->isVisible());
  desk_->key(Qt::Key_M, Qt::ControlModifier);
  QVERIFY(desk_->canvas(0).findChild<Minimap*>()->isHidden());
  QVERIFY(desk_->canvas(1).findChild<Minimap*>()->isVisible());
  // Tabs of the window follow, new ones and after edits.
  desk_->key(Qt::Key_N, Qt::ControlModifier);
  desk_->addFilter();
  QVERIFY(desk_->canvas(0).findChild<Minimap*>()->isHidden());
  desk_->key(Qt::Key_M, Qt::ControlModifier);
  QVERIFY(desk_->canvas(0).findChild<Minimap*>()->isVisible());
}

void ViewTest::theMinimapFoldsInANarrowWindow() {
  desk_->addFilter();
  desk_->window().resize(shell::kMinimumWidth, shell::kDefaultHeight);
  QTRY_VERIFY(desk_->canvas().findChild<Minimap*>()->isHidden());
  desk_->window().resize(shell::kDefaultWidth, shell::kDefaultHeight);
  QTRY_VERIFY(desk_->canvas().findChild<Minimap*>()->isVisible());
}

void ViewTest::aBarAboveTheCanvasCutsNothing() {
  openMany(40);
  desk_->settings().setReducedMotion(true);
  desk_->key(Qt::Key_1, Qt::ControlModifier);
  TopologyPage& page = desk_->page();
  QVERIFY(wholeIsSeen());
  page.showMessage({"test", MessageTone::Warning, {}, "A sentence.", {}});
  QTRY_VERIFY(page.canvas().height() < page.height());
  QTRY_VERIFY(wholeIsSeen());
}

void ViewTest::whatWasMovedStaysWhereItIsUnderABar() {
  openMany(8);
  TopologyPage& page = desk_->page();
  page.canvas().camera().panBy({40, 40});
  const double zoom = page.canvas().camera().zoom();
  page.showMessage({"test", MessageTone::Warning, {}, "A sentence.", {}});
  QTRY_VERIFY(page.canvas().height() < page.height());
  QCOMPARE(page.canvas().camera().zoom(), zoom);
}

void ViewTest::anotherWindowBeginsAsTheLastWasLeft() {
  desk_->key(Qt::Key_M, Qt::ControlModifier);
  desk_->end();
  desk_->start();
  QVERIFY(!desk_->command("view.minimap").isChecked());
  desk_->addFilter();
  QVERIFY(desk_->canvas().findChild<Minimap*>()->isHidden());
}

void ViewTest::aLayoutGlidesAndIsOneStep() {
  openMany(8);
  desk_->settings().setReducedMotion(false);
  const QRectF before = seen("n7");
  QVariantAnimation* const motion = layOutAndHold();
  QVERIFY(motion != nullptr);
  QCOMPARE(desk_->page().document().undoLabel(), "Lay out");
  // The document is there already; what is shown begins where it was.
  QCOMPARE(seen("n7").topLeft(), before.topLeft());
  QVERIFY(QPointF(at("n7").x, at("n7").y) != before.topLeft());
  motion->setCurrentTime(motion->duration() / 2);
  QVERIFY(seen("n7").topLeft() != before.topLeft());
  QVERIFY(seen("n7").topLeft() != QPointF(at("n7").x, at("n7").y));
  motion->resume();
  QTRY_VERIFY(!moves());
  QCOMPARE(seen("n7").topLeft(), QPointF(at("n7").x, at("n7").y));
  desk_->key(Qt::Key_Z, Qt::ControlModifier);
  QVERIFY(!desk_->page().document().changed());
  QCOMPARE(seen("n7").topLeft(), before.topLeft());
}

void ViewTest::aLayoutDoesNotGlideWithReducedMotion() {
  openMany(8);
  desk_->key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
  QTRY_VERIFY(desk_->page().document().changed());
  QCOMPARE(seen("n7").topLeft(), QPointF(at("n7").x, at("n7").y));
}

void ViewTest::whatIsPinnedStaysInALayout() {
  openMany(8);
  const Point before = at("n5");
  desk_->page().document().select({"n5"});
  desk_->key(Qt::Key_P);
  QCOMPARE(desk_->page().document().undoLabel(), "Pin");
  desk_->key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
  QTRY_COMPARE(desk_->page().document().undoLabel(), "Lay out");
  QVERIFY(at("n5") == before);
}

void ViewTest::aKeyEndsTheGlide() {
  openMany(8);
  desk_->settings().setReducedMotion(false);
  desk_->page().document().select({"n7"});
  QVariantAnimation* const motion = layOutAndHold();
  QVERIFY(motion != nullptr);
  motion->resume();
  QVERIFY(moves());
  const Point laidOut = at("n7");
  desk_->key(Qt::Key_Right, Qt::ControlModifier);
  QVERIFY(!moves());
  QVERIFY(at("n7") == (laidOut + Point{canvas::kMovedByKey, 0}));
}

void ViewTest::aLayoutThatFindsNothingToMoveLeavesNoGlideBehind() {
  openMany(8);
  const auto layOut = [&] {
    QSignalSpy applied(&desk_->page().topology(), &OpenTopology::applyingLayout);
    desk_->key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(applied.count(), 2);
  };
  layOut();
  layOut();
  desk_->settings().setReducedMotion(false);
  layOut();
  desk_->page().document().select({"n7"});
  desk_->key(Qt::Key_Right, Qt::ControlModifier);
  QVERIFY(!moves());
}

void ViewTest::escapeCancelsALayout() {
  openMany(400);
  desk_->page().document().select({"n7"});
  QSignalSpy applied(&desk_->page().topology(), &OpenTopology::applyingLayout);
  desk_->key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
  desk_->key(Qt::Key_Escape);
  // The key was for the layout alone.
  QCOMPARE(desk_->page().document().selection(), Selection{"n7"});
  desk_->key(Qt::Key_Escape);
  QVERIFY(desk_->page().document().selection().empty());
  // The next one arrives, after anything that the first might have sent.
  desk_->key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
  QTRY_COMPARE(applied.count(), 2);
  QCOMPARE(desk_->page().document().undoLabel(), "Lay out");
}

void ViewTest::aLayoutThatTakesLongSaysSo() {
  auto* const note = desk_->canvas().findChild<BusyNote*>();
  QVERIFY(note != nullptr && note->isHidden());
  QSignalSpy cancelled(note, &BusyNote::cancelRequested);
  note->setBusy(true);
  QVERIFY(note->isHidden());
  QTRY_VERIFY(note->isVisible());
  desk_->key(Qt::Key_Escape);
  QCOMPARE(cancelled.count(), 1);
  note->setBusy(false);
  QVERIFY(note->isHidden());
}

void ViewTest::keysOfTheCanvasWork() {
  desk_->addFilter();
  desk_->key(Qt::Key_C, Qt::ShiftModifier);
  QTest::keyClicks(QApplication::focusWidget(), "words");
  desk_->canvas().setFocus();
  const auto& comments = weir::drawing::LayoutIndex(desk_->page().document().topology().layout).comments();
  QCOMPARE(comments.size(), std::size_t{1});
  QCOMPARE(comments.front().text, "words");
}

void ViewTest::nothingIsTakenFromUnderTheMouse() {
  openMany(3);
  CanvasView& canvas = desk_->canvas();
  const QPoint on = canvas.mapFromScene(seen("n1").center());
  pointer::press(*canvas.viewport(), on);
  for (const QPoint step : {QPoint(30, 0), QPoint(60, 0)}) pointer::moveTo(*canvas.viewport(), on + step);
  QVERIFY(canvas.isInGesture());
  desk_->key(Qt::Key_Delete);
  desk_->key(Qt::Key_Z, Qt::ControlModifier);
  QVERIFY(canvas.placed().node("n1") != nullptr);
  QVERIFY(desk_->page().document().layoutChanged());
  pointer::release(*canvas.viewport(), on + QPoint(60, 0));
  QVERIFY(desk_->page().document().layoutChanged());
}

WEIR_TEST(ViewTest)
#include "view_test.moc"
