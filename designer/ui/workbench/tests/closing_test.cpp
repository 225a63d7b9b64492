// Closing: one question about all that is not saved, which says what of it; and what the answers do.
#include <QAction>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>

#include "designer/model/tests/patience.hpp"
#include "designer/ui/panels/text/text_panel.hpp"
#include "designer/ui/shell/documents/tab_close_button.hpp"
#include "designer/ui/shell/window/panel_dock.hpp"
#include "designer/ui/workbench/tests/desk.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class ClosingTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void cleanup() { desk_.reset(); }

  void nothingIsAskedAboutWhatIsSaved();
  void theQuestionTellsLogicFromPositions();
  void cancelKeepsEverything();
  void discardLosesWhatWasDrawn();
  void savingClosesAfterwards();
  void aTextThatCannotBeReadYetIsAskedAboutAndKept();
  void theCrossOfATabAsksOnce();
  void cancelInTheFileDialogKeepsTheTab();
  void aWindowAsksOnceForAllItsTabs();
  void afterTheLastTabThereIsAnEmptyTopology();

 private:
  void moveNode();
  std::unique_ptr<test::Desk> desk_;
};

void ClosingTest::init() {
  desk_ = std::make_unique<test::Desk>();
  desk_->start({desk_->writeTopology("a.weir")});
}

void ClosingTest::moveNode() {
  desk_->canvas().setFocus();
  desk_->key(Qt::Key_A, Qt::ControlModifier);
  desk_->key(Qt::Key_Right, Qt::ControlModifier);
}

void ClosingTest::nothingIsAskedAboutWhatIsSaved() {
  test::Next<QMessageBox> question(test::pressing(QMessageBox::Cancel));
  desk_->key(Qt::Key_W, Qt::ControlModifier);
  QVERIFY(!question.came());
  QCOMPARE(desk_->titles(), QStringList("Untitled"));
}

void ClosingTest::theQuestionTellsLogicFromPositions() {
  moveNode();
  desk_->workbench().openPath(desk_->writeTopology("b.weir"));
  desk_->addFilter();
  desk_->key(Qt::Key_N, Qt::ControlModifier);
  desk_->addFilter();
  QString asked;
  test::Next<QMessageBox> question(test::pressing(QMessageBox::Cancel, &asked));
  QVERIFY(!desk_->window().close());
  QCOMPARE(asked.split('\n').mid(1), QStringList({"a.weir: only positions and comments", "b.weir: logic and positions",
                                                  "Untitled: logic and positions"}));
}

void ClosingTest::cancelKeepsEverything() {
  desk_->addFilter();
  test::Next<QMessageBox> question(test::pressing(QMessageBox::Cancel));
  desk_->key(Qt::Key_W, Qt::ControlModifier);
  QVERIFY(question.came());
  QCOMPARE(desk_->titles(), QStringList("a.weir"));
  QVERIFY(desk_->page().isDirty());
}

void ClosingTest::discardLosesWhatWasDrawn() {
  const QByteArray before = desk_->read("a.weir");
  desk_->addFilter();
  test::Next<QMessageBox> question(test::pressing(QMessageBox::Discard));
  desk_->key(Qt::Key_W, Qt::ControlModifier);
  QCOMPARE(desk_->titles(), QStringList("Untitled"));
  QCOMPARE(desk_->read("a.weir"), before);
}

void ClosingTest::savingClosesAfterwards() {
  desk_->addFilter();
  test::Next<QMessageBox> question(test::pressing(QMessageBox::Save));
  desk_->key(Qt::Key_W, Qt::ControlModifier);
  QCOMPARE(desk_->titles(), QStringList("Untitled"));
  QCOMPARE(desk_->read("a.weir").count("\"std.filter\""), 2);
}

void ClosingTest::aTextThatCannotBeReadYetIsAskedAboutAndKept() {
  desk_->window().dock(Side::Right).showPanel("text");
  TextPanel& panel = *desk_->window().findChild<TextPanel*>();
  panel.text().setFocus();
  QTest::keyClicks(&panel.text(), "half");
  QString asked;
  {
    test::Next<QMessageBox> question(test::pressing(QMessageBox::Save, &asked));
    desk_->key(Qt::Key_W, Qt::ControlModifier);
    QVERIFY(question.came());
  }
  QVERIFY2(asked.contains("a.weir: a text that cannot be read yet"), qPrintable(asked));
  QCOMPARE(desk_->titles(), QStringList("a.weir"));
  QVERIFY(!desk_->message("text").isEmpty());
  // Another topology, and back.
  desk_->workbench().openPath(desk_->writeTopology("b.weir"));
  QVERIFY(!panel.text().toPlainText().contains("half"));
  desk_->workbench().openPath(desk_->path("a.weir"));
  QVERIFY(panel.text().toPlainText().contains("half"));
  QVERIFY(!panel.refusal().isEmpty());
  test::Next<QMessageBox> question(test::pressing(QMessageBox::Discard));
  desk_->key(Qt::Key_W, Qt::ControlModifier);
  QCOMPARE(desk_->titles(), QStringList("b.weir"));
}

void ClosingTest::theCrossOfATabAsksOnce() {
  desk_->addFilter();
  std::optional<test::Next<QMessageBox>> again;
  test::Next<QMessageBox> question([&](QMessageBox& box) {
    again.emplace(test::pressing(QMessageBox::Discard));
    pointer::click(*box.button(QMessageBox::Discard));
  });
  pointer::click(*desk_->window().documents().tabBar()->findChild<TabCloseButton*>());
  QVERIFY(question.came());
  QVERIFY(!again->came());
  QCOMPARE(desk_->titles(), QStringList("Untitled"));
}

void ClosingTest::cancelInTheFileDialogKeepsTheTab() {
  desk_->key(Qt::Key_N, Qt::ControlModifier);
  desk_->addFilter();
  test::Next<QMessageBox> question(test::pressing(QMessageBox::Save));
  test::Next<QFileDialog> dialog([](QFileDialog& where) { QTest::keyClick(&where, Qt::Key_Escape); });
  desk_->key(Qt::Key_W, Qt::ControlModifier);
  QVERIFY(dialog.came());
  QCOMPARE(desk_->titles(), QStringList({"a.weir", "Untitled"}));
}

void ClosingTest::aWindowAsksOnceForAllItsTabs() {
  desk_->addFilter();
  desk_->workbench().openPath(desk_->writeTopology("b.weir"));
  desk_->addFilter();
  test::Next<QMessageBox> question(test::pressing(QMessageBox::Save));
  const QPointer<MainWindow> window = &desk_->window();
  QVERIFY(window->close());
  QTRY_VERIFY(window == nullptr);
  for (const char* const name : {"a.weir", "b.weir"}) QCOMPARE(desk_->read(name).count("\"std.filter\""), 2);
}

void ClosingTest::afterTheLastTabThereIsAnEmptyTopology() {
  desk_->key(Qt::Key_W, Qt::ControlModifier);
  desk_->key(Qt::Key_W, Qt::ControlModifier);
  QCOMPARE(desk_->titles(), QStringList("Untitled"));
}

WEIR_TEST(ClosingTest)
#include "closing_test.moc"
