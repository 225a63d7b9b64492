// Every word for people goes through the translator: under a language that marks what it has seen, none is bare.
#include <QAbstractButton>
#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QTranslator>

#include "designer/ui/shell/commands/command_field.hpp"
#include "designer/ui/shell/commands/shortcuts_list.hpp"
#include "designer/ui/shell/documents/empty_state.hpp"
#include "designer/ui/shell/settings/english.hpp"
#include "designer/ui/shell/settings/settings_dialog.hpp"
#include "designer/ui/shell/tests/shell_fixture.hpp"
#include "designer/ui/shell/window/status_bar.hpp"
#include "designer/ui/widgets/card_button.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

namespace {

class MarkingTranslator : public QTranslator {
 public:
  bool isEmpty() const override { return false; }
  QString translate(const char* /*context*/, const char* text, const char* /*hint*/, int number) const override {
    return QStringLiteral("«") + QString::fromUtf8(text).replace("%n", QString::number(number)) + QStringLiteral("»");
  }
};

// Shortcuts in brackets are the keyboard's words.
bool isMarked(QString text) {
  static const QRegularExpression kTranslated(QStringLiteral("«[^«»]*»|\\([^()]*\\)$"));
  static const QRegularExpression kLetters(QStringLiteral("[A-Za-z]{2}"));
  return !kLetters.match(text.remove(kTranslated)).hasMatch();
}

}  // namespace

class WordsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void init();
  void cleanup() { it_.reset(); }
  void cleanupTestCase() { QCoreApplication::removeTranslator(&translator_); }

  void theTestSeesABareWord();
  void theWindowSpeaksTheLanguage();
  void theEmptyStateSpeaksTheLanguage();
  void theSettingsSpeakTheLanguage();
  void theShortcutsSpeakTheLanguage();
  void theLanguageOfTheSourcesCounts();

 private:
  // What a person sees or hears of `root` and all in it, and is bare.
  static QStringList bareWords(QWidget& root);

  MarkingTranslator translator_;
  std::unique_ptr<ShellFixture> it_;
};

void WordsTest::initTestCase() {
  applyTheme(ColorScheme::Light);
  QVERIFY(QCoreApplication::installTranslator(&translator_));
}

void WordsTest::init() {
  it_ = std::make_unique<ShellFixture>();
  it_->window = new MainWindow(it_->settings);
  for (const ActionSpec& spec : actionTable()) it_->window->actions().handle(spec.id, it_->window, [](bool) {});
}

QStringList WordsTest::bareWords(QWidget& root) {
  QStringList bare;
  const auto look = [&](const QObject& owner, const QString& text) {
    if (!isMarked(text))
      bare += QStringLiteral("%1: %2").arg(QString::fromLatin1(owner.metaObject()->className()), text);
  };
  QList<QWidget*> widgets = root.findChildren<QWidget*>();
  widgets.prepend(&root);
  for (const QWidget* widget : widgets) {
    look(*widget, widget->accessibleName());
    look(*widget, widget->accessibleDescription());
    look(*widget, widget->toolTip());
    look(*widget, widget->windowTitle());
    if (const auto* label = qobject_cast<const QLabel*>(widget)) look(*widget, label->text());
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) look(*widget, button->text());
    if (const auto* field = qobject_cast<const QLineEdit*>(widget)) look(*widget, field->placeholderText());
    for (const QAction* action : widget->actions()) {
      look(*action, action->text());
      look(*action, action->toolTip());
    }
  }
  return bare;
}

void WordsTest::theTestSeesABareWord() {
  for (const char* text : {"bare", "«translated», bare"}) {
    QLabel label(text);
    QCOMPARE(bareWords(label).size(), 1);
  }
  QLabel label("«translated» (Ctrl+K)");
  QVERIFY(bareWords(label).isEmpty());
}

void WordsTest::theWindowSpeaksTheLanguage() {
  it_->settings.addRecentFile("/1/2.weir");
  it_->window->status().setState({});
  it_->window->status().setProblems(2, 3, 1);
  DocumentPage* page = it_->addDocument("1");
  page->setDirty(true);
  page->showMessage({"m", MessageTone::Info, {}, "1", {}, true});
  const QStringList bare = bareWords(*it_->window);
  QVERIFY2(bare.isEmpty(), qPrintable(bare.join('\n')));
}

void WordsTest::theEmptyStateSpeaksTheLanguage() {
  EmptyState state;
  state.setActions({[] {}, [] {}, {{"1", [] {}}}, {}, [] {}, {}});
  QCOMPARE(state.cards().size(), 4);
  QStringList bare = bareWords(state);
  QVERIFY2(bare.isEmpty(), qPrintable(bare.join('\n')));
}

void WordsTest::theSettingsSpeakTheLanguage() {
  SettingsDialog dialog(it_->settings, {});
  QStringList bare = bareWords(dialog);
  dialog.findChild<QLineEdit*>()->setText("/1");
  bare += bareWords(dialog);
  QVERIFY2(bare.isEmpty(), qPrintable(bare.join('\n')));
}

void WordsTest::theShortcutsSpeakTheLanguage() {
  ShortcutsList list(it_->window->actions(), it_->window);
  QStringList bare = bareWords(list);
  QVERIFY2(bare.isEmpty(), qPrintable(bare.join('\n')));
}

void WordsTest::theLanguageOfTheSourcesCounts() {
  English english;
  QCoreApplication::installTranslator(&english);
  const auto moved = [](int parts) { return QCoreApplication::translate("x", "Move %n part(s)", nullptr, parts); };
  QCOMPARE(moved(1), "Move 1 part");
  QCOMPARE(moved(2), "Move 2 parts");
  QCoreApplication::removeTranslator(&english);
}

WEIR_TEST(WordsTest)
#include "words_test.moc"
