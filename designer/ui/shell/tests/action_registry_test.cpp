// The table of commands, and what becomes of it in a window.
#include <QAction>
#include <QLineEdit>
#include <QSet>
#include <QSignalSpy>
#include <QVBoxLayout>

#include "designer/ui/shell/commands/action_registry.hpp"
#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

namespace {

QList<QKeySequence> keysOf(const ActionSpec& spec) {
  QList<QKeySequence> keys;
  for (const QString& text : QString(spec.shortcuts).split(" | ", Qt::SkipEmptyParts)) {
    keys += QKeySequence::fromString(text, QKeySequence::PortableText);
  }
  return keys;
}

QChar mnemonicOf(const QString& text) {
  const qsizetype mark = text.indexOf('&');
  return mark < 0 ? QChar() : text[mark + 1].toLower();
}

}  // namespace

class ActionRegistryTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }

  void noIdStandsTwice();
  void noShortcutStandsTwice();
  void everyShortcutIsUnderstood();
  void noMnemonicStandsTwiceInAMenu();
  void theKeysOfChordsOpenNoMenu();
  void everyIconExists();
  void lettersWorkOnTheCanvasOnly();

  void aCommandWithoutWorkIsHidden();
  void aCommandHidesAgainWhenItsWorkerIsGone();
  void aShortcutRunsItsCommand();
  void aLetterInAFieldIsText();
  void aCheckableCommandTellsItsState();
};

void ActionRegistryTest::noIdStandsTwice() {
  QSet<QString> seen;
  for (const ActionSpec& spec : actionTable()) {
    QVERIFY2(!seen.contains(spec.id), spec.id);
    seen.insert(spec.id);
  }
  QVERIFY(seen.size() > 40);
}

void ActionRegistryTest::noShortcutStandsTwice() {
  QHash<QString, QString> seen;
  for (const ActionSpec& spec : actionTable()) {
    for (const QKeySequence& key : keysOf(spec)) {
      const QString name = key.toString();
      QVERIFY2(!seen.contains(name), qPrintable(name + ": " + seen.value(name) + " and " + spec.id));
      seen.insert(name, spec.id);
      // The first step of a chord cannot be a shortcut itself.
      if (key.count() > 1) {
        const QString first = QKeySequence(key[0]).toString();
        QVERIFY2(!seen.contains(first), qPrintable(first));
      }
    }
  }
}

void ActionRegistryTest::everyShortcutIsUnderstood() {
  for (const ActionSpec& spec : actionTable()) {
    const auto keys = keysOf(spec);
    QCOMPARE(keys.size(), QString(spec.shortcuts).split(" | ", Qt::SkipEmptyParts).size());
    for (const QKeySequence& key : keys) {
      QVERIFY2(!key.isEmpty() && !key.toString().isEmpty() && key[0].key() != Qt::Key_unknown, spec.id);
    }
  }
}

void ActionRegistryTest::noMnemonicStandsTwiceInAMenu() {
  QHash<int, QHash<QChar, QString>> seen;
  for (const ActionSpec& spec : actionTable()) {
    const QChar letter = mnemonicOf(spec.text);
    QVERIFY2(!letter.isNull() || QString(spec.text).contains('%'), spec.id);
    if (letter.isNull()) continue;
    auto& menu = seen[static_cast<int>(spec.menu)];
    QVERIFY2(!menu.contains(letter), qPrintable(QString("%1 and %2").arg(menu.value(letter), spec.id)));
    menu.insert(letter, spec.id);
  }
}

void ActionRegistryTest::theKeysOfChordsOpenNoMenu() {
  QSet<QChar> menus;
  for (int menu = 0; menu < kMenuCount; ++menu) {
    const QChar letter = mnemonicOf(ActionRegistry::menuTitle(static_cast<MenuId>(menu)));
    QVERIFY2(!menus.contains(letter), qPrintable(QString(letter)));
    menus.insert(letter);
  }
  for (const ActionSpec& spec : actionTable()) {
    for (const QKeySequence& key : keysOf(spec)) {
      if (key[0].keyboardModifiers() != Qt::AltModifier || key[0].key() > Qt::Key_Z) continue;
      QVERIFY2(!menus.contains(QChar(key[0].key()).toLower()), spec.id);
    }
  }
}

void ActionRegistryTest::everyIconExists() {
  for (const ActionSpec& spec : actionTable()) QVERIFY2(*spec.icon == '\0' || hasIcon(spec.icon), spec.icon);
}

void ActionRegistryTest::lettersWorkOnTheCanvasOnly() {
  for (const ActionSpec& spec : actionTable()) {
    for (const QKeySequence& key : keysOf(spec)) {
      const bool plain = !(key[0].keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier));
      const bool function = key[0].key() >= Qt::Key_F1 && key[0].key() <= Qt::Key_F35;
      if (plain && !function) QVERIFY2(spec.scope == ActionScope::Canvas, spec.id);
    }
  }
}

void ActionRegistryTest::aCommandWithoutWorkIsHidden() {
  QWidget window;
  ActionRegistry registry(&window);
  QVERIFY(registry.actions().isEmpty());
  QSignalSpy changes(&registry, &ActionRegistry::changed);
  registry.handle("file.save", &window, [](bool) {});
  QCOMPARE(registry.actions(), QList<QAction*>{registry.action("file.save")});
  QVERIFY(!changes.isEmpty());
}

void ActionRegistryTest::aCommandHidesAgainWhenItsWorkerIsGone() {
  QWidget window;
  ActionRegistry registry(&window);
  auto first = std::make_unique<QObject>();
  auto second = std::make_unique<QObject>();
  registry.handle("file.save", first.get(), [](bool) {});
  registry.handle("file.save", second.get(), [](bool) {});
  first.reset();
  QVERIFY(registry.action("file.save")->isVisible());
  second.reset();
  QVERIFY(!registry.action("file.save")->isVisible());
}

void ActionRegistryTest::aShortcutRunsItsCommand() {
  QWidget window;
  ActionRegistry registry(&window);
  int saved = 0;
  int aligned = 0;
  registry.handle("file.save", &window, [&](bool) { ++saved; });
  registry.handle("arrange.alignLeft", &window, [&](bool) { ++aligned; });
  window.show();
  QVERIFY(QTest::qWaitForWindowActive(&window));
  QTest::keyClick(&window, Qt::Key_S, Qt::ControlModifier);
  QCOMPARE(saved, 1);
  QTest::keyClick(&window, Qt::Key_A, Qt::AltModifier);
  QTest::keyClick(&window, Qt::Key_L);
  QCOMPARE(aligned, 1);
}

void ActionRegistryTest::aLetterInAFieldIsText() {
  QWidget window;
  ActionRegistry registry(&window);
  QVBoxLayout layout(&window);
  QLineEdit field;
  QWidget canvas;
  canvas.setFocusPolicy(Qt::StrongFocus);
  layout.addWidget(&field);
  layout.addWidget(&canvas);
  int added = 0;
  registry.handle("insert.node", &window, [&](bool) { ++added; });
  registry.addTo(&canvas);
  window.show();
  QVERIFY(QTest::qWaitForWindowActive(&window));
  field.setFocus();
  QTest::keyClick(&field, Qt::Key_A);
  QCOMPARE(added, 0);
  QCOMPARE(field.text(), "a");
  canvas.setFocus();
  QTest::keyClick(&canvas, Qt::Key_A);
  QCOMPARE(added, 1);
}

void ActionRegistryTest::aCheckableCommandTellsItsState() {
  QWidget window;
  ActionRegistry registry(&window);
  QList<bool> states;
  registry.handle("view.minimap", &window, [&](bool on) { states += on; });
  registry.setChecked("view.minimap", true);
  QVERIFY(states.isEmpty());
  registry.action("view.minimap")->trigger();
  QCOMPARE(states, QList<bool>{false});
}

WEIR_TEST(ActionRegistryTest)
#include "action_registry_test.moc"
