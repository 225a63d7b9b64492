// What happens to the view of a topology when a panel opens beside it.
#include "designer/ui/shell/window/panel_dock.hpp"
#include "designer/ui/workbench/tests/desk.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class ResizingTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    desk_ = std::make_unique<test::Desk>();
    desk_->start();
  }
  void cleanup() { desk_.reset(); }

  void aPanelThatOpensMakesNothingSmall();
  void aPanelThatOpensLeavesWhatIsSelectedInSight();

 private:
  // That many nodes beside each other.
  void openRow(int nodes) {
    QByteArrayList parts;
    QByteArrayList places;
    for (int node = 0; node < nodes; ++node) {
      parts += QStringLiteral(R"({"id": "n%1", "use": "std.filter"})").arg(node).toUtf8();
      places += QStringLiteral(R"("n%1": {"x": %2, "y": 0})").arg(node).arg(node * 320).toUtf8();
    }
    desk_->workbench().openPath(desk_->write("row.weir", R"({"weir": 1, "name": "row", "nodes": [)" + parts.join(',') +
                                                             R"(], "layout": {)" + places.join(',') + "}}"));
  }

  std::unique_ptr<test::Desk> desk_;
};

void ResizingTest::aPanelThatOpensMakesNothingSmall() {
  desk_->settings().setReducedMotion(true);
  openRow(5);
  TopologyPage& page = desk_->page();
  const int beside = page.canvas().width();
  desk_->window().setDockShown(Side::Right, false);
  QTRY_VERIFY(page.canvas().width() > beside);
  desk_->key(Qt::Key_1, Qt::ControlModifier);
  const double zoom = page.canvas().camera().zoom();
  QVERIFY(zoom < 1);
  const int width = page.canvas().width();
  desk_->window().setDockShown(Side::Right, true);
  QTRY_VERIFY(page.canvas().width() < width);
  QVERIFY(page.canvas().camera().zoom() >= canvas::kRefitsDownTo * zoom);
}

void ResizingTest::aPanelThatOpensLeavesWhatIsSelectedInSight() {
  desk_->settings().setReducedMotion(true);
  openRow(8);
  desk_->window().setDockShown(Side::Right, false);
  CanvasView& canvas = desk_->canvas();
  QTRY_VERIFY(canvas.width() > desk_->window().width() - 2 * shell::kLeftDock);
  const std::string node = desk_->page().document().topology().nodes.front()->id.value;
  canvas.camera().setZoom(1);
  const QRectF rect = *canvas.placed().rectOf(node);
  canvas.camera().lookAt(rect.center() - QPointF(canvas.width() / 2.0 - rect.width(), 0));
  desk_->page().document().select({node});
  QVERIFY(canvas.camera().seen().contains(rect));
  desk_->window().setDockShown(Side::Right, true);
  QTRY_VERIFY(!canvas.camera().seen().isEmpty() && canvas.width() < desk_->window().width() - 2 * shell::kLeftDock);
  QTRY_VERIFY(canvas.camera().seen().contains(rect));
}

WEIR_TEST(ResizingTest)
#include "resizing_test.moc"
