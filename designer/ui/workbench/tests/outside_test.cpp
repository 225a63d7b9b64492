// What other programs do to the file of a topology that is open.
#include <QAction>
#include <QFile>
#include <QTableView>

#include "designer/model/edits/paths.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/ui/panels/lists/changes_panel.hpp"
#include "designer/ui/shell/window/panel_dock.hpp"
#include "designer/ui/workbench/tests/desk.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class OutsideTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void cleanup() { desk_.reset(); }

  void withoutOwnChangesTheFileIsReadAgain();
  void whatWasReadAgainIsListedWhenAsked();
  void whatWasReadAgainCanBeUndone();
  void theNextEditTakesTheBarAway();
  void anotherFormOfTheSameSaysNothing();
  void withOwnChangesTheDifferenceIsShownFirst();
  void theirsIsNotOverwrittenBeforeSomebodyHasDecided();
  void takingTheirsShowsWhatIsOnDisk();
  void takingTheirsCanBeUndone();
  void keepingMineMakesItUnsaved();
  void whatCannotBeReadIsNotTaken();
  void aFileThatIsGoneCanBeSavedAgain();
  void aTopologyWhoseFileIsGoneIsNotClosedSilently();
  void aFileThatComesBackNeedsNothing();
  void anotherFileInItsPlaceIsAnOutsideChange();

 private:
  std::string where() const;
  QStringList listed() const;  // the rows of the changes
  std::unique_ptr<test::Desk> desk_;
  QString path_;
};

void OutsideTest::init() {
  desk_ = std::make_unique<test::Desk>();
  path_ = desk_->writeTopology("a.weir");
  desk_->start({path_});
}

std::string OutsideTest::where() const {
  return valueAt(desk_->page().document().topology(), "large", "params.where").asText();
}

QStringList OutsideTest::listed() const {
  const QAbstractItemModel& rows = *desk_->window().findChild<ChangesPanel*>()->table().model();
  QStringList all;
  for (int row = 0; row < rows.rowCount(); ++row) {
    QStringList cells;
    for (int column = 0; column < rows.columnCount(); ++column) cells += rows.index(row, column).data().toString();
    all += cells.join(" | ");
  }
  return all;
}

void OutsideTest::withoutOwnChangesTheFileIsReadAgain() {
  desk_->writeTopology("a.weir", "amount > 2");
  QTRY_VERIFY(desk_->message("outside").contains("as it is on disk"));
  QCOMPARE(where(), "amount > 2");
  QVERIFY(!desk_->page().isDirty());
}

void OutsideTest::whatWasReadAgainIsListedWhenAsked() {
  desk_->writeTopology("a.weir", "amount > 2");
  QTRY_VERIFY(!desk_->message("outside").isEmpty());
  desk_->pressInBar("outside", "Show changes");
  QCOMPARE(desk_->window().dock(Side::Bottom).currentPanel(), "changes");
  QTRY_COMPARE(listed(), QStringList("Node large: params.where | amount > 1 | amount > 2"));
}

void OutsideTest::whatWasReadAgainCanBeUndone() {
  desk_->writeTopology("a.weir", "amount > 2");
  QTRY_VERIFY(!desk_->message("outside").isEmpty());
  desk_->pressInBar("outside", "Undo");
  QCOMPARE(where(), "amount > 1");
  QVERIFY(desk_->page().isDirty());
  QVERIFY(desk_->message("outside").isEmpty());
}

void OutsideTest::theNextEditTakesTheBarAway() {
  desk_->writeTopology("a.weir", "amount > 2");
  QTRY_VERIFY(!desk_->message("outside").isEmpty());
  desk_->addFilter();
  QVERIFY(desk_->message("outside").isEmpty());
}

void OutsideTest::anotherFormOfTheSameSaysNothing() {
  QByteArray text = desk_->read("a.weir");
  text.replace("  \"layout\"", "    \"layout\"");
  desk_->write("a.weir", text);
  // What is counted is counted of what is there now.
  QTRY_VERIFY(desk_->message("canonical").contains(" 1 line"));
  QVERIFY(desk_->message("outside").isEmpty());
}

void OutsideTest::withOwnChangesTheDifferenceIsShownFirst() {
  desk_->addFilter();
  desk_->writeTopology("a.weir", "amount > 2");
  QTRY_VERIFY(desk_->message("outside").contains("compare below"));
  QCOMPARE(where(), "amount > 1");
  QCOMPARE(desk_->window().dock(Side::Bottom).currentPanel(), "changes");
  QTRY_VERIFY(listed().contains("Node large: params.where | amount > 1 | amount > 2"));
  QVERIFY2(listed().first().startsWith("Node filter"), qPrintable(listed().join('\n')));
  // Decided, it lists what is unsaved again.
  desk_->pressInBar("outside", "Keep mine");
  QTRY_VERIFY(listed().contains("Node large: params.where | amount > 2 | amount > 1"));
}

void OutsideTest::theirsIsNotOverwrittenBeforeSomebodyHasDecided() {
  desk_->addFilter();
  desk_->writeTopology("a.weir", "amount > 2");
  QTRY_VERIFY(desk_->message("outside").contains("compare below"));
  desk_->key(Qt::Key_S, Qt::ControlModifier);
  QVERIFY2(desk_->message("save").contains("take theirs or keep mine first"), qPrintable(desk_->message("save")));
  QVERIFY(desk_->read("a.weir").contains("amount > 2"));
  desk_->pressInBar("outside", "Keep mine");
  desk_->key(Qt::Key_S, Qt::ControlModifier);
  QVERIFY(desk_->read("a.weir").contains("amount > 1"));
}

void OutsideTest::takingTheirsShowsWhatIsOnDisk() {
  desk_->addFilter();
  desk_->writeTopology("a.weir", "amount > 2");
  QTRY_VERIFY(desk_->message("outside").contains("changed"));
  QCOMPARE(where(), "amount > 1");
  desk_->pressInBar("outside", "Take theirs");
  QCOMPARE(where(), "amount > 2");
  QVERIFY(!desk_->message("outside").contains("compare"));
  QVERIFY(!desk_->page().isDirty());
}

void OutsideTest::takingTheirsCanBeUndone() {
  desk_->addFilter();
  desk_->writeTopology("a.weir", "amount > 2");
  QTRY_VERIFY(!desk_->message("outside").isEmpty());
  desk_->pressInBar("outside", "Take theirs");
  QCOMPARE(desk_->page().document().topology().nodes.size(), std::size_t{1});
  desk_->canvas().setFocus();
  desk_->key(Qt::Key_Z, Qt::ControlModifier);
  QCOMPARE(desk_->page().document().topology().nodes.size(), std::size_t{2});
  QVERIFY(desk_->page().isDirty());
}

void OutsideTest::keepingMineMakesItUnsaved() {
  desk_->addFilter();
  desk_->writeTopology("a.weir", "amount > 2");
  QTRY_VERIFY(!desk_->message("outside").isEmpty());
  desk_->pressInBar("outside", "Keep mine");
  QVERIFY(desk_->message("outside").isEmpty());
  QVERIFY(desk_->page().isDirty());
  desk_->canvas().setFocus();
  desk_->key(Qt::Key_S, Qt::ControlModifier);
  QVERIFY(desk_->read("a.weir").contains("amount > 1"));
}

void OutsideTest::whatCannotBeReadIsNotTaken() {
  desk_->write("a.weir", "{ broken");
  QTRY_VERIFY(desk_->message("outside").contains("Not taken."));
  QCOMPARE(where(), "amount > 1");
  desk_->pressInBar("outside", "Take theirs");
  QVERIFY(desk_->message("outside").contains("Not taken."));
  // The choice is still there.
  desk_->pressInBar("outside", "Keep mine");
  QVERIFY(desk_->message("outside").isEmpty());
  QVERIFY(desk_->page().isDirty());
}

void OutsideTest::aFileThatIsGoneCanBeSavedAgain() {
  QVERIFY(QFile::remove(path_));
  QTRY_VERIFY(desk_->message("outside").contains("gone"));
  QVERIFY(desk_->command("file.save").isEnabled());
  QVERIFY(desk_->page().isDirty());
  desk_->pressInBar("outside", "Save");
  QVERIFY(desk_->read("a.weir").contains("amount > 1"));
  QVERIFY(desk_->message("outside").isEmpty());
  QVERIFY(!desk_->page().isDirty());
}

void OutsideTest::aTopologyWhoseFileIsGoneIsNotClosedSilently() {
  QVERIFY(QFile::remove(path_));
  QTRY_VERIFY(!desk_->message("outside").isEmpty());
  test::Next<QMessageBox> question(test::pressing(QMessageBox::Cancel));
  desk_->key(Qt::Key_W, Qt::ControlModifier);
  QVERIFY(question.came());
  QCOMPARE(desk_->titles(), QStringList("a.weir"));
}

void OutsideTest::aFileThatComesBackNeedsNothing() {
  QVERIFY(QFile::rename(path_, path_ + "~"));
  QTRY_VERIFY(!desk_->message("outside").isEmpty());
  QVERIFY(QFile::rename(path_ + "~", path_));
  QTRY_VERIFY(desk_->message("outside").isEmpty());
  QVERIFY(!desk_->page().isDirty());
}

void OutsideTest::anotherFileInItsPlaceIsAnOutsideChange() {
  QVERIFY(QFile::remove(path_));
  QTRY_VERIFY(desk_->message("outside").contains("gone"));
  desk_->writeTopology("a.weir", "amount > 2");
  // A file that is gone is not saved, so what is here is not given up unasked.
  QTRY_VERIFY(desk_->message("outside").contains("compare below"));
  desk_->pressInBar("outside", "Take theirs");
  QCOMPARE(where(), "amount > 2");
  QVERIFY(!desk_->page().isDirty());
}

WEIR_TEST(OutsideTest)
#include "outside_test.moc"
