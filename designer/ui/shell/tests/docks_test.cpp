// The sides of a window: their sizes, when they are there, what they remember.
#include <QAction>
#include <QSignalSpy>
#include <QTabBar>
#include <QToolBar>

#include "designer/model/tests/patience.hpp"
#include "designer/ui/shell/commands/command_field.hpp"
#include "designer/ui/shell/tests/shell_fixture.hpp"
#include "designer/ui/shell/window/status_bar.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class DocksTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void init() { it_ = std::make_unique<ShellFixture>(); }
  void cleanup() { it_.reset(); }

  void barsAndDocksHaveTheirSizes();
  void theCornersBelongToTheSides();
  void aDockWithoutPanelsIsNotThere();
  void theInspectorFoldsInANarrowWindow();
  void anEmptyListFoldsToItsTitleInANarrowWindow();
  void aFoldedListOpensWhenItIsAskedFor();
  void aListIsAsHighAsBeforeWhenItUnfolds();
  void anInspectorThatIsAskedForStays();
  void anInspectorThatWasClosedStaysClosed();
  void aDockIsShownAndHiddenByItsCommand();
  void aPanelCountsWhatItHas();
  void docksComeBackAsTheyWere();

 private:
  MainWindow& window() { return *it_->window; }

  std::unique_ptr<ShellFixture> it_;
};

void DocksTest::barsAndDocksHaveTheirSizes() {
  it_->open();
  QCOMPARE(window().findChild<QToolBar*>()->height(), shell::kToolBar);
  QCOMPARE(window().status().height(), shell::kStatusBar);
  QTRY_COMPARE(window().dock(Side::Left).width(), shell::kLeftDock);
  QTRY_COMPARE(window().dock(Side::Right).width(), shell::kRightDock);
  QTRY_COMPARE(window().dock(Side::Bottom).height(), shell::kBottomDock);
  QCOMPARE(window().commandField().width(), shell::kCommandField);
  QCOMPARE(window().minimumSize(), QSize(shell::kMinimumWidth, shell::kMinimumHeight));
}

void DocksTest::theCornersBelongToTheSides() {
  it_->open();
  QCoreApplication::processEvents();
  const QRect left = window().dock(Side::Left).geometry();
  const QRect right = window().dock(Side::Right).geometry();
  const QRect bottom = window().dock(Side::Bottom).geometry();
  QCOMPARE(left.bottom(), bottom.bottom());
  QCOMPARE(right.bottom(), bottom.bottom());
  QCOMPARE(bottom.left(), left.right() + 2);  // one pixel parts them
  QCOMPARE(bottom.right(), right.left() - 2);
}

void DocksTest::aDockWithoutPanelsIsNotThere() {
  it_->window = new MainWindow(it_->settings);
  window().show();
  for (const Side side : {Side::Left, Side::Right, Side::Bottom}) QVERIFY(!window().dock(side).isVisible());
  QVERIFY(!window().actions().action("view.left")->isVisible());
  window().setDockShown(Side::Left, true);
  QVERIFY(!window().dock(Side::Left).isVisible());
}

void DocksTest::theInspectorFoldsInANarrowWindow() {
  it_->open({shell::kFoldsBelow - 1, shell::kDefaultHeight});
  QVERIFY(!window().dock(Side::Right).isVisible());
  QVERIFY(!window().actions().action("view.right")->isChecked());
  window().resize(shell::kFoldsBelow, shell::kDefaultHeight);
  QTRY_VERIFY(window().dock(Side::Right).isVisible());
  window().resize(shell::kFoldsBelow - 1, shell::kDefaultHeight);
  QTRY_VERIFY(!window().dock(Side::Right).isVisible());
}

void DocksTest::anEmptyListFoldsToItsTitleInANarrowWindow() {
  it_->open({shell::kFoldsBelow - 1, shell::kDefaultHeight});
  PanelDock& bottom = window().dock(Side::Bottom);
  QVERIFY(!bottom.isFolded());  // it counts nothing yet
  bottom.setCount("problems", 0);
  QTRY_COMPARE(bottom.height(), shell::kPanelTitle);
  bottom.setCount("problems", 2);
  QTRY_VERIFY(bottom.height() >= shell::kMinimumBottomDock);
  bottom.setCount("problems", 0);
  QTRY_COMPARE(bottom.height(), shell::kPanelTitle);
  window().resize(shell::kFoldsBelow, shell::kDefaultHeight);
  QTRY_VERIFY(bottom.height() >= shell::kMinimumBottomDock);
}

void DocksTest::aListIsAsHighAsBeforeWhenItUnfolds() {
  it_->open();
  PanelDock& list = window().dock(Side::Bottom);
  list.setCount("problems", 0);
  QTRY_COMPARE(list.height(), shell::kBottomDock);
  window().resizeDocks({&list}, {shell::kBottomDock + space::kHuge}, Qt::Vertical);
  QTRY_COMPARE(list.height(), shell::kBottomDock + space::kHuge);
  window().resize(shell::kMinimumWidth, shell::kDefaultHeight);
  QTRY_COMPARE(list.height(), shell::kPanelTitle);
  window().resize(shell::kDefaultWidth, shell::kDefaultHeight);
  QTRY_COMPARE(list.height(), shell::kBottomDock + space::kHuge);
}

void DocksTest::aFoldedListOpensWhenItIsAskedFor() {
  it_->open({shell::kFoldsBelow - 1, shell::kDefaultHeight});
  PanelDock& bottom = window().dock(Side::Bottom);
  bottom.setCount("problems", 0);
  QVERIFY(bottom.isFolded());
  bottom.showPanel("problems");
  QVERIFY(!bottom.isFolded());
  bottom.setCount("problems", 1);
  bottom.setCount("problems", 0);
  QVERIFY(!bottom.isFolded());
}

void DocksTest::anInspectorThatIsAskedForStays() {
  it_->open({shell::kFoldsBelow - 1, shell::kDefaultHeight});
  window().actions().action("view.right")->trigger();
  QVERIFY(window().dock(Side::Right).isVisible());
  window().resize(shell::kFoldsBelow - 20, shell::kDefaultHeight);
  QCoreApplication::processEvents();
  QVERIFY(window().dock(Side::Right).isVisible());
}

void DocksTest::anInspectorThatWasClosedStaysClosed() {
  it_->open();
  window().actions().action("view.right")->trigger();
  QVERIFY(!window().dock(Side::Right).isVisible());
  window().resize(shell::kMinimumWidth, shell::kDefaultHeight);
  window().resize(shell::kDefaultWidth, shell::kDefaultHeight);
  QCoreApplication::processEvents();
  QVERIFY(!window().dock(Side::Right).isVisible());
}

void DocksTest::aDockIsShownAndHiddenByItsCommand() {
  it_->open();
  QVERIFY(QTest::qWaitForWindowActive(&window()));
  QAction* command = window().actions().action("view.left");
  QVERIFY(command->isChecked());
  QTest::keyClick(&window(), Qt::Key_B, Qt::ControlModifier);
  QVERIFY(!window().dock(Side::Left).isVisible());
  QVERIFY(!command->isChecked());
  window().setDockShown(Side::Left, true);
  QVERIFY(command->isChecked());
}

void DocksTest::aPanelCountsWhatItHas() {
  it_->open();
  PanelDock& bottom = window().dock(Side::Bottom);
  const auto* tabs = bottom.findChild<QTabBar*>();
  bottom.setCount("problems", 3);
  QCOMPARE(tabs->tabText(0), "Problems  3");
  bottom.setCount("problems", 0);
  QCOMPARE(tabs->tabText(0), "Problems");
  bottom.hide();
  bottom.showPanel("changes");
  QVERIFY(bottom.isVisible());
  QCOMPARE(bottom.currentPanel(), "changes");
}

void DocksTest::docksComeBackAsTheyWere() {
  it_->open();
  window().setDockShown(Side::Left, false);
  window().resizeDocks({&window().dock(Side::Bottom)}, {300}, Qt::Vertical);
  QCoreApplication::processEvents();
  const int height = window().dock(Side::Bottom).height();
  QVERIFY(height != shell::kBottomDock);
  const WindowSession session = window().session();
  delete it_->window;
  it_->open();
  window().restore(session);
  QVERIFY(!window().dock(Side::Left).isVisible());
  QVERIFY(!window().actions().action("view.left")->isChecked());
  QTRY_COMPARE(window().dock(Side::Bottom).height(), height);
}

WEIR_TEST(DocksTest)
#include "docks_test.moc"
