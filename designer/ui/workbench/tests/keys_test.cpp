// Keys in a window while the canvas has the focus: shortcuts run their commands, and texts on the canvas stay texts.
#include <QAction>
#include <QApplication>
#include <QListView>
#include <QPlainTextEdit>

#include "designer/model/tests/patience.hpp"
#include "designer/ui/canvas/widgets/inline_editor.hpp"
#include "designer/ui/panels/inspector/inspector_head.hpp"
#include "designer/ui/panels/inspector/inspector_panel.hpp"
#include "designer/ui/panels/lists/find_bar.hpp"
#include "designer/ui/panels/palette/palette_panel.hpp"
#include "designer/ui/shell/commands/action_table.hpp"
#include "designer/ui/shell/commands/shortcuts_list.hpp"
#include "designer/ui/workbench/tests/desk.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;
namespace topology = weir::topology;

class KeysTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void cleanup() { desk_.reset(); }

  void deletingAndItsUndo();
  void renaming();
  void copying();
  void grouping();
  void pinning();
  void disabling();
  void chordsAlignAndSelect();
  void connecting();
  void zooming();
  void lettersInTextsOfTheCanvasAreText();
  void enterGoesToTheFirstSettingAndEscBack();
  void f6GoesToAndFro();
  void theRingIsWhereKeysGo();
  void keysOfTheCanvasDoNothingInEditors();
  void whatIsAddedStandsBehindTheSelectedNode();
  void aKeyOfTheCanvasEndsAChord();
  void theListOfShortcutsHoldsKeysOfTheCanvas();

 private:
  CanvasView& canvas() { return desk_->canvas(); }
  Document& document() { return desk_->page().document(); }
  std::size_t nodes() { return document().topology().nodes.size(); }
  bool there(const std::string& id) { return isThere(document().topology(), id); }
  const std::string& ring() { return canvas().canvasScene().look().current; }
  InspectorPanel& inspector() { return *desk_->window().findChild<InspectorPanel*>(); }
  double left(const std::string& id) { return positionOf(document().topology(), id)->x; }
  void press(Qt::Key key, Qt::KeyboardModifiers keys = {}) { desk_->key(key, keys); }
  void type(const char* text) { QTest::keyClicks(QApplication::focusWidget(), text); }

  std::unique_ptr<test::Desk> desk_;
};

void KeysTest::init() {
  desk_ = std::make_unique<test::Desk>();
  desk_->start();
  desk_->workbench().openPath(desk_->writeChain("chain.weir"));
  canvas().setFocus();
  document().select({"n1"});
}

void KeysTest::deletingAndItsUndo() {
  for (const Qt::Key key : {Qt::Key_Delete, Qt::Key_Backspace}) {
    document().select({"n1"});
    press(key);
    QVERIFY(!there("n1") && !there("n0.out -> n2.in"));
    press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(there("n1"));
  }
  document().select({"n1"});
  press(Qt::Key_Delete, Qt::ControlModifier);
  QVERIFY(!there("n1") && there("n0.out -> n2.in"));
}

void KeysTest::renaming() {
  press(Qt::Key_F2);
  QVERIFY(canvas().findChild<InlineEditor*>()->hasFocus());
  type("a cap");
  press(Qt::Key_Return);
  QCOMPARE(document().topology().node("n1")->name.value, std::string("a cap"));
  QVERIFY(canvas().hasFocus());
}

void KeysTest::copying() {
  press(Qt::Key_A, Qt::ControlModifier);
  QCOMPARE(document().selection(), (Selection{"n0", "n1", "n2"}));
  press(Qt::Key_C, Qt::ControlModifier);
  press(Qt::Key_V, Qt::ControlModifier);
  QCOMPARE(nodes(), std::size_t{6});
  press(Qt::Key_X, Qt::ControlModifier);
  QCOMPARE(nodes(), std::size_t{3});
  document().select({"n1"});
  press(Qt::Key_D, Qt::ControlModifier);
  QCOMPARE(nodes(), std::size_t{4});
}

void KeysTest::grouping() {
  document().select({"n0", "n1"});
  press(Qt::Key_G, Qt::ControlModifier);
  type("Both");
  press(Qt::Key_Return);
  QCOMPARE(document().topology().groups.front()->name.value, std::string("Both"));
  press(Qt::Key_Period, Qt::ControlModifier);
  QVERIFY(canvas().placed().node("n0")->hidden());
}

void KeysTest::pinning() {
  press(Qt::Key_P);
  QVERIFY(canvas().placed().node("n1")->picture->place.pinned);
  press(Qt::Key_P);
  QVERIFY(!canvas().placed().node("n1")->picture->place.pinned);
}

void KeysTest::disabling() {
  document().select({"n0", "n1"});
  press(Qt::Key_D);
  QCOMPARE(document().topology().node("n1")->disabled.value, std::string("stop"));
  for (const char* const id : {"n0", "n1", "n2"}) QVERIFY2(canvas().placed().node(id)->picture->idle, id);
  press(Qt::Key_Z, Qt::ControlModifier);
  QVERIFY(document().topology().node("n0")->disabled.empty());
  press(Qt::Key_D);
  press(Qt::Key_D);
  QVERIFY(!canvas().placed().node("n2")->picture->idle);
}

void KeysTest::chordsAlignAndSelect() {
  press(Qt::Key_S, Qt::AltModifier);
  press(Qt::Key_D);
  QCOMPARE(document().selection(), (Selection{"n1", "n2"}));
  press(Qt::Key_A, Qt::AltModifier);
  press(Qt::Key_L);
  QCOMPARE(left("n2"), left("n1"));
  QVERIFY(canvas().popup() == nullptr);
}

void KeysTest::connecting() {
  document().select({"n0"});
  press(Qt::Key_C);
  QVERIFY(canvas().popup() != nullptr);
  type("n2");
  press(Qt::Key_Return);
  QVERIFY(there("n0.out -> n2.in"));
}

void KeysTest::zooming() {
  desk_->services().settings.setReducedMotion(true);
  const Camera& camera = canvas().camera();
  press(Qt::Key_0, Qt::ControlModifier);
  QCOMPARE(camera.zoom(), 1.0);
  press(Qt::Key_Plus, Qt::ControlModifier);
  const double larger = camera.zoom();
  QVERIFY(larger > 1);
  press(Qt::Key_Equal, Qt::ControlModifier);
  QVERIFY(camera.zoom() > larger);
  press(Qt::Key_Minus, Qt::ControlModifier);
  QCOMPARE(camera.zoom(), larger);
  canvas().camera().lookAt({100000, 100000});
  press(Qt::Key_1, Qt::ControlModifier);
  QVERIFY(camera.seen().contains(canvas().placed().bounds()));
  canvas().camera().lookAt({100000, 100000});
  press(Qt::Key_2, Qt::ControlModifier);
  QVERIFY(camera.seen().contains(*canvas().placed().rectOf("n1")));
}

void KeysTest::lettersInTextsOfTheCanvasAreText() {
  press(Qt::Key_A);
  QVERIFY(canvas().popup() != nullptr);
  type("acpC");
  QCOMPARE(canvas().popup()->line().text(), "acpC");
  press(Qt::Key_Backspace);
  QCOMPARE(canvas().popup()->line().text(), "acp");
  press(Qt::Key_Escape);
  press(Qt::Key_F2);
  auto* const editor = canvas().findChild<InlineEditor*>();
  type("acpC");
  press(Qt::Key_Backspace);
  QCOMPARE(editor->toPlainText(), "acp");
  press(Qt::Key_Escape);
  press(Qt::Key_F, Qt::ControlModifier);
  FindBar& find = desk_->page().find();
  QVERIFY(find.isAncestorOf(QApplication::focusWidget()) || find.hasFocus());
  type("acp");
  QVERIFY(canvas().popup() == nullptr || !canvas().popup()->isVisible());
  QCOMPARE(nodes(), std::size_t{3});
  QVERIFY(!canvas().placed().node("n1")->picture->place.pinned);
  QVERIFY(document().undoLabel().isEmpty());
}

void KeysTest::enterGoesToTheFirstSettingAndEscBack() {
  press(Qt::Key_Return);
  QWidget* const field = QApplication::focusWidget();
  QVERIFY(inspector().isAncestorOf(field));
  QVERIFY(inspector().fields().boxOf("params.where")->isAncestorOf(field));
  QVERIFY(ring().empty());
  press(Qt::Key_Escape);
  QVERIFY(canvas().hasFocus());
  QCOMPARE(ring(), std::string("n1"));
  QCOMPARE(document().selection(), Selection{"n1"});
}

void KeysTest::f6GoesToAndFro() {
  press(Qt::Key_F6);
  QVERIFY(inspector().isAncestorOf(QApplication::focusWidget()));
  press(Qt::Key_F6);
  QVERIFY(canvas().hasFocus());
  desk_->window().findChild<PalettePanel*>()->search();
  press(Qt::Key_F6);
  QVERIFY(canvas().hasFocus());
  QCOMPARE(ring(), std::string("n1"));
}

void KeysTest::theRingIsWhereKeysGo() {
  // A problem is located while the focus is in the inspector.
  press(Qt::Key_Return);
  canvas().locate("n2");
  QVERIFY(!canvas().hasFocus() && ring().empty());
  press(Qt::Key_Escape);
  QCOMPARE(ring(), std::string("n2"));
  document().select({"n0"});
  QCOMPARE(ring(), std::string("n0"));
}

void KeysTest::keysOfTheCanvasDoNothingInEditors() {
  const std::vector<std::function<void()>> editors = {[&] { desk_->window().findChild<PalettePanel*>()->search(); },
                                                      [&] { press(Qt::Key_K, Qt::ControlModifier); },
                                                      [&] { press(Qt::Key_F, Qt::ControlModifier); },
                                                      [&] { press(Qt::Key_Return); },
                                                      [&] { inspector().head().name().setFocus(); },
                                                      [&] { press(Qt::Key_F2); },
                                                      [&] { press(Qt::Key_A); }};
  for (const auto& open : editors) {
    canvas().setFocus();
    document().select({"n1"});
    open();
    const QPointer<QWidget> editor = QApplication::focusWidget();
    QVERIFY(editor != nullptr && editor != &canvas() && ring().empty());
    const QPointer<ListPopup> popup = canvas().popup();
    for (const ActionSpec& spec : actionTable()) {
      const QKeySequence keys = QKeySequence::fromString(QString::fromLatin1(spec.shortcuts));
      const int modifiers = keys.isEmpty() ? 0 : keys[0].keyboardModifiers();
      if (spec.scope != ActionScope::Canvas || keys.isEmpty() || (modifiers & ~Qt::ShiftModifier) != 0) continue;
      if (keys[0].key() < Qt::Key_A || keys[0].key() > Qt::Key_Z) continue;
      QTest::keyClick(editor, keys[0].key(), keys[0].keyboardModifiers());
      QCOMPARE(QApplication::focusWidget(), editor.data());
      QVERIFY(canvas().popup() == popup);
    }
    QCOMPARE(nodes(), std::size_t{3});
    QVERIFY(!canvas().placed().node("n1")->picture->place.pinned);
    QVERIFY(canvas().placed().picture().comments.empty());
    press(Qt::Key_Escape);
  }
}

void KeysTest::whatIsAddedStandsBehindTheSelectedNode() {
  document().select({"n2"});
  press(Qt::Key_A);
  type("count by region every 1m");
  press(Qt::Key_Return);
  QCOMPARE(nodes(), std::size_t{4});
  const topology::Node& made = *document().topology().nodes.back();
  QCOMPARE(made.use.value, std::string("window.tumbling"));
  QCOMPARE(weir::json::write(made.params),
           std::string(R"({"group_by":["region"],"size":"1m","aggregates":[{"name":"count","function":"count"}]})"));
  QVERIFY(there("n2.out -> " + made.id.value + ".in"));
  QCOMPARE(ring(), made.id.value);
  press(Qt::Key_Z, Qt::ControlModifier);
  QCOMPARE(nodes(), std::size_t{3});
}

void KeysTest::aKeyOfTheCanvasEndsAChord() {
  press(Qt::Key_A, Qt::AltModifier);
  press(Qt::Key_Right);
  press(Qt::Key_L);
  QCOMPARE(left("n2"), 640.0);
}

void KeysTest::theListOfShortcutsHoldsKeysOfTheCanvas() {
  ShortcutsList list(desk_->window().actions(), &desk_->window());
  const QAbstractItemModel* const rows = list.findChild<QListView*>()->model();
  const auto row = [&](const QString& name) {
    const QModelIndexList found = rows->match(rows->index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly);
    return found.isEmpty() ? QString() : found.first().data(Qt::AccessibleTextRole).toString();
  };
  QCOMPARE(row("Follow wires"), "Follow wires, Alt+← → ↑ ↓");
  QVERIFY(!rows->match(rows->index(0, 0), Qt::DisplayRole, "On the canvas", 1, Qt::MatchExactly).isEmpty());
  for (const KeyHint& hint : canvasKeyHints()) {
    QVERIFY2(row(hint.text).endsWith(hint.keys), qPrintable(hint.text));
  }
}

WEIR_TEST(KeysTest)
#include "keys_test.moc"
