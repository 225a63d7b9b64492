// The table of problems with real mouse and keys.
#include <QSignalSpy>

#include "designer/ui/panels/lists/problems_panel.hpp"
#include "designer/ui/panels/lists/rows_table.hpp"
#include "designer/ui/panels/tests/scene.hpp"
#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class ProblemsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void init();
  void cleanup();

  void errorsAreCountedApart();
  void errorsStandBeforeWarnings();
  void whatHasStillToBeFilledInIsCountedApartAndNotRed();
  void aClickLocates();
  void nextAndPreviousGoRoundAndRound();
  void theLinkAppliesTheFixAsOneStep();
  void altEnterAppliesTheFixOfTheCurrentProblem();
  void altEnterWithoutACurrentOneTakesTheFirstThatHasAFix();
  void theCurrentProblemStaysCurrent();
  void aDocumentThatGoesLeavesNoProblems();

 private:
  int rowOf(const QString& words) const;
  void recheck() { panel_->setChecked(test::check(document_->topology(), catalog_)); }
  void click(int row, int column);

  CatalogRef catalog_ = test::pluginCatalog();
  std::unique_ptr<Document> document_;
  std::unique_ptr<ProblemsPanel> panel_;
};

void ProblemsTest::init() {
  document_ = std::make_unique<Document>(test::brokenTopology());
  panel_ = std::make_unique<ProblemsPanel>();
  panel_->setCatalog(catalog_);
  panel_->setDocument(document_.get());
  recheck();
  panel_->resize(shell::kDefaultWidth, shell::kBottomDock);
  panel_->show();
  QVERIFY(QTest::qWaitForWindowExposed(panel_.get()));
}

void ProblemsTest::cleanup() {
  panel_.reset();
  document_.reset();
}

int ProblemsTest::rowOf(const QString& words) const {
  const auto* const model = panel_->table().model();
  for (int row = 0; row < model->rowCount(); ++row) {
    if (model->index(row, 0).data().toString().contains(words)) return row;
  }
  return -1;
}

void ProblemsTest::click(int row, int column) {
  QVERIFY(row >= 0);
  auto& table = panel_->table();
  pointer::click(*table.viewport(), table.visualRect(table.model()->index(row, column)).center());
}

void ProblemsTest::errorsAreCountedApart() {
  QSignalSpy counts(panel_.get(), &ProblemsPanel::countsChanged);
  QVERIFY(panel_->errors() >= 4);
  QCOMPARE(panel_->table().model()->rowCount(), panel_->count());
  panel_->setChecked(nullptr);
  QCOMPARE(counts.last()[0].toInt(), 0);
  QCOMPARE(panel_->count(), 0);
}

void ProblemsTest::errorsStandBeforeWarnings() {
  Document orders(test::shipped("orders_per_minute_by_region"));
  auto outcome = std::make_shared<weir::topology::CheckOutcome>();
  for (const auto severity :
       {weir::topology::Severity::Info, weir::topology::Severity::Error, weir::topology::Severity::Warning}) {
    weir::topology::Problem problem;
    problem.severity = severity;
    problem.message = std::to_string(static_cast<int>(severity));
    outcome->problems.push_back(problem);
  }
  panel_->setDocument(&orders);
  panel_->setChecked(outcome);
  QCOMPARE(rowOf("2"), 0);
  QCOMPARE(rowOf("1"), 1);
  QCOMPARE(rowOf("0"), 2);
  QCOMPARE(panel_->errors(), 1);
  QCOMPARE(panel_->warnings(), 1);
  panel_->setDocument(nullptr);
}

void ProblemsTest::whatHasStillToBeFilledInIsCountedApartAndNotRed() {
  Document draft(test::topologyOf(R"({ "weir": 1, "name": "t", "nodes": [
      { "id": "m", "use": "std.filter" }, { "id": "n", "use": "std.filter", "params": { "where": 1 } } ], "edges": [] })"));
  panel_->setDocument(&draft);
  panel_->setChecked(test::check(draft.topology(), panel_->catalog()));
  QCOMPARE(panel_->errors(), 1);
  QCOMPARE(panel_->unfinished(), 3);  // a condition, and two inputs
  const auto* const model = panel_->table().model();
  QVERIFY(model->index(0, 0).data().toString().contains("must be an expression"));
  QCOMPARE(model->index(1, 0).data(kIconRole).toString(), QString("circle-question-mark"));
  QCOMPARE(model->index(1, 0).data(kToneRole).toInt(), static_cast<int>(IconTone::Secondary));
  panel_->setDocument(nullptr);
}

void ProblemsTest::aClickLocates() {
  QSignalSpy located(panel_.get(), &ProblemsPanel::locate);
  click(rowOf("regoin"), 0);
  QCOMPARE(located.size(), 1);
  QCOMPARE(located[0][0].toString(), QString("per_minute"));
  QCOMPARE(located[0][1].toString(), QString("group_by.0"));
  click(rowOf("nowhere"), 0);
  QCOMPARE(located[1][0].toString(), QString("large.out -> nowhere.in"));
}

void ProblemsTest::nextAndPreviousGoRoundAndRound() {
  QSignalSpy located(panel_.get(), &ProblemsPanel::locate);
  for (int i = 0; i < panel_->count(); ++i) {
    panel_->next();
    QCOMPARE(panel_->table().currentIndex().row(), i);
  }
  panel_->next();
  QCOMPARE(panel_->table().currentIndex().row(), 0);
  panel_->previous();
  QCOMPARE(panel_->table().currentIndex().row(), panel_->count() - 1);
  QCOMPARE(located.size(), panel_->count() + 2);
}

void ProblemsTest::theLinkAppliesTheFixAsOneStep() {
  const auto before = document_->topology();
  click(rowOf("regoin"), ProblemsModel::kFix);
  QVERIFY(document_->topology() != before);
  recheck();
  QCOMPARE(rowOf("regoin"), -1);
  QVERIFY(document_->undo());
  QVERIFY(document_->topology() == before);
}

void ProblemsTest::altEnterAppliesTheFixOfTheCurrentProblem() {
  panel_->table().setCurrentIndex(panel_->table().model()->index(rowOf("nowhere"), 0));
  QTest::keyClick(&panel_->table(), Qt::Key_Return, Qt::AltModifier);
  QCOMPARE(document_->topology().edges.size(), std::size_t{3});
  QVERIFY(document_->undo());
  QCOMPARE(document_->topology().edges.size(), std::size_t{4});
}

void ProblemsTest::altEnterWithoutACurrentOneTakesTheFirstThatHasAFix() {
  panel_->applyFix();
  QVERIFY(!document_->undoLabel().isEmpty());
  QVERIFY(document_->undo());
  QVERIFY(document_->undoLabel().isEmpty());
}

void ProblemsTest::theCurrentProblemStaysCurrent() {
  panel_->table().setCurrentIndex(panel_->table().model()->index(rowOf("regoin"), 0));
  click(rowOf("nowhere"), ProblemsModel::kFix);
  QCOMPARE(document_->topology().edges.size(), std::size_t{3});
  panel_->table().setCurrentIndex(panel_->table().model()->index(rowOf("regoin"), 0));
  recheck();
  QCOMPARE(rowOf("which is neither"), -1);
  QCOMPARE(panel_->table().currentIndex().row(), rowOf("regoin"));
}

void ProblemsTest::aDocumentThatGoesLeavesNoProblems() {
  document_.reset();
  QCOMPARE(panel_->document(), nullptr);
  panel_->setChecked(nullptr);
  QCOMPARE(panel_->count(), 0);
  panel_->applyFix();  // nothing to apply it to
}

WEIR_TEST(ProblemsTest)
#include "problems_test.moc"
