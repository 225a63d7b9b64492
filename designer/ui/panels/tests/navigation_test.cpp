// Finding, the outline and the changes.
#include <QSignalSpy>

#include "designer/model/edits/edits.hpp"
#include "designer/model/edits/paths.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/ui/panels/lists/changes_panel.hpp"
#include "designer/ui/panels/lists/find_bar.hpp"
#include "designer/ui/panels/lists/outline_panel.hpp"
#include "designer/ui/panels/tests/scene.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class NavigationTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void init() { document_ = std::make_unique<Document>(test::shipped("orders_per_minute_by_region")); }

  void typingCountsAndEnterShowsTheFirst();
  void enterGoesOnAndRoundAndShiftEnterBack();
  void escapeClosesAndForgets();
  void whatIsFoundFollowsEdits();
  void replacingGoesFromMatchToMatch();
  void everythingIsReplacedInOneStep();
  void withoutWordsNothingCanBeReplaced();
  void theOutlineHasNodesInTheOrderInWhichRowsFlow();
  void theOutlineSelectsAndFollows();
  void groupsHoldTheirNodes();
  void whatRunsInACircleComesLast();
  void changesAreRows();
  void movingIsOneRow();
  void aNewCommentIsARow();
  void savingLeavesNoChanges();

 private:
  template <typename P>
  void show(P& panel) {
    panel.setCatalog(catalog_);
    panel.setDocument(document_.get());
    panel.setChecked(test::check(document_->topology(), catalog_));
    panel.resize(shell::kDefaultWidth, shell::kBottomDock);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    panel.activateWindow();
  }

  CatalogRef catalog_ = test::pluginCatalog();
  std::unique_ptr<Document> document_;
};

void NavigationTest::typingCountsAndEnterShowsTheFirst() {
  FindBar bar;
  show(bar);
  QSignalSpy located(&bar, &FindBar::locate);
  bar.start();
  QTest::keyClicks(&bar.field(), "kind:topic");
  QCOMPARE(bar.matches(), QStringList{"result"});
  QCOMPARE(bar.countWords(), QString("1 found"));
  QVERIFY(located.isEmpty());
  QTest::keyClick(&bar.field(), Qt::Key_Return);
  QCOMPARE(bar.countWords(), QString("1 of 1"));
  QCOMPARE(located.last()[0].toString(), QString("result"));
  bar.field().clear();
  QCOMPARE(bar.countWords(), QString());
  QTest::keyClicks(&bar.field(), "xyzzy");
  QCOMPARE(bar.countWords(), QString("Nothing found"));
}

void NavigationTest::enterGoesOnAndRoundAndShiftEnterBack() {
  FindBar bar;
  show(bar);
  bar.start();
  QTest::keyClicks(&bar.field(), "field:region");
  QCOMPARE(bar.matches(), QStringList({"orders", "per_minute", "keyed"}));
  QSignalSpy located(&bar, &FindBar::locate);
  QTest::keyClick(&bar.field(), Qt::Key_Return);
  QCOMPARE(bar.countWords(), QString("1 of 3"));
  for (int i = 0; i < 3; ++i) QTest::keyClick(&bar.field(), Qt::Key_Return);
  QCOMPARE(bar.countWords(), QString("1 of 3"));
  QTest::keyClick(&bar.field(), Qt::Key_Return, Qt::ShiftModifier);
  QCOMPARE(bar.countWords(), QString("3 of 3"));
  QCOMPARE(located.size(), 5);
}

void NavigationTest::escapeClosesAndForgets() {
  FindBar bar;
  show(bar);
  bar.start();
  QTest::keyClicks(&bar.field(), "o");
  QSignalSpy closed(&bar, &FindBar::closed);
  // The field's own Escape empties it; the next one closes.
  QTest::keyClick(&bar.field(), Qt::Key_Escape);
  QVERIFY(bar.field().text().isEmpty());
  QTest::keyClick(&bar.field(), Qt::Key_Escape);
  QCOMPARE(closed.size(), 1);
  QVERIFY(!bar.isVisible());
  QVERIFY(bar.matches().isEmpty());
}

void NavigationTest::whatIsFoundFollowsEdits() {
  FindBar bar;
  show(bar);
  bar.start();
  QTest::keyClicks(&bar.field(), "kind:topic");
  document_->apply(addNode(document_->topology(), kTopicUse, {}));
  QCOMPARE(bar.matches().size(), 2);
  QVERIFY(document_->undo());
  QCOMPARE(bar.matches().size(), 1);
}

void NavigationTest::replacingGoesFromMatchToMatch() {
  FindBar bar;
  show(bar);
  bar.startReplacing();
  QTest::keyClicks(&bar.field(), "region uses:std");
  QTest::keyClick(&bar.field(), Qt::Key_Tab);
  QTest::keyClicks(bar.focusWidget(), "country");
  QCOMPARE(bar.replacement().text(), QString("country"));
  const json::Value before = valueAt(document_->topology(), "orders", "params.schema");
  QTest::keyClick(&bar.replacement(), Qt::Key_Return);  // goes there
  QCOMPARE(bar.countWords(), QString("1 of 1"));
  QTest::keyClick(&bar.replacement(), Qt::Key_Return);
  QCOMPARE(bar.countWords(), QString("Nothing found"));
  QVERIFY(json::write(valueAt(document_->topology(), "keyed", "params")).find("country") != std::string::npos);
  QVERIFY(valueAt(document_->topology(), "orders", "params.schema") == before);
}

void NavigationTest::everythingIsReplacedInOneStep() {
  FindBar bar;
  show(bar);
  bar.startReplacing();
  QTest::keyClicks(&bar.field(), "REGION");
  QTest::keyClicks(&bar.replacement(), "country");
  const topology::Topology before = document_->topology();
  bar.replaceAll();
  QCOMPARE(bar.matches(), QStringList{"result"});  // its name in the log
  QVERIFY2(bar.countWords().endsWith("replaced"), qPrintable(bar.countWords()));
  bar.setChecked(std::make_shared<const topology::CheckOutcome>());
  QVERIFY2(bar.countWords().endsWith("replaced"), qPrintable(bar.countWords()));
  bar.next();
  QCOMPARE(bar.countWords(), QString("1 of 1"));
  QVERIFY(document_->undoLabel().startsWith("Replace “REGION” by “country” in "));
  QVERIFY(document_->undo());
  QVERIFY(document_->topology() == before);
  QVERIFY(!document_->undo());
}

void NavigationTest::withoutWordsNothingCanBeReplaced() {
  FindBar bar;
  show(bar);
  bar.startReplacing();
  QTest::keyClicks(&bar.field(), "kind:source");
  QCOMPARE(bar.matches().size(), 1);
  bar.replaceAll();
  QVERIFY(document_->undoLabel().isEmpty());
  for (const QPushButton* const button : bar.findChildren<QPushButton*>()) QVERIFY(!button->isEnabled());
}

void NavigationTest::theOutlineHasNodesInTheOrderInWhichRowsFlow() {
  OutlinePanel outline;
  show(outline);
  QTRY_COMPARE(outline.tree().topLevelItemCount(), 4);
  QStringList names;
  for (int i = 0; i < 4; ++i) names.append(outline.tree().topLevelItem(i)->text(0));
  QCOMPARE(names, QStringList({"Orders", "Per minute", "Keyed", "orders-per-minute-by-region"}));
  document_->apply(renameNode(document_->topology(), "keyed", "With key"));
  QTRY_COMPARE(outline.tree().topLevelItem(2)->text(0), QString("With key"));
}

void NavigationTest::theOutlineSelectsAndFollows() {
  OutlinePanel outline;
  show(outline);
  QTRY_COMPARE(outline.tree().topLevelItemCount(), 4);
  document_->select({"keyed"});
  QVERIFY(outline.tree().topLevelItem(2)->isSelected());
  QSignalSpy located(&outline, &OutlinePanel::locate);
  QTreeWidgetItem* const second = outline.tree().topLevelItem(1);
  pointer::click(*outline.tree().viewport(), outline.tree().visualItemRect(second).center());
  QCOMPARE(document_->selection(), Selection{"per_minute"});
  QCOMPARE(located.last()[0].toString(), QString("per_minute"));
}

void NavigationTest::groupsHoldTheirNodes() {
  const std::vector<std::string> ids{"per_minute", "keyed"};
  weir::topology::Topology grouped = document_->topology();
  weir::topology::Group group;
  group.id.value = "counting";
  for (const std::string& id : ids) group.nodes.push_back({id, {}});
  grouped.groups.emplace_back(group);
  document_->apply({"Group", grouped, {}, {}});
  OutlinePanel outline;
  show(outline);
  QTRY_COMPARE(outline.tree().topLevelItemCount(), 3);
  QCOMPARE(outline.tree().topLevelItem(0)->text(0), QString("Counting"));
  QCOMPARE(outline.tree().topLevelItem(0)->childCount(), 2);
  document_->apply(weir::designer::group(document_->topology(), {"keyed"}, "Inner"));
  QTRY_COMPARE(outline.tree().topLevelItem(0)->childCount(), 2);
  QTRY_COMPARE(outline.tree().topLevelItem(0)->child(0)->text(0), QString("Inner"));
  QCOMPARE(outline.tree().topLevelItem(0)->child(0)->childCount(), 1);
}

void NavigationTest::whatRunsInACircleComesLast() {
  weir::topology::Topology round = document_->topology();
  round.edges.emplace_back(weir::topology::Edge{{"keyed.out", {}}, {"per_minute.in", {}}, {}});
  QCOMPARE(inFlowOrder(round), (std::vector<std::string>{"orders", "per_minute", "keyed", "result"}));
  round.edges.clear();
  QCOMPARE(inFlowOrder(round).size(), std::size_t{4});
}

void NavigationTest::changesAreRows() {
  ChangesPanel changes;
  show(changes);
  QCOMPARE(changes.table().model()->rowCount(), 0);
  document_->apply(*setValue(document_->topology(), "per_minute", "params.size", weir::json::Value::text("5m")));
  QTRY_COMPARE(changes.table().model()->rowCount(), 1);
  const auto text = [&](int column) { return changes.table().model()->index(0, column).data().toString(); };
  QCOMPARE(text(0), QString("Node per_minute: params.size"));
  QCOMPARE(text(1), QString("1m"));
  QCOMPARE(text(2), QString("5m"));
  QSignalSpy located(&changes, &ChangesPanel::locate);
  pointer::click(*changes.table().viewport(),
                 changes.table().visualRect(changes.table().model()->index(0, 0)).center());
  QCOMPARE(located.last()[0].toString(), QString("per_minute"));
}

void NavigationTest::movingIsOneRow() {
  ChangesPanel changes;
  show(changes);
  document_->apply(movedTo(document_->topology(), {{"orders", {8, 8}}, {"keyed", {16, 16}}}, "Move"));
  QTRY_COMPARE(changes.table().model()->rowCount(), 1);
  QVERIFY(changes.table().model()->index(0, 0).data().toString().startsWith("2 "));
}

void NavigationTest::aNewCommentIsARow() {
  ChangesPanel changes;
  show(changes);
  document_->apply(addComment(document_->topology(), "Look here", {0, 400}));
  QTRY_COMPARE(changes.table().model()->rowCount(), 1);
  QCOMPARE(changes.table().model()->index(0, 0).data().toString(), QString("Comment #1"));
}

void NavigationTest::savingLeavesNoChanges() {
  ChangesPanel changes;
  show(changes);
  document_->apply(renameNode(document_->topology(), "keyed", "x"));
  QTRY_COMPARE(changes.table().model()->rowCount(), 1);
  document_->markSaved();
  QTRY_COMPARE(changes.table().model()->rowCount(), 0);
}

WEIR_TEST(NavigationTest)
#include "navigation_test.moc"
