// What a context menu of the canvas offers, by what is under the pointer.
#include <QAction>
#include <QContextMenuEvent>
#include <QMenu>

#include "designer/ui/canvas/picture/wire_ends.hpp"
#include "designer/ui/workbench/tests/desk.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class ContextMenuTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void cleanup() { desk_.reset(); }

  void theContextMenuHasWhatCanBeDoneWithTheNodeUnderThePointer();
  void theContextMenuOfTheCanvasAddsAndPastes();
  void theContextMenuOfSeveralPartsAlignsThem();
  void theContextMenuOfAPortDetachesItsWires();
  void theContextMenuOfAWireMakesItALink();

 private:
  QRectF seen(const std::string& id) { return *desk_->canvas().placed().rectOf(id); }
  void open();
  QMenu* menuAt(QPointF scene);

  std::unique_ptr<test::Desk> desk_;
};

void ContextMenuTest::init() {
  desk_ = std::make_unique<test::Desk>();
  desk_->start();
}

void ContextMenuTest::open() {
  desk_->workbench().openPath(desk_->write("some.weir", R"json({"weir": 1, "name": "t", "nodes": [
    {"id": "n0", "use": "std.filter"}, {"id": "n1", "use": "std.filter"}], "edges": [{"from": "n0.out", "to": "n1.in"}],
    "layout": {"n0": {"x": 0, "y": 0}, "n1": {"x": 320, "y": 0}}})json"));
}

QMenu* ContextMenuTest::menuAt(QPointF scene) {
  CanvasView& canvas = desk_->canvas();
  const QPoint on = canvas.mapFromScene(scene);
  QContextMenuEvent event(QContextMenuEvent::Mouse, on, canvas.viewport()->mapToGlobal(on));
  QApplication::sendEvent(canvas.viewport(), &event);
  return qobject_cast<QMenu*>(QApplication::activePopupWidget());
}

void ContextMenuTest::theContextMenuHasWhatCanBeDoneWithTheNodeUnderThePointer() {
  open();
  QMenu* const menu = menuAt(seen("n1").center());
  QVERIFY(menu != nullptr);
  QCOMPARE(desk_->page().document().selection(), Selection{"n1"});
  QVERIFY(!menu->actions().contains(&desk_->command("arrange.alignLeft")));
  pointer::click(*menu, menu->actionGeometry(&desk_->command("edit.delete")).center());
  QVERIFY(desk_->canvas().placed().node("n1") == nullptr);
}

void ContextMenuTest::theContextMenuOfTheCanvasAddsAndPastes() {
  open();
  desk_->page().document().select({"n1"});
  QMenu* const menu = menuAt(seen("n1").bottomLeft() + QPointF(0, 80));
  QVERIFY(menu != nullptr);
  QVERIFY(desk_->page().document().selection().empty());
  for (const char* const id : {"insert.node", "insert.comment", "edit.paste", "arrange.layOut"}) {
    QVERIFY2(menu->actions().contains(&desk_->command(id)), id);
  }
  QVERIFY(!menu->actions().contains(&desk_->command("edit.delete")));
  menu->close();
}

void ContextMenuTest::theContextMenuOfAPortDetachesItsWires() {
  open();
  QMenu* const menu = menuAt(desk_->canvas().placed().pointOf({"n1", "in", false}));
  QVERIFY(menu != nullptr);
  QCOMPARE(desk_->page().document().selection(), Selection{"n0.out -> n1.in"});
  pointer::click(*menu, menu->actionGeometry(&desk_->command("edit.detach")).center());
  QVERIFY(desk_->page().document().topology().edges.empty());
  QVERIFY(desk_->page().document().undo());
  QCOMPARE(desk_->page().document().topology().edges.size(), std::size_t(1));
}

void ContextMenuTest::theContextMenuOfAWireMakesItALink() {
  open();
  QMenu* const menu =
      menuAt(*middleOfWire(desk_->canvas().placed(), *desk_->canvas().placed().wire("n0.out -> n1.in")));
  QVERIFY(menu != nullptr);
  QVERIFY(menu->actions().contains(&desk_->command("arrange.straighten")));
  pointer::click(*menu, menu->actionGeometry(&desk_->command("arrange.link")).center());
  QCOMPARE(desk_->canvas().placed().picture().links.size(), std::size_t(2));
}

void ContextMenuTest::theContextMenuOfSeveralPartsAlignsThem() {
  open();
  desk_->page().document().select({"n0", "n1"});
  QMenu* const menu = menuAt(seen("n1").center());
  QVERIFY(menu != nullptr);
  QCOMPARE(desk_->page().document().selection(), (Selection{"n0", "n1"}));
  QVERIFY(menu->actions().contains(&desk_->command("arrange.alignLeft")));
  QVERIFY(!menu->actions().contains(&desk_->command("edit.rename")));
  menu->close();
}

WEIR_TEST(ContextMenuTest)
#include "context_menu_test.moc"
