// Things that are dragged come into line with others.
#include "designer/ui/canvas/gestures/alignment_guides.hpp"

#include "designer/ui/canvas/tests/canvas_fixture.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/program/test.hpp"

using namespace weir;            // NOLINT: a program of its own
using namespace weir::designer;  // NOLINT
using weir::designer::testing::Canvas;

namespace {

// One off the grid, and one far below it.
topology::Topology two() {
  return testing::topologyOf(R"json({"weir": 1, "name": "t",
    "nodes": [{"id": "still", "use": "std.filter"}, {"id": "moved", "use": "std.filter"}],
    "layout": {"still": {"x": 3, "y": 0}, "moved": {"x": 320, "y": 320}}})json");
}

}  // namespace

class GuidesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void whatComesNearIsPulledIntoLine();
  void whatIsInLineShowsIt();
  void withAltNothingIsPulled();
  void whatIsFarIsLeftAlone();

 private:
  static void drag(Canvas& canvas, QPoint by, Qt::KeyboardModifiers keys = {}) {
    canvas.view.camera().zoomToHundred();
    const QPoint from = canvas.middleOf("moved");
    canvas.drag(from, from + by, keys);
  }
};

void GuidesTest::whatComesNearIsPulledIntoLine() {
  Canvas canvas(two());
  drag(canvas, {-320, 0});
  QVERIFY(canvas.at("moved") == (Point{3, 320}));
  QVERIFY(canvas.document.undo());
  QVERIFY(canvas.at("moved") == (Point{320, 320}));
}

void GuidesTest::whatIsInLineShowsIt() {
  Canvas canvas(two());
  AlignmentGuides guides(canvas.view.placed(), canvas.view.placed().bounds(), {{"moved", {320, 320}}});
  const Point by = guides.aligned({-320, 0});
  QVERIFY(by == (Point{-317, 0}));
  // Left, middle and right, each over both.
  QCOMPARE(guides.lines().size(), std::size_t{3});
  QCOMPARE(guides.lines()[0].x1(), 3.0);
  QCOMPARE(guides.lines()[0].y1(), 0.0);
  QVERIFY(guides.lines()[0].y2() > 320);
}

void GuidesTest::withAltNothingIsPulled() {
  Canvas canvas(two());
  drag(canvas, {-320, 0}, Qt::AltModifier);
  QVERIFY(canvas.at("moved") == (Point{0, 320}));
}

void GuidesTest::whatIsFarIsLeftAlone() {
  Canvas canvas(two());
  AlignmentGuides guides(canvas.view.placed(), canvas.view.placed().bounds(), {{"moved", {320, 320}}});
  QVERIFY(guides.aligned({-80, 0}) == (Point{-80, 0}));
  QVERIFY(guides.lines().empty());
}

WEIR_TEST(GuidesTest)
#include "guides_test.moc"
