// Comments on the canvas: their width by mouse, and what is written into them.
#include "core/drawing/picture/layout_block.hpp"
#include "designer/ui/canvas/tests/canvas_fixture.hpp"
#include "designer/ui/canvas/widgets/inline_editor.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/program/test.hpp"

using namespace weir;            // NOLINT: a program of its own
using namespace weir::designer;  // NOLINT
using weir::designer::testing::Canvas;

namespace {

topology::Topology commented() {
  return testing::topologyOf(R"json({"weir": 1, "name": "t", "nodes": [{"id": "a", "use": "std.filter"}],
    "layout": {"a": {"x": 0, "y": 0}, "#1": {"x": 0, "y": 160, "width": 240, "text": "first"}}})json");
}

}  // namespace

class CommentsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void pullingItsRightEdgeMakesACommentWider();
  void escKeepsWhatWasWrittenAndOneUndoTakesItBack();

 private:
  static drawing::Comment comment(const Canvas& canvas) {
    return drawing::LayoutIndex(canvas.document.topology().layout).comments().at(0);
  }
};

void CommentsTest::pullingItsRightEdgeMakesACommentWider() {
  Canvas canvas(commented());
  canvas.view.camera().zoomToHundred();
  const QRectF bounds = *canvas.view.placed().rectOf("#1");
  const QPoint edge = canvas.view.mapFromScene(QPointF(bounds.right(), bounds.center().y()));
  canvas.drag(edge, edge + QPoint(81, 0));
  QCOMPARE(comment(canvas).width, 320.0);
  QCOMPARE(canvas.document.selection(), Selection{"#1"});
  QVERIFY(canvas.document.undo());
  QCOMPARE(comment(canvas).width, 240.0);
  QVERIFY(!canvas.document.undo());
}

void CommentsTest::escKeepsWhatWasWrittenAndOneUndoTakesItBack() {
  Canvas canvas(commented());
  canvas.view.texts().edit("#1");
  auto* const editor = canvas.view.findChild<InlineEditor*>();
  QTest::keyClicks(editor, "much to say");
  QTest::keyClick(editor, Qt::Key_Escape);
  QCOMPARE(comment(canvas).text, std::string("much to say"));
  QVERIFY(canvas.document.undo());
  QCOMPARE(comment(canvas).text, std::string("first"));
}

WEIR_TEST(CommentsTest)
#include "comments_test.moc"
