// Every language says everything that the code says, and its menus work with keys.
#include <QAbstractButton>
#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QProcess>
#include <QRegularExpression>
#include <QXmlStreamReader>

#include "designer/ui/shell/settings/language.hpp"
#include "designer/ui/shell/settings/settings_dialog.hpp"
#include "designer/ui/shell/tests/shell_fixture.hpp"
#include "tests/program/places.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

namespace {

const QString kFolder = weir::places::inRepository("designer/translations/");

struct Translated {
  QString source;
  QStringList translations;  // as many as the language has numbers
  bool plural = false;
};

QByteArray textOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QList<Translated> messagesOf(const QString& language) {
  QList<Translated> messages;
  QXmlStreamReader xml(textOf(kFolder + "weir_" + language + ".ts"));
  while (!xml.atEnd()) {
    xml.readNext();
    if (!xml.isStartElement()) continue;
    if (xml.name() == u"message") messages.append({{}, {}, xml.attributes().value("numerus") == u"yes"});
    if (xml.name() == u"source") messages.last().source = xml.readElementText();
    const QString form = messages.isEmpty() || !messages.last().plural ? "translation" : "numerusform";
    if (xml.name() == form) messages.last().translations.append(xml.readElementText());
  }
  return messages;
}

// What the program puts in or looks for: "%1", "%n", "{}", "…", "&".
QStringList marksOf(const QString& text) {
  static const QRegularExpression kMark(QStringLiteral("%[0-9n]|\\{\\}|…|&(?=\\w)|\\$\\{[a-z]+:|\\n"));
  QStringList marks;
  for (auto found = kMark.globalMatch(text); found.hasNext();) marks.append(found.next().captured());
  marks.sort();
  return marks;
}

QChar mnemonicOf(const QString& text) {
  const qsizetype mark = text.indexOf('&');
  return mark < 0 ? QChar() : text[mark + 1].toLower();
}

// What stands twice among the mnemonics, or has none.
QStringList wrongMnemonics(const QList<QAction*>& actions) {
  QStringList wrong;
  QHash<QChar, QString> seen;
  for (const QAction* const action : actions) {
    if (action->isSeparator()) continue;
    const QChar letter = mnemonicOf(action->text());
    if (letter.isNull() || seen.contains(letter)) wrong.append(action->text() + " / " + seen.value(letter));
    seen.insert(letter, action->text());
  }
  return wrong;
}

}  // namespace

class LanguageTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void init() { it_ = std::make_unique<ShellFixture>(); }
  void cleanup();

  void englishAndGermanAreKnown();
  void everyWordIsTranslated_data() { addLanguages(); }
  void everyWordIsTranslated();
  void whatIsPutInStands_data() { addLanguages(); }
  void whatIsPutInStands();
  void noMnemonicStandsTwiceInAMenu_data() { addLanguages(); }
  void noMnemonicStandsTwiceInAMenu();
  void noMnemonicStandsTwiceInTheSettings_data() { addLanguages(); }
  void noMnemonicStandsTwiceInTheSettings();
  void theWindowSpeaksTheLanguageOfTheSettings();
  void aLanguageThatIsGoneIsTheDesktops();
  void numbersHaveTheirForms();

 private:
  void addLanguages();
  // With all its commands.
  MainWindow& open();

  QLocale locale_;
  std::unique_ptr<ShellFixture> it_;
};

void LanguageTest::initTestCase() {
  applyTheme(ColorScheme::Light);
}

void LanguageTest::cleanup() {
  it_.reset();
  QLocale::setDefault(locale_);
}

void LanguageTest::addLanguages() {
  QTest::addColumn<QString>("language");
  for (const QString& code : Language::known()) {
    if (code != "en") QTest::newRow(qPrintable(code)) << code;
  }
}

MainWindow& LanguageTest::open() {
  it_->window = new MainWindow(it_->settings);
  for (const ActionSpec& spec : actionTable()) it_->window->actions().handle(spec.id, it_->window, [](bool) {});
  return *it_->window;
}

void LanguageTest::englishAndGermanAreKnown() {
  QCOMPARE(Language::known().first(), "en");
  QVERIFY(Language::known().contains("de"));
  QVERIFY(Language::known().contains(Language::ofDesktop()));
  QCOMPARE(Language::ownName("en"), "English");
  QCOMPARE(Language::ownName("de"), "Deutsch");
}

void LanguageTest::everyWordIsTranslated() {
  QFETCH(QString, language);
  const QString name = "weir_" + language + ".ts";
  const QString copy = it_->folder.filePath(name);
  QVERIFY(QFile::copy(kFolder + name, copy));
  QProcess update;
  update.start(weir::places::python(), {kFolder + "update.py", copy});
  QVERIFY(update.waitForFinished(-1));
  QVERIFY2(update.exitCode() == 0, update.readAllStandardError().constData());
  QVERIFY2(!textOf(copy).contains("unfinished"), update.readAllStandardOutput().constData());
  QVERIFY2(textOf(copy) == textOf(kFolder + name), "words have gone from the code: ./dev translate");
}

void LanguageTest::whatIsPutInStands() {
  QFETCH(QString, language);
  const QList<Translated> messages = messagesOf(language);
  QVERIFY(messages.size() > 400);
  for (const Translated& message : messages) {
    QVERIFY2(!message.translations.isEmpty(), qPrintable(message.source));
    for (const QString& translation : message.translations) {
      QVERIFY2(marksOf(translation) == marksOf(message.source), qPrintable(message.source + " / " + translation));
    }
  }
}

void LanguageTest::noMnemonicStandsTwiceInAMenu() {
  QFETCH(QString, language);
  const Language spoken(language);
  it_->settings.addRecentFile("/1/2.weir");
  const QList<QAction*> menus = open().menuBar()->actions();
  QCOMPARE(wrongMnemonics(menus), QStringList());
  QSet<QChar> letters;
  for (const QAction* const menu : menus) {
    letters.insert(mnemonicOf(menu->text()));
    const QStringList wrong = wrongMnemonics(menu->menu()->actions());
    QVERIFY2(wrong.isEmpty(), qPrintable(menu->text() + ": " + wrong.join(", ")));
  }
  // A chord that begins with Alt opens no menu.
  for (const QAction* const action : it_->window->actions().actions()) {
    for (const QKeySequence& key : action->shortcuts()) {
      if (key[0].keyboardModifiers() != Qt::AltModifier || key[0].key() > Qt::Key_Z) continue;
      QVERIFY2(!letters.contains(QChar(key[0].key()).toLower()), qPrintable(action->text()));
    }
  }
}

void LanguageTest::noMnemonicStandsTwiceInTheSettings() {
  QFETCH(QString, language);
  const Language spoken(language);
  SettingsDialog dialog(it_->settings, {});
  QHash<QChar, QString> seen;
  const auto look = [&](const QString& text) {
    const QChar letter = mnemonicOf(text);
    if (letter.isNull()) return;
    QVERIFY2(!seen.contains(letter), qPrintable(text + " / " + seen.value(letter)));
    seen.insert(letter, text);
  };
  for (const QAbstractButton* const button : dialog.findChildren<QAbstractButton*>()) look(button->text());
  for (const QLabel* const label : dialog.findChildren<QLabel*>()) look(label->text());
  QVERIFY(seen.size() > 5);
}

void LanguageTest::theWindowSpeaksTheLanguageOfTheSettings() {
  Language::want("de", it_->settings);
  const Language language(it_->settings);
  QStringList menus;
  for (const QAction* const menu : open().menuBar()->actions()) menus.append(menu->text().remove('&'));
  QCOMPARE(menus, (QStringList{"Datei", "Bearbeiten", "Ansicht", "Einfügen", "Anordnen", "Ausführen", "Hilfe"}));
  QCOMPARE(ActionRegistry::plainText(it_->window->actions().action("file.newWindow")), "Neues Fenster");
  QCOMPARE(SettingsDialog(it_->settings, {}).windowTitle(), "Einstellungen");
  QCOMPARE(QLocale().decimalPoint(), ",");
}

void LanguageTest::aLanguageThatIsGoneIsTheDesktops() {
  Language::want("xx", it_->settings);
  const Language language(it_->settings);
  const QString spoken = ActionRegistry::menuTitle(MenuId::Help);
  const Language desktop(Language::ofDesktop());
  QCOMPARE(ActionRegistry::menuTitle(MenuId::Help), spoken);
}

void LanguageTest::numbersHaveTheirForms() {
  const Language language(QStringLiteral("de"));
  const auto moved = [](int parts) {
    return QCoreApplication::translate("MoveGesture", "Move %n part(s)", nullptr, parts);
  };
  QCOMPARE(moved(1), "1 Teil verschieben");
  QCOMPARE(moved(2), "2 Teile verschieben");
}

WEIR_TEST(LanguageTest)
#include "language_test.moc"
