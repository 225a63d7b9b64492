// The canvas without a mouse.
#include <QApplication>
#include <QClipboard>
#include <QSignalSpy>

#include "designer/model/tests/patience.hpp"
#include "designer/ui/canvas/tests/canvas_fixture.hpp"
#include "designer/ui/canvas/widgets/inline_editor.hpp"
#include "designer/ui/canvas/widgets/list_popup.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir;            // NOLINT: a program of its own
using namespace weir::designer;  // NOLINT
using weir::designer::testing::Canvas;

namespace {

constexpr const char* kOrders = "orders_per_minute_by_region.weir";

}  // namespace

class KeyboardTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void arrowsGoToTheNearestNode();
  void arrowsReachCommentsAndGroups();
  void altAndArrowsFollowWires();
  void upAndDownGoFromWireToWire();
  void arrowsWithCtrlMoveAndAreOneStepWhileItIsDown();
  void whatIsTypedIsAdded();
  void whatIsAddedOrConnectedIsChosenWithTheMouse();
  void whatIsChosenIsConnected();
  void deletingRemovesAndHealsIfAsked();
  void aNameIsEditedInPlace();
  void aClickInANameGoesOnEditingAndOneBesideKeepsIt();
  void escInANameKeepsIt();
  void enterAsksForProperties();
  void keysOfCommandsAreLeftToThem();
  void whatIsSelectedIsAligned();
  void whatComesAfterAndBeforeIsSelected();
  void whatIsCopiedIsPastedIntoAnotherDocument();
  void duplicateAndGroup();
};

void KeyboardTest::arrowsGoToTheNearestNode() {
  Canvas canvas(testing::shippedTopology(kOrders));
  canvas.document.select({"orders"});
  canvas.key(Qt::Key_Right);
  QCOMPARE(canvas.view.current(), std::string("per_minute"));
  canvas.key(Qt::Key_Right);
  QCOMPARE(canvas.document.selection(), Selection{"keyed"});
  canvas.key(Qt::Key_Left, Qt::ShiftModifier);
  QCOMPARE(canvas.document.selection(), (Selection{"keyed", "per_minute"}));
  canvas.key(Qt::Key_Up);
  QCOMPARE(canvas.view.current(), std::string("per_minute"));
}

void KeyboardTest::arrowsReachCommentsAndGroups() {
  Canvas canvas(testing::topologyOf(R"json({"weir": 1, "name": "n", "nodes": [
    {"id": "one", "use": "std.filter"}, {"id": "two", "use": "std.filter"}],
    "groups": [{"id": "around", "nodes": ["two"]}],
    "layout": {"one": {"x": 0, "y": 0}, "two": {"x": 0, "y": 400}, "#1": {"x": 0, "y": 160, "text": "Why"}}})json"));
  canvas.document.select({"one"});
  canvas.key(Qt::Key_Down);
  QCOMPARE(canvas.document.selection(), Selection{"#1"});
  canvas.key(Qt::Key_Down);
  QCOMPARE(canvas.view.current(), std::string("around"));
  canvas.key(Qt::Key_Down);
  QCOMPARE(canvas.view.current(), std::string("two"));
  canvas.key(Qt::Key_Up);
  QCOMPARE(canvas.view.current(), std::string("around"));
}

void KeyboardTest::altAndArrowsFollowWires() {
  Canvas canvas(testing::shippedTopology(kOrders));
  canvas.document.select({"orders"});
  canvas.key(Qt::Key_Left, Qt::AltModifier);
  QCOMPARE(canvas.view.current(), std::string("orders"));  // nothing comes before it
  canvas.key(Qt::Key_Right, Qt::AltModifier);
  const std::string wire = "orders.out -> per_minute.in";
  QCOMPARE(canvas.view.current(), wire);
  QCOMPARE(canvas.document.selection(), Selection{wire});
  canvas.key(Qt::Key_Right);
  QCOMPARE(canvas.view.current(), std::string("per_minute"));
  canvas.key(Qt::Key_Left, Qt::AltModifier);
  canvas.key(Qt::Key_Left, Qt::AltModifier);
  QCOMPARE(canvas.view.current(), std::string("orders"));
}

void KeyboardTest::upAndDownGoFromWireToWire() {
  Canvas canvas(testing::topologyOf(R"json({"weir": 1, "name": "n", "nodes": [
    {"id": "from", "use": "file.source"}, {"id": "high", "use": "std.filter"}, {"id": "low", "use": "std.filter"}],
    "edges": [{"from": "from.out", "to": "low.in"}, {"from": "from.out", "to": "high.in"}],
    "layout": {"from": {"x": 0, "y": 160}, "high": {"x": 400, "y": 0}, "low": {"x": 400, "y": 320}}})json"));
  canvas.document.select({"from"});
  canvas.key(Qt::Key_Right, Qt::AltModifier);
  QCOMPARE(canvas.view.current(), std::string("from.out -> high.in"));
  canvas.key(Qt::Key_Down);
  QCOMPARE(canvas.view.current(), std::string("from.out -> low.in"));
  canvas.key(Qt::Key_Down);
  QCOMPARE(canvas.view.current(), std::string("from.out -> low.in"));
  canvas.key(Qt::Key_Up);
  QCOMPARE(canvas.view.current(), std::string("from.out -> high.in"));
}

void KeyboardTest::arrowsWithCtrlMoveAndAreOneStepWhileItIsDown() {
  Canvas canvas(testing::shippedTopology(kOrders));
  canvas.document.select({"keyed"});
  const Point before = canvas.at("keyed");
  QTest::keyPress(&canvas.view, Qt::Key_Down, Qt::ControlModifier);
  QTest::keyPress(&canvas.view, Qt::Key_Down, Qt::ControlModifier);
  QTest::keyPress(&canvas.view, Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
  QCOMPARE(canvas.at("keyed").y, before.y + 16);
  QCOMPARE(canvas.at("keyed").x, before.x + 24);
  QTest::keyRelease(&canvas.view, Qt::Key_Control);
  canvas.key(Qt::Key_Down, Qt::ControlModifier);
  QVERIFY(canvas.document.undo());
  QCOMPARE(canvas.at("keyed").y, before.y + 16);
  QVERIFY(canvas.document.undo());
  QVERIFY(canvas.at("keyed") == before);
}

void KeyboardTest::whatIsTypedIsAdded() {
  Canvas canvas(testing::shippedTopology(kOrders));
  canvas.view.operators().openToAdd();
  QVERIFY(canvas.view.popup() != nullptr);
  QTest::keyClicks(&canvas.view.popup()->line(), "filter");
  canvas.key(Qt::Key_Return);
  const topology::Node& made = *canvas.document.topology().nodes.back();
  QCOMPARE(made.use.value, std::string("std.filter"));
  QTRY_VERIFY(canvas.view.popup() == nullptr);
  QVERIFY(canvas.view.hasFocus());
  // It stands where nothing else does.
  const QRectF rect = *canvas.view.placed().rectOf(made.id.value);
  QCOMPARE(canvas.view.placed().nodesIn(rect).size(), std::size_t{1});
}

void KeyboardTest::whatIsAddedOrConnectedIsChosenWithTheMouse() {
  Canvas canvas(testing::shippedTopology(kOrders));
  const auto clickFirst = [&] {
    QListWidget& list = canvas.view.popup()->list();
    pointer::click(*list.viewport(), list.visualItemRect(list.item(0)).center());
  };
  canvas.view.operators().openToAdd();
  QTest::keyClicks(&canvas.view.popup()->line(), "filter");
  clickFirst();
  QCOMPARE(canvas.document.topology().nodes.back()->use.value, std::string("std.filter"));
  canvas.document.select({"orders"});
  canvas.view.connections().open();
  QTest::keyClicks(&canvas.view.popup()->line(), "keyed");
  clickFirst();
  QVERIFY(canvas.connected("orders.out -> keyed.in"));
}

void KeyboardTest::whatIsChosenIsConnected() {
  Canvas canvas(testing::shippedTopology(kOrders));
  canvas.document.select({"orders"});
  canvas.view.connections().open();
  QVERIFY(canvas.view.popup() != nullptr);
  QTest::keyClicks(&canvas.view.popup()->line(), "keyed");
  QCOMPARE(canvas.view.popup()->list().count(), 1);
  canvas.key(Qt::Key_Return);
  QVERIFY(canvas.connected("orders.out -> keyed.in"));
}

void KeyboardTest::deletingRemovesAndHealsIfAsked() {
  Canvas canvas(testing::shippedTopology(kOrders));
  canvas.document.select({"keyed"});
  canvas.view.commands().deleteSelected();
  QCOMPARE(canvas.document.topology().edges.size(), std::size_t{1});
  QVERIFY(canvas.document.undo());
  canvas.document.select({"keyed"});
  canvas.view.commands().deleteAndHeal();
  QVERIFY(canvas.connected("per_minute.out -> result"));
}

void KeyboardTest::aNameIsEditedInPlace() {
  Canvas canvas(testing::shippedTopology(kOrders));
  canvas.document.select({"keyed"});
  canvas.view.texts().rename();
  auto* const editor = canvas.view.findChild<InlineEditor*>();
  QVERIFY(editor != nullptr && editor->hasFocus());
  QTest::keyClicks(editor, "With a key");
  QTest::keyClick(editor, Qt::Key_Return);
  QCOMPARE(canvas.document.topology().node("keyed")->name.value, std::string("With a key"));
  QCOMPARE(canvas.view.placed().node("keyed")->picture->name, std::string("With a key"));
}

void KeyboardTest::aClickInANameGoesOnEditingAndOneBesideKeepsIt() {
  Canvas canvas(testing::shippedTopology(kOrders));
  canvas.document.select({"keyed"});
  canvas.view.texts().rename();
  QPointer<InlineEditor> editor = canvas.view.findChild<InlineEditor*>();
  QTest::keyClicks(editor, "With a key");
  pointer::click(*editor->viewport());
  QVERIFY(editor != nullptr && editor->hasFocus());
  pointer::click(*canvas.view.viewport(), QPoint(5, 5));
  QTRY_VERIFY(editor == nullptr);
  QCOMPARE(canvas.document.topology().node("keyed")->name.value, std::string("With a key"));
}

void KeyboardTest::escInANameKeepsIt() {
  Canvas canvas(testing::shippedTopology(kOrders));
  const Snapshot before = canvas.document.now();
  canvas.document.select({"keyed"});
  canvas.view.texts().rename();
  QTest::keyClicks(canvas.view.findChild<InlineEditor*>(), "Other");
  canvas.key(Qt::Key_Escape);
  QVERIFY(canvas.document.now() == before);
  QVERIFY(canvas.view.hasFocus());
}

void KeyboardTest::enterAsksForProperties() {
  Canvas canvas(testing::shippedTopology(kOrders));
  QSignalSpy asked(&canvas.view, &CanvasView::propertiesRequested);
  canvas.document.select({"keyed"});
  canvas.key(Qt::Key_Return);
  QCOMPARE(asked.count(), 1);
  QCOMPARE(asked[0][0].toString(), QStringLiteral("keyed"));
}

void KeyboardTest::keysOfCommandsAreLeftToThem() {
  Canvas canvas(testing::shippedTopology(kOrders));
  const Snapshot before = canvas.document.now();
  canvas.document.select({"keyed"});
  const std::pair<int, Qt::KeyboardModifiers> keys[] = {{Qt::Key_A, {}},
                                                        {Qt::Key_C, {}},
                                                        {Qt::Key_Delete, {}},
                                                        {Qt::Key_F2, {}},
                                                        {Qt::Key_D, Qt::ControlModifier},
                                                        {Qt::Key_Left, Qt::AltModifier | Qt::ShiftModifier}};
  for (const auto& [key, modifiers] : keys) {
    QKeyEvent event(QEvent::KeyPress, key, modifiers);
    QApplication::sendEvent(&canvas.view, &event);
    QVERIFY(!event.isAccepted());
  }
  QVERIFY(canvas.document.now() == before);
  QVERIFY(canvas.view.popup() == nullptr && canvas.view.findChild<InlineEditor*>() == nullptr);
}

void KeyboardTest::whatIsSelectedIsAligned() {
  Canvas canvas(testing::shippedTopology(kOrders));
  canvas.document.select({"keyed", "result"});
  canvas.view.commands().alignSelected(Align::Left);
  QCOMPARE(canvas.at("result").x, canvas.at("keyed").x);
  QVERIFY(canvas.view.popup() == nullptr);
}

void KeyboardTest::whatComesAfterAndBeforeIsSelected() {
  Canvas canvas(testing::shippedTopology(kOrders));
  canvas.document.select({"per_minute"});
  canvas.view.commands().selectAlong(Along::Downstream);
  QCOMPARE(canvas.document.selection(), (Selection{"per_minute", "keyed", "result"}));
  canvas.document.select({"per_minute"});
  canvas.view.commands().selectAlong(Along::Upstream);
  QCOMPARE(canvas.document.selection(), (Selection{"orders", "per_minute"}));
}

void KeyboardTest::whatIsCopiedIsPastedIntoAnotherDocument() {
  Canvas from(testing::shippedTopology(kOrders));
  from.document.select({"per_minute", "keyed"});
  from.view.commands().copy();
  QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("window.tumbling")));
  Canvas to(testing::topologyOf(R"({"weir": 1, "name": "empty"})"));
  to.view.commands().paste();
  QCOMPARE(to.document.topology().nodes.size(), std::size_t{2});
  QVERIFY(to.connected("per_minute.out -> keyed.in"));
  to.view.commands().paste();
  QCOMPARE(to.document.topology().nodes.size(), std::size_t{4});
  QVERIFY(!(to.at("per_minute") == to.at("per_minute_2")));
}

void KeyboardTest::duplicateAndGroup() {
  Canvas canvas(testing::shippedTopology(kOrders));
  canvas.document.select({"keyed"});
  canvas.view.commands().duplicateSelected();
  QCOMPARE(canvas.document.topology().nodes.size(), std::size_t{4});
  canvas.document.select({"orders", "per_minute"});
  canvas.view.commands().groupSelected();
  QCOMPARE(canvas.document.topology().groups.size(), std::size_t{1});
  QTest::keyClicks(canvas.view.findChild<InlineEditor*>(), "Counting");
  canvas.key(Qt::Key_Return);
  QCOMPARE(canvas.document.topology().groups[0]->name.value, std::string("Counting"));
  canvas.view.commands().toggleCollapsed();
  QVERIFY(canvas.view.placed().node("orders")->hidden());
  QVERIFY(!canvas.view.placed().node("keyed")->hidden());
}

WEIR_TEST(KeyboardTest)
#include "keyboard_test.moc"
