// Finding operators by the words that people know from elsewhere, and the palette with real keys and mouse.
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QSignalSpy>

#include "designer/model/tests/patience.hpp"
#include "designer/ui/panels/palette/palette_panel.hpp"
#include "designer/ui/panels/tests/scene.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class PaletteTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void init();
  void cleanup() { panel_.reset(); }

  void aWordFindsItsOperatorFirst_data();
  void aWordFindsItsOperatorFirst();
  void everyOperatorHasTermsHere();
  void sourcesComeFirstAndSinksLast();
  void headsCannotBeAdded();
  void rowsAreAsHighAsTheTokensSay();
  void enterInTheSearchAddsTheFirst();
  void arrowsGoFromTheSearchIntoTheListAndBack();
  void aDoubleClickAdds();
  void nothingMovesUnderTheMouse();
  void escapeClearsTheSearch();
  void whatIsDraggedNamesTheOperator();
  void whatWasUsedLastStandsOnTop();
  void anUnknownWordSaysSo();

 private:
  struct Term {
    const char* word;
    const char* first;
  };
  static const std::vector<Term>& terms();
  QModelIndex row(const QString& use) const;
  QStringList uses() const;

  std::unique_ptr<PalettePanel> panel_;
};

const std::vector<PaletteTest::Term>& PaletteTest::terms() {
  static const std::vector<Term> kTerms = {
      // Kafka Connect, Flink SQL's and other engines' connectors, shells.
      {"file", "file.source"},
      {"tail", "file.source"},
      {"glob", "file.source"},
      {"FileStreamSource", "file.source"},
      {"read files", "file.source"},
      {"directory", "file.source"},
      {"filesystem", "file.source"},
      {"ndjson", "file.source"},
      {"FileStreamSink", "file.sink"},
      {"write", "file.sink"},
      {"file sink", "file.sink"},
      // SQL's and ksqlDB's clauses, KStream's and DataStream's methods.
      {"where", "std.filter"},
      {"WHERE", "std.filter"},
      {"having", "std.filter"},
      {"filterNot", "std.filter"},
      {"predicate", "std.filter"},
      {"KStream#filter", "std.filter"},
      {"DataStream.filter", "std.filter"},
      {"condition", "std.filter"},
      {"filt", "std.filter"},
      {"drop rows", "std.filter"},
      {"map", "std.select"},
      {"mapValues", "std.select"},
      {"map values", "std.select"},
      {"SELECT", "std.select"},
      {"projection", "std.select"},
      {"transform", "std.select"},
      {"KStream#mapValues", "std.select"},
      {"withColumn", "std.extend"},
      {"with column", "std.extend"},
      {"assign", "std.extend"},
      {"add columns", "std.extend"},
      {"addColumns", "std.extend"},
      {"derive column", "std.extend"},
      {"without", "std.drop"},
      {"exclude", "std.drop"},
      {"EXCEPT", "std.drop"},
      {"drop columns", "std.drop"},
      {"dropColumns", "std.drop"},
      {"as", "std.rename"},
      {"alias", "std.rename"},
      {"rename", "std.rename"},
      {"withColumnRenamed", "std.rename"},
      {"renameColumns", "std.rename"},
      {"groupByKey", "window.tumbling"},
      {"group by", "window.tumbling"},
      {"group by key", "window.tumbling"},
      {"KStream#groupByKey", "window.tumbling"},
      {"windowedBy", "window.tumbling"},
      {"TimeWindows", "window.tumbling"},
      {"tumble", "window.tumbling"},
      {"TUMBLE", "window.tumbling"},
      {"WINDOW TUMBLING", "window.tumbling"},
      {"KGroupedStream#windowedBy", "window.tumbling"},
      {"count", "window.tumbling"},
      {"aggregate", "window.tumbling"},
      {"per minute", "window.tumbling"},
      {"through", "topic"},
      {"to", "topic"},
      {"KStream#to", "topic"},
      {"KTable", "topic"},
      {"KStream#through", "topic"},
      {"kafka", "topic"},
      {"repartition", "topic"},
      {"queue", "topic"},
      {"topic", "topic"},
  };
  return kTerms;
}

void PaletteTest::init() {
  panel_ = std::make_unique<PalettePanel>();
  panel_->setCatalog(test::pluginCatalog());
  panel_->resize(shell::kLeftDock, shell::kDefaultHeight);
  panel_->show();
  QVERIFY(QTest::qWaitForWindowExposed(panel_.get()));
  panel_->activateWindow();
}

QModelIndex PaletteTest::row(const QString& use) const {
  const auto* const model = panel_->list().model();
  for (int at = model->rowCount() - 1; at >= 0; --at) {
    if (model->index(at, 0).data(PaletteModel::kUseRole).toString() == use) return model->index(at, 0);
  }
  return {};
}

QStringList PaletteTest::uses() const {
  QStringList all;
  const auto* const model = panel_->list().model();
  for (int at = 0; at < model->rowCount(); ++at) {
    const QModelIndex index = model->index(at, 0);
    if (!index.data(PaletteModel::kHeadRole).toBool()) all.append(index.data(PaletteModel::kUseRole).toString());
  }
  return all;
}

void PaletteTest::aWordFindsItsOperatorFirst_data() {
  QTest::addColumn<QString>("first");
  for (const Term& term : terms()) QTest::newRow(term.word) << term.first;
}

void PaletteTest::aWordFindsItsOperatorFirst() {
  QFETCH(QString, first);
  QTest::keyClicks(&panel_->searchField(), QString::fromUtf8(QTest::currentDataTag()));
  QVERIFY2(!uses().isEmpty(), "nothing is found");
  QCOMPARE(uses().first(), first);
}

void PaletteTest::everyOperatorHasTermsHere() {
  // Of the manifests themselves, not of what the list shows: an operator that the palette lost is missed here.
  QStringList wanted{"topic"};
  const CatalogRef catalog = test::pluginCatalog();
  for (const weir::catalog::CatalogEntry& plugin : catalog->entries()) {
    for (const weir::catalog::OperatorSpec& spec : plugin.manifest.operators) {
      const QString use = QString::fromStdString(plugin.manifest.plugin + "." + spec.id);
      if (weir::catalog::isNode(spec.kind)) wanted.append(use);  // the others are named in fields
    }
  }
  QVERIFY(wanted.size() > 1);
  for (const QString& use : wanted) {
    QVERIFY2(uses().contains(use), qPrintable(use + " is not in the palette"));
    const auto count =
        std::count_if(terms().begin(), terms().end(), [&](const Term& term) { return term.first == use; });
    QVERIFY2(count >= 3, qPrintable(use + " has fewer than three terms: add those that people know it by"));
  }
}

void PaletteTest::sourcesComeFirstAndSinksLast() {
  QCOMPARE(uses().first(), QString("file.source"));
  QCOMPARE(uses().last(), QString("file.sink"));
  QVERIFY(uses().indexOf("std.filter") < uses().indexOf("window.tumbling"));
  QVERIFY(uses().indexOf("window.tumbling") < uses().indexOf("topic"));
}

void PaletteTest::headsCannotBeAdded() {
  const QModelIndex head = panel_->list().model()->index(0, 0);
  QCOMPARE(head.data().toString(), QString("Sources"));
  QSignalSpy added(panel_.get(), &PalettePanel::addRequested);
  pointer::doubleClick(*panel_->list().viewport(), panel_->list().visualRect(head).center());
  QCOMPARE(added.size(), 0);
  QCOMPARE(head.flags(), Qt::NoItemFlags);
}

void PaletteTest::rowsAreAsHighAsTheTokensSay() {
  QCOMPARE(panel_->list().visualRect(row("std.filter")).height(), control::kListRow);
}

void PaletteTest::enterInTheSearchAddsTheFirst() {
  QSignalSpy added(panel_.get(), &PalettePanel::addRequested);
  QTest::keyClicks(&panel_->searchField(), "tumble");
  QTest::keyClick(&panel_->searchField(), Qt::Key_Return);
  QCOMPARE(added.size(), 1);
  QCOMPARE(added[0][0].toString(), QString("window.tumbling"));
}

void PaletteTest::arrowsGoFromTheSearchIntoTheListAndBack() {
  QSignalSpy added(panel_.get(), &PalettePanel::addRequested);
  panel_->searchField().setFocus();
  QTest::keyClick(&panel_->searchField(), Qt::Key_Down);
  QTRY_VERIFY(panel_->list().hasFocus());
  QCOMPARE(panel_->list().currentIndex(), row("file.source"));
  QTest::keyClick(&panel_->list(), Qt::Key_Return);
  QCOMPARE(added.size(), 1);
  QTest::keyClick(&panel_->list(), Qt::Key_Up);
  QTRY_VERIFY(panel_->searchField().hasFocus());
}

void PaletteTest::aDoubleClickAdds() {
  QSignalSpy added(panel_.get(), &PalettePanel::addRequested);
  const QPoint at = panel_->list().visualRect(row("std.filter")).center();
  pointer::click(*panel_->list().viewport(), at);
  QCOMPARE(added.size(), 0);
  pointer::doubleClick(*panel_->list().viewport(), at);
  QCOMPARE(added.size(), 1);
  QCOMPARE(added[0][0].toString(), QString("std.filter"));
}

void PaletteTest::nothingMovesUnderTheMouse() {
  connect(panel_.get(), &PalettePanel::addRequested, panel_.get(), &PalettePanel::noteUsed);
  const QPoint at = panel_->list().visualRect(row("std.filter")).center();
  pointer::doubleClick(*panel_->list().viewport(), at);
  QCOMPARE(panel_->recent(), QStringList("std.filter"));
  QCOMPARE(panel_->list().indexAt(at).data(PaletteModel::kUseRole).toString(), QString("std.filter"));
  pointer::moveTo(panel_->searchField(), {5, 5});
  QTRY_COMPARE(uses().first(), QString("std.filter"));
}

void PaletteTest::escapeClearsTheSearch() {
  const qsizetype all = uses().size();
  QTest::keyClicks(&panel_->searchField(), "where");
  QVERIFY(uses().size() < all);
  QTest::keyClick(&panel_->searchField(), Qt::Key_Escape);
  QCOMPARE(uses().size(), all);
}

void PaletteTest::whatIsDraggedNamesTheOperator() {
  const std::unique_ptr<QMimeData> data(panel_->list().model()->mimeData({row("window.tumbling")}));
  QCOMPARE(data->data("application/x-weir-operator"), QByteArray("window.tumbling"));
  QVERIFY(panel_->list().dragEnabled());
}

void PaletteTest::whatWasUsedLastStandsOnTop() {
  QSignalSpy changed(panel_.get(), &PalettePanel::recentChanged);
  for (const char* use : {"std.filter", "topic", "std.filter"}) panel_->noteUsed(use);
  QCOMPARE(panel_->list().model()->index(0, 0).data().toString(), QString("Recently used"));
  QCOMPARE(uses().mid(0, 2), QStringList({"std.filter", "topic"}));
  QCOMPARE(changed.size(), 3);
  QCOMPARE(panel_->recent(), QStringList({"std.filter", "topic"}));
}

void PaletteTest::anUnknownWordSaysSo() {
  const QImage all = panel_->list().grab().toImage();
  QTest::keyClicks(&panel_->searchField(), "xyzzy");
  QCOMPARE(uses().size(), 0);
  QTest::keyClick(&panel_->searchField(), Qt::Key_Return);  // adds nothing, and does not fall over
  QVERIFY(panel_->list().grab().toImage() != all);
}

WEIR_TEST(PaletteTest)
#include "palette_test.moc"
