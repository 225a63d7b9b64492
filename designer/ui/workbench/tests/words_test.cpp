// Every word for people goes through the translator, in a whole window with all panels; and longer words have room.
#include <QMenu>

#include "designer/model/edits/edits.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/ui/panels/inspector/inspector_panel.hpp"
#include "designer/ui/panels/lists/find_bar.hpp"
#include "designer/ui/panels/tests/scene.hpp"
#include "designer/ui/shell/settings/language.hpp"
#include "designer/ui/shell/window/panel_dock.hpp"
#include "designer/ui/workbench/tests/seen_words.hpp"
#include "designer/ui/workbench/tests/workbench_fixture.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

namespace {

// Names of letters and numbers in turn: nothing in them looks like a word. There is a wrong column, a plugin that is
// missing, a wire to nowhere, no event time, a group and a comment.
const char* const kTopology = R"({ "weir": 1, "name": "t1", "nodes": [
  { "id": "n1", "use": "file.source", "params": { "path": "1", "format": "json.json", "schema": [
    { "name": "c1", "type": "string" }, { "name": "c2", "type": "float64" }, { "name": "c3", "type": "timestamp" },
    { "name": "c4", "type": "timestamp" } ] } },
  { "id": "n2", "use": "std.filter", "params": { "where": "c2 > 1" } },
  { "id": "n3", "use": "window.tumbling", "params": { "group_by": ["c9"], "size": "1m",
    "aggregates": [{ "name": "a1", "function": "count" }, { "name": "a2", "function": "max", "field": "c2" }] } },
  { "id": "n4", "use": "g1.h1", "params": { "p1": "1" } },
  { "id": "n5", "use": "std.select", "params": { "fields": [{ "name": "d1", "expression": "c2 + 1" }] } },
  { "id": "n7", "use": "std.filter", "params": { "where": "c2 > 2" } },
  { "id": "n6", "use": "file.sink", "params": { "path": "2", "format": "json.json" } } ],
  "topics": [{ "id": "o1", "partitions": 4, "key": ["c1"] }],
  "groups": [{ "id": "g2", "name": "g2", "nodes": ["n2", "n5"] }],
  "params": [{ "name": "q1", "type": "text", "default": "1" }],
  "edges": [{ "from": "n1.out", "to": "n2.in" }, { "from": "n1.out", "to": "n3.in" }, { "from": "n3.out", "to": "o1" },
            { "from": "n2.out", "to": "n5.in" }, { "from": "n5.out", "to": "n6.in" },
            { "from": "n2.out", "to": "n9.in" }] })";

}  // namespace

class WordsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void init();
  void cleanup() { it_.reset(); }
  void cleanupTestCase() { QCoreApplication::removeTranslator(&locale_); }

  void theTestSeesABareWord();
  void theTestSeesWordsThatAreCut();
  void panelsSpeakTheLanguage_data();
  void panelsSpeakTheLanguage();
  void findingAndChangesSpeakTheLanguage();
  void theEmptyWindowSpeaksTheLanguage();
  void theOutlineSpeaksTheLanguage();
  void theKeysOfTheCanvasSpeakTheLanguage();
  void theTestSeesAWordThatIsNotGerman();
  void whatWasAskedForIsGerman();

 private:
  void verify(const char* where);

  test::PseudoLocale locale_;
  QTranslator german_;
  std::unique_ptr<test::WorkbenchFixture> it_;
};

void WordsTest::initTestCase() {
  QVERIFY(Language::known().contains("de"));  // its file is there
  QVERIFY(german_.load(":/translations/weir_de"));
  QVERIFY(QCoreApplication::installTranslator(&locale_));
}

void WordsTest::init() {
  it_ = std::make_unique<test::WorkbenchFixture>(std::vector<std::string>(), test::markManifest);
}

void WordsTest::verify(const char* where) {
  QCoreApplication::processEvents();  // what is new in a layout is shown by the event loop
  const test::Untranslated untranslated(*it_->services().catalog.catalog(), *it_->page().topology().checked());
  QStringList bare;
  for (const test::SeenWords& seen : test::wordsOf(it_->window())) {
    if (untranslated.holdsBareWords(seen.text)) bare.append(seen.owner + ": " + seen.text);
  }
  bare.removeDuplicates();
  QVERIFY2(bare.isEmpty(), qPrintable(QString(where) + " not translated:\n" + bare.join('\n')));
  // Layouts within scroll areas take some rounds.
  (void)QTest::qWaitFor([this] { return test::cutWords(it_->window()).isEmpty(); });
  const QStringList cut = test::cutWords(it_->window());
  QVERIFY2(cut.isEmpty(), qPrintable(QString(where) + " cut:\n" + cut.join('\n')));
}

void WordsTest::theTestSeesABareWord() {
  const CatalogRef catalog = it_->services().catalog.catalog();
  weir::topology::CheckOutcome checked;
  checked.problems.emplace_back().message = "A sentence of the check.";
  const test::Untranslated untranslated(*catalog, checked);
  for (const char* text : {"bare", "⟦translated⟧, bare", "Window", "std.bare", "A sentence of the check. Bare"}) {
    QVERIFY2(untranslated.holdsBareWords(text), text);
  }
  for (const char* text : {"⟦translated⟧ (Ctrl+K)", "⟦%1 of ⟦inner⟧⟧ n1", "window.tumbling · ⟦plugin⟧ window 0.1.0",
                           "A sentence of the check.", "«title»", "group_by"}) {
    QVERIFY2(!untranslated.holdsBareWords(text), text);
  }
  QLabel label("bare");
  QCOMPARE(test::wordsOf(label).size(), std::size_t{1});
}

void WordsTest::theTestSeesWordsThatAreCut() {
  QWidget around;
  QLabel label("some words", &around);
  label.resize(label.sizeHint());
  around.show();
  QVERIFY(test::cutWords(around).isEmpty());
  label.resize(label.width() - 1, label.height());
  QCOMPARE(test::cutWords(around).size(), 1);
}

void WordsTest::panelsSpeakTheLanguage_data() {
  QTest::addColumn<QStringList>("selection");
  QTest::newRow("nothing") << QStringList();
  for (const char* id : {"n1", "n2", "n3", "n4", "n5", "n6", "o1", "g2"}) QTest::newRow(id) << QStringList(id);
  QTest::newRow("wire") << QStringList("n1.out -> n2.in");
  QTest::newRow("several") << QStringList({"n1", "n2", "o1"});
  QTest::newRow("several of a kind") << QStringList({"n2", "n7"});
}

void WordsTest::panelsSpeakTheLanguage() {
  QFETCH(QStringList, selection);
  TopologyPage& page = it_->open(test::topologyOf(kTopology));
  QVERIFY(!page.topology().checked()->problems.empty());
  Selection ids;
  for (const QString& id : selection) ids.insert(id.toStdString());
  page.document().select(ids);
  InspectorPanel& inspector = it_->find<InspectorPanel>();
  for (int tab = 0; tab < inspector.tabs().count(); ++tab) {
    inspector.tabs().setCurrentIndex(tab);
    verify(qPrintable(QStringLiteral("tab %1").arg(tab)));
    if (QTest::currentTestFailed()) return;
  }
  inspector.tabs().setCurrentIndex(InspectorPanel::kProperties);
  for (QToolButton* const button : inspector.findChildren<QToolButton*>()) {
    if (button->isCheckable()) button->setChecked(true);
  }
  verify("more settings");
}

void WordsTest::findingAndChangesSpeakTheLanguage() {
  TopologyPage& page = it_->open(test::topologyOf(kTopology));
  page.document().apply(*setValue(page.document().topology(), "n2", "params.where", weir::json::Value::text("c2 > 2")));
  page.document().apply(movedTo(page.document().topology(), {{"n1", {8, 8}}}, "m1"));
  page.document().apply(removeParts(page.document().topology(), {"n6"}, Heal::No));
  QTRY_VERIFY(it_->isChecked());
  it_->workbench().showChanges();
  page.find().start();
  QTest::keyClicks(&page.find(), "n");
  verify("changes and a search");
  QTest::keyClicks(&page.find(), "xyz");
  verify("nothing found");
}

void WordsTest::theEmptyWindowSpeaksTheLanguage() {
  it_->workbench().openEmptyWhenBare();
  it_->window().resize(shell::kDefaultWidth, shell::kDefaultHeight);
  it_->window().show();
  verify("empty");
}

void WordsTest::theOutlineSpeaksTheLanguage() {
  it_->open(test::topologyOf(kTopology));
  it_->window().dock(Side::Left).showPanel("outline");
  verify("outline");
}

void WordsTest::theKeysOfTheCanvasSpeakTheLanguage() {
  const ActionRegistry& actions = it_->window().actions();
  QVERIFY(actions.keyHintsTitle().startsWith(u'⟦'));
  QVERIFY(!actions.keyHints().isEmpty());
  for (const KeyHint& hint : actions.keyHints()) {
    QVERIFY2(hint.text.startsWith(u'⟦') && hint.keys.startsWith(u'⟦'), qPrintable(hint.text + hint.keys));
  }
}

void WordsTest::theTestSeesAWordThatIsNotGerman() {
  const test::PseudoLocale locale;
  (void)locale.translate("Edits", "Paste", nullptr, -1);
  (void)locale.translate("Wrong", "Paste", nullptr, -1);
  QCOMPARE(locale.missingIn(german_), QStringList("Wrong: Paste"));
}

// In the context that the code asks in, which lupdate may have taken for another one.
void WordsTest::whatWasAskedForIsGerman() {
  const QStringList missing = locale_.missingIn(german_);
  QVERIFY2(missing.isEmpty(), qPrintable(missing.join('\n')));
}

WEIR_TEST(WordsTest)
#include "words_test.moc"
