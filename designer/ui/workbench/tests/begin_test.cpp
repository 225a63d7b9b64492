// The ways into a topology: examples, templates, recent files.
#include <QAction>
#include <QMenu>

#include "designer/model/edits/edits.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/ui/shell/documents/empty_state.hpp"
#include "designer/ui/workbench/tests/desk.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class BeginTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { desk_ = std::make_unique<test::Desk>(); }
  void cleanup() { desk_.reset(); }

  void anExampleIsACopyWithItsName();
  void enterOpensTheFirstExample();
  void aTemplateIsChosenFromItsCard();
  void aTemplateIsChosenFromTheMenu();
  void aRecentFileIsOpenedFromItsCard();
  void aRecentFileThatIsGoneLeavesTheList();
  void aFileThatIsNoTopologyStaysInTheList();

 private:
  std::unique_ptr<test::Desk> desk_;
};

void BeginTest::anExampleIsACopyWithItsName() {
  desk_->start();
  pointer::click(desk_->card("orders"));
  QCOMPARE(desk_->titles(), QStringList("orders_per_minute_by_region"));
  QCOMPARE(desk_->page().document().topology().nodes.size(), std::size_t{3});
  QVERIFY(desk_->command("file.save").isEnabled());
  QVERIFY(desk_->settings().recentFiles().isEmpty());
  QString suggested;
  test::Next<QFileDialog> dialog([&](QFileDialog& where) {
    suggested = where.selectedFiles().value(0);
    QTest::keyClick(&where, Qt::Key_Escape);
  });
  desk_->key(Qt::Key_S, Qt::ControlModifier);
  QVERIFY2(suggested.endsWith("/orders_per_minute_by_region.weir"), qPrintable(suggested));
}

void BeginTest::enterOpensTheFirstExample() {
  desk_->start();
  desk_->key(Qt::Key_Return);
  QCOMPARE(desk_->titles(), QStringList("orders_per_minute_by_region"));
  QCOMPARE(desk_->page().document().topology().nodes.size(), std::size_t{3});
}

void BeginTest::aTemplateIsChosenFromItsCard() {
  desk_->start();
  test::Next<QMenu> menu([](QMenu& choices) {
    QTest::keyClick(&choices, Qt::Key_Down);
    QTest::keyClick(&choices, Qt::Key_Down);  // behind the example
    QTest::keyClick(&choices, Qt::Key_Return);
  });
  pointer::click(desk_->card("template"));
  QTRY_VERIFY(!desk_->page().document().topology().nodes.empty());
  QCOMPARE(desk_->titles(), QStringList("count_per_window"));
}

void BeginTest::aTemplateIsChosenFromTheMenu() {
  desk_->start();
  test::Next<QMenu> menu([](QMenu& choices) {
    QTest::keyClick(&choices, Qt::Key_Down);
    QTest::keyClick(&choices, Qt::Key_Return);
  });
  desk_->command("file.newFromTemplate").trigger();
  QVERIFY(!desk_->page().document().topology().nodes.empty());
  QCOMPARE(desk_->titles(), QStringList("count_per_window"));
}

void BeginTest::aRecentFileIsOpenedFromItsCard() {
  desk_->start();
  desk_->settings().addRecentFile(desk_->writeTopology("a.weir"));
  QTRY_VERIFY(desk_->canvas().findChild<EmptyState*>()->cards().last()->accessibleName().contains("Recent"));
  test::Next<QMenu> menu([](QMenu& choices) {
    QTest::keyClick(&choices, Qt::Key_Down);
    QTest::keyClick(&choices, Qt::Key_Return);
  });
  pointer::click(desk_->card("Recent"));
  QTRY_COMPARE(desk_->titles(), QStringList("a.weir"));
}

void BeginTest::aRecentFileThatIsGoneLeavesTheList() {
  const QString gone = desk_->path("gone.weir");
  desk_->settings().addRecentFile(gone);
  desk_->start();
  Q_EMIT desk_->window().openRequested(gone);
  QVERIFY2(desk_->message("open").contains("gone.weir"), qPrintable(desk_->message("open")));
  QVERIFY(desk_->settings().recentFiles().isEmpty());
  QCOMPARE(desk_->titles(), QStringList("Untitled"));
}

void BeginTest::aFileThatIsNoTopologyStaysInTheList() {
  const QString broken = desk_->write("broken.weir", "{");
  desk_->settings().addRecentFile(broken);
  desk_->start({broken});
  QVERIFY(desk_->message("open").startsWith("Not opened"));
  QCOMPARE(desk_->settings().recentFiles(), QStringList(broken));
}

WEIR_TEST(BeginTest)
#include "begin_test.moc"
