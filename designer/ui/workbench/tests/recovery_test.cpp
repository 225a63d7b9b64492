// What was not saved when the designer was killed is offered at the next start; and what a session remembers.
#include <QAction>
#include <QDir>
#include <QTableView>

#include "designer/model/tests/patience.hpp"
#include "designer/ui/panels/lists/changes_panel.hpp"
#include "designer/ui/shell/window/panel_dock.hpp"
#include "designer/ui/workbench/close_guard.hpp"
#include "designer/ui/workbench/tests/desk.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

namespace {

// What a designer left that is gone.
const QString kKilled = QStringLiteral("killed");

}  // namespace

class RecoveryTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { desk_ = std::make_unique<test::Desk>(); }
  void cleanup() { desk_.reset(); }

  void anUntitledTopologyIsRecovered();
  void theChangesAreShownBeforeTheyAreKept();
  void whatIsRecoveredIsSeen();
  void throwingAwayTakesThemOutOfTheTopology();
  void throwingAwayAfterMoreWorkGoesBackToTheFile();
  void aFileThatTheSessionOpensIsNotOpenedTwice();
  void thrownAwayStaysThrownAwayAfterACrashRightThen();
  void discardedStaysDiscardedAfterACrashRightThen();
  void workThatCannotBeReadIsSaidAndStaysUntilItIsThrownAway();
  void workOnAFileThatCannotBeReadKeepsItsPath();
  void whatCannotBeKeptForACrashIsSaid();
  void twoWorksOnOneFileAreTwoPages();
  void savingDecidesTheOffer();
  void closingDecidesTheOffer();
  void whatIsNotDecidedIsOfferedAgain();
  void tabsComeBackWithTheCurrentOne();
  void windowsComeBackWithTheirTabs();
  void aFileThatIsGoneDoesNotComeBack();

 private:
  int recoveryFiles() const { return int(QDir(desk_->path("recovery")).entryList({"*.weir"}).size()); }
  void drawAndKill(const QStringList& files = {});
  // Waits for the recovery file, and leaves it behind as if the designer had been killed.
  void leaveAsKilled();

  std::unique_ptr<test::Desk> desk_;
};

void RecoveryTest::drawAndKill(const QStringList& files) {
  desk_->start(files);
  desk_->addFilter();
  leaveAsKilled();
}

void RecoveryTest::leaveAsKilled() {
  QTRY_COMPARE(recoveryFiles(), 1);
  const QDir folder(desk_->path("recovery"));
  const QString name = folder.entryList({"*.weir"}).first().chopped(5);
  for (const char* const suffix : {".weir", ".path"}) {
    QVERIFY(QFile::copy(folder.filePath(name + suffix), folder.filePath(kKilled + suffix)));
  }
  desk_->end();
  QCOMPARE(recoveryFiles(), 1);
}

void RecoveryTest::anUntitledTopologyIsRecovered() {
  drawAndKill();
  desk_->start();
  QCOMPARE(desk_->titles(), QStringList("Untitled"));
  QCOMPARE(desk_->page().document().topology().nodes.size(), std::size_t{1});
  desk_->pressInBar("recovery", "Keep");
  QVERIFY(desk_->message("recovery").isEmpty());
  QCOMPARE(desk_->page().document().topology().nodes.size(), std::size_t{1});
  // It is not saved yet: after another crash it is there again, once.
  QCOMPARE(recoveryFiles(), 1);
}

void RecoveryTest::theChangesAreShownBeforeTheyAreKept() {
  drawAndKill({desk_->writeTopology("a.weir")});
  desk_->settings().setSession({});
  desk_->start();
  QCOMPARE(desk_->titles(), QStringList("a.weir"));
  QVERIFY(desk_->page().isDirty());
  QVERIFY2(desk_->message("recovery").contains("listed below"), qPrintable(desk_->message("recovery")));
  QCOMPARE(desk_->window().dock(Side::Bottom).currentPanel(), "changes");
  QTableView& rows = desk_->window().findChild<ChangesPanel*>()->table();
  QTRY_VERIFY(rows.model()->rowCount() > 0);
  const QString count = QStringLiteral("%1 change").arg(rows.model()->rowCount());
  QVERIFY2(desk_->message("recovery").contains(count), qPrintable(desk_->message("recovery")));
  QVERIFY(rows.model()->index(0, 0).data().toString().contains("filter"));
}

void RecoveryTest::whatIsRecoveredIsSeen() {
  desk_->start({desk_->writeTopology("a.weir")});
  desk_->canvas().camera().lookAt({-3000, -3000});
  desk_->addFilter();
  leaveAsKilled();
  desk_->start();
  QVERIFY(desk_->canvas().camera().seen().contains(desk_->canvas().placed().bounds()));
}

void RecoveryTest::throwingAwayTakesThemOutOfTheTopology() {
  drawAndKill({desk_->writeTopology("a.weir")});
  desk_->start();
  desk_->pressInBar("recovery", "Throw away");
  QVERIFY(!desk_->page().isDirty());
  QVERIFY(desk_->message("recovery").isEmpty());
  QCOMPARE(desk_->page().document().topology().nodes.size(), std::size_t{1});
  QCOMPARE(recoveryFiles(), 0);
}

void RecoveryTest::throwingAwayAfterMoreWorkGoesBackToTheFile() {
  drawAndKill({desk_->writeTopology("a.weir")});
  desk_->start();
  desk_->addFilter();
  desk_->pressInBar("recovery", "Throw away");
  QVERIFY(!desk_->page().isDirty());
  desk_->canvas().setFocus();
  desk_->key(Qt::Key_Z, Qt::ControlModifier);
  QCOMPARE(desk_->page().document().topology().nodes.size(), std::size_t{3});
}

void RecoveryTest::aFileThatTheSessionOpensIsNotOpenedTwice() {
  drawAndKill({desk_->writeTopology("a.weir")});
  QCOMPARE(desk_->settings().session().size(), 1);
  desk_->start();
  QCOMPARE(desk_->titles(), QStringList("a.weir"));
  QVERIFY(!desk_->message("recovery").isEmpty());
}

void RecoveryTest::thrownAwayStaysThrownAwayAfterACrashRightThen() {
  drawAndKill({desk_->writeTopology("a.weir")});
  desk_->start();
  desk_->addFilter();
  desk_->pressInBar("recovery", "Throw away");
  // Without any event loop in between.
  QCOMPARE(recoveryFiles(), 0);
}

void RecoveryTest::discardedStaysDiscardedAfterACrashRightThen() {
  desk_->start();
  desk_->addFilter();
  QTRY_COMPARE(recoveryFiles(), 1);
  test::Next<QMessageBox> question(test::pressing(QMessageBox::Discard));
  QVERIFY(mayClose(desk_->workbench().pages(), &desk_->window()));
  QVERIFY(question.came());
  QCOMPARE(recoveryFiles(), 0);
}

void RecoveryTest::workThatCannotBeReadIsSaidAndStaysUntilItIsThrownAway() {
  QVERIFY(QDir().mkpath(desk_->path("recovery")));
  desk_->write("recovery/broken.weir", "{");
  desk_->write("recovery/broken.path", desk_->path("a.weir").toUtf8());
  desk_->start();
  const QString said = desk_->message("recovery broken");
  QVERIFY2(said.startsWith("There is unsaved work on a.weir that cannot be read."), qPrintable(said));
  QVERIFY2(said.contains("recovery/broken.weir: "), qPrintable(said));
  QCOMPARE(recoveryFiles(), 1);
  desk_->pressInBar("recovery broken", "Throw away");
  QCOMPARE(recoveryFiles(), 0);
  QVERIFY(desk_->message("recovery broken").isEmpty());
}

void RecoveryTest::workOnAFileThatCannotBeReadKeepsItsPath() {
  drawAndKill({desk_->writeTopology("a.weir")});
  desk_->settings().setSession({});
  desk_->write("a.weir", "{");
  desk_->start();
  QCOMPARE(desk_->titles(), QStringList("a.weir"));
  QCOMPARE(desk_->page().document().topology().nodes.size(), std::size_t{2});
  QVERIFY(desk_->page().isDirty());
}

void RecoveryTest::whatCannotBeKeptForACrashIsSaid() {
  desk_->write("recovery", "no folder");
  desk_->start();
  desk_->addFilter();
  QTRY_VERIFY(!desk_->message("autosave").isEmpty());
  QVERIFY(desk_->page().document().undo());
  QVERIFY(desk_->message("autosave").isEmpty());
}

void RecoveryTest::twoWorksOnOneFileAreTwoPages() {
  drawAndKill({desk_->writeTopology("a.weir")});
  const QDir folder(desk_->path("recovery"));
  QVERIFY(QFile::copy(folder.filePath(kKilled + ".weir"), folder.filePath("other.weir")));
  QVERIFY(QFile::copy(folder.filePath(kKilled + ".path"), folder.filePath("other.path")));
  desk_->start();
  QCOMPARE(desk_->titles(), QStringList({"a.weir", "t"}));
  for (TopologyPage* const page : desk_->workbench().pages()) {
    QCOMPARE(page->messages().size(), 1);
    QCOMPARE(page->document().topology().nodes.size(), std::size_t{2});
  }
}

void RecoveryTest::savingDecidesTheOffer() {
  drawAndKill({desk_->writeTopology("a.weir")});
  desk_->start();
  desk_->canvas().setFocus();
  desk_->key(Qt::Key_S, Qt::ControlModifier);
  QVERIFY(desk_->message("recovery").isEmpty());
  QCOMPARE(recoveryFiles(), 0);
  QCOMPARE(desk_->read("a.weir").count("\"std.filter\""), 2);
}

void RecoveryTest::closingDecidesTheOffer() {
  drawAndKill({desk_->writeTopology("a.weir")});
  desk_->start();
  test::Next<QMessageBox> question(test::pressing(QMessageBox::Discard));
  desk_->key(Qt::Key_W, Qt::ControlModifier);
  QVERIFY(question.came());
  QTRY_COMPARE(recoveryFiles(), 0);
}

void RecoveryTest::whatIsNotDecidedIsOfferedAgain() {
  drawAndKill({desk_->writeTopology("a.weir")});
  desk_->start();
  QVERIFY(!desk_->message("recovery").isEmpty());
  QCOMPARE(recoveryFiles(), 1);
}

void RecoveryTest::tabsComeBackWithTheCurrentOne() {
  desk_->start({desk_->writeTopology("a.weir"), desk_->writeTopology("b.weir"), desk_->writeTopology("c.weir")});
  desk_->key(Qt::Key_Tab, Qt::ControlModifier | Qt::ShiftModifier);
  QCOMPARE(desk_->page().title(), "b.weir");
  desk_->command("file.quit").trigger();
  QTRY_VERIFY(desk_->windows().all().isEmpty());
  desk_->end();
  desk_->start();
  QCOMPARE(desk_->titles(), QStringList({"a.weir", "b.weir", "c.weir"}));
  QCOMPARE(desk_->page().title(), "b.weir");
}

void RecoveryTest::windowsComeBackWithTheirTabs() {
  desk_->start({desk_->writeTopology("a.weir")});
  desk_->key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
  desk_->workbench(1).openPath(desk_->writeTopology("b.weir"));
  desk_->end();
  desk_->start();
  QCOMPARE(desk_->windows().all().size(), 2);
  QCOMPARE(desk_->titles(0), QStringList("a.weir"));
  QCOMPARE(desk_->titles(1), QStringList("b.weir"));
}

void RecoveryTest::aFileThatIsGoneDoesNotComeBack() {
  desk_->start({desk_->writeTopology("a.weir"), desk_->writeTopology("b.weir")});
  desk_->end();
  QVERIFY(QFile::remove(desk_->path("b.weir")));
  desk_->start();
  QCOMPARE(desk_->titles(), QStringList("a.weir"));
  // Nobody asked for it just now.
  QVERIFY(desk_->message("open").isEmpty());
}

WEIR_TEST(RecoveryTest)
#include "recovery_test.moc"
