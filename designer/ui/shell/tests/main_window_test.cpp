// The frame of a window: its menus and bars, its title, what it asks for.
#include <QAction>
#include <QDropEvent>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QSignalSpy>
#include <QTabBar>
#include <QToolBar>
#include <QToolButton>

#include "designer/model/tests/patience.hpp"
#include "designer/ui/shell/commands/command_field.hpp"
#include "designer/ui/shell/commands/shortcuts_list.hpp"
#include "designer/ui/shell/tests/shell_fixture.hpp"
#include "designer/ui/shell/window/status_bar.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class MainWindowTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void init() { it_ = std::make_unique<ShellFixture>(); }
  void cleanup() { it_.reset(); }

  void onlyMenusWithCommandsAreShown();
  void theToolBarHasNoSeparatorAtItsEnds();
  void recentFilesAreInTheMenu();
  void theTitleNamesTheDocument();
  void closingATabIsAsked();
  void closingTheWindowIsAsked();
  void droppedTopologiesAreOpened();
  void theCommandFieldOpensByItsShortcut();
  void theListOfShortcutsHoldsThemAll();
  void theListOfShortcutsCanBeSearchedAndRun();
  void aShortcutIsRunWithTheMouse();
  void theListOfShortcutsHoldsKeysOfNoCommand();
  void problemsAndZoomStandAtTheRight();
  void aSessionKeepsTabsWithFiles();

 private:
  MainWindow& window() { return *it_->window; }

  std::unique_ptr<ShellFixture> it_;
};

void MainWindowTest::onlyMenusWithCommandsAreShown() {
  it_->open();
  const auto shown = [&] {
    QStringList names;
    for (const QAction* menu : window().menuBar()->actions()) {
      if (menu->isVisible()) names += menu->text().remove('&');
    }
    return names;
  };
  QCOMPARE(shown(), (QStringList{"File", "View", "Help"}));
  window().actions().handle("edit.undo", &window(), [](bool) {});
  QCOMPARE(shown(), (QStringList{"File", "Edit", "View", "Help"}));
}

void MainWindowTest::theToolBarHasNoSeparatorAtItsEnds() {
  it_->open();
  const auto* bar = window().findChild<QToolBar*>();
  const auto separators = [&] {
    int count = 0;
    for (const QAction* action : bar->actions()) count += action->isSeparator() && action->isVisible() ? 1 : 0;
    return count;
  };
  QCOMPARE(separators(), 0);
  window().actions().handle("view.fit", &window(), [](bool) {});
  QCOMPARE(separators(), 1);
  window().actions().handle("edit.redo", &window(), [](bool) {});
  QCOMPARE(separators(), 2);
}

void MainWindowTest::recentFilesAreInTheMenu() {
  it_->open();
  QSignalSpy opened(&window(), &MainWindow::openRequested);
  QMenu* recent = nullptr;
  for (const QAction* action : window().menuBar()->actions().first()->menu()->actions()) {
    if (action->menu() != nullptr) recent = action->menu();
  }
  QVERIFY(recent != nullptr);
  QVERIFY(!recent->menuAction()->isVisible());
  it_->settings.addRecentFile("/data/flights.weir");
  QVERIFY(recent->menuAction()->isVisible());
  recent->actions().first()->trigger();
  QCOMPARE(opened.count(), 1);
  QCOMPARE(opened[0][0].toString(), "/data/flights.weir");
}

void MainWindowTest::theTitleNamesTheDocument() {
  it_->open();
  QCOMPARE(window().windowTitle(), "Weir");
  DocumentPage* page = it_->addDocument("flights");
  QCOMPARE(window().windowTitle(), "flights[*] – Weir");
  QVERIFY(!window().isWindowModified());
  page->setDirty(true);
  QVERIFY(window().isWindowModified());
  window().documents().remove(page);
  QCOMPARE(window().windowTitle(), "Weir");
}

void MainWindowTest::closingATabIsAsked() {
  it_->open();
  QAction* close = window().actions().action("file.closeTab");
  QVERIFY(!close->isEnabled());
  DocumentPage* page = it_->addDocument("flights");
  QVERIFY(close->isEnabled());
  QSignalSpy asked(&window(), &MainWindow::closeRequested);
  close->trigger();
  QCOMPARE(asked.count(), 1);
  QCOMPARE(asked[0][0].value<DocumentPage*>(), page);
}

void MainWindowTest::closingTheWindowIsAsked() {
  it_->open();
  bool may = false;
  window().setCloseGuard([&] { return may; });
  QSignalSpy closing(&window(), &MainWindow::closing);
  QVERIFY(!window().close());
  QCOMPARE(closing.count(), 0);
  may = true;
  QVERIFY(window().close());
  QCOMPARE(closing.count(), 1);
}

void MainWindowTest::droppedTopologiesAreOpened() {
  it_->open();
  QSignalSpy opened(&window(), &MainWindow::openRequested);
  const auto drop = [&](const QStringList& paths) {
    QMimeData data;
    QList<QUrl> urls;
    for (const QString& path : paths) urls += QUrl::fromLocalFile(path);
    data.setUrls(urls);
    QDragEnterEvent enter({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, {});
    enter.ignore();
    QCoreApplication::sendEvent(&window(), &enter);
    if (!enter.isAccepted()) return false;
    QDropEvent event({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&window(), &event);
    return true;
  };
  QVERIFY(!drop({"/data/picture.png"}));
  QVERIFY(drop({"/data/a.weir", "/data/picture.png", "/data/b.weir"}));
  QCOMPARE(opened.count(), 2);
}

void MainWindowTest::theCommandFieldOpensByItsShortcut() {
  it_->open();
  QVERIFY(QTest::qWaitForWindowActive(&window()));
  DocumentPage* page = it_->addDocument("flights");
  page->setFocus();
  QTest::keyClick(&window(), Qt::Key_K, Qt::ControlModifier);
  QVERIFY(window().commandField().hasFocus());
  QVERIFY(window().commandField().list().isVisible());
  QTest::keyClick(&window().commandField(), Qt::Key_Escape);
  QVERIFY(page->content()->hasFocus());
}

void MainWindowTest::theListOfShortcutsHoldsThemAll() {
  it_->open();
  for (const ActionSpec& spec : actionTable()) window().actions().handle(spec.id, &window(), [](bool) {});
  int with = 0;
  for (const QAction* action : window().actions().actions()) with += action->shortcut().isEmpty() ? 0 : 1;
  const ShortcutsList list(window().actions(), &window());
  QCOMPARE(list.rowCount(), with);
  QVERIFY(with > 40);
}

void MainWindowTest::theListOfShortcutsCanBeSearchedAndRun() {
  it_->open();
  QVERIFY(QTest::qWaitForWindowActive(&window()));
  QTest::keyClick(&window(), Qt::Key_F1);
  QPointer<ShortcutsList> list = window().findChild<ShortcutsList*>();
  QVERIFY(list != nullptr && list->isVisible());
  auto* search = list->findChild<QLineEdit*>();
  QVERIFY(search->hasFocus());
  QTest::keyClicks(search, "palette");
  QCOMPARE(list->rowCount(), 1);
  QTest::keyClick(search, Qt::Key_Return);
  QVERIFY(!window().dock(Side::Left).isVisible());
  QTRY_VERIFY(list.isNull());
}

void MainWindowTest::aShortcutIsRunWithTheMouse() {
  it_->open();
  QVERIFY(QTest::qWaitForWindowActive(&window()));
  QTest::keyClick(&window(), Qt::Key_F1);
  QPointer<ShortcutsList> list = window().findChild<ShortcutsList*>();
  QTest::keyClicks(list->findChild<QLineEdit*>(), "palette");
  auto* const rows = list->findChild<QListView*>();
  pointer::click(*list->card(), QPoint(4, 4));  // on the card, beside everything
  QVERIFY(list != nullptr && list->isVisible());
  pointer::doubleClick(*rows->viewport(), rows->visualRect(rows->currentIndex()).center());
  QVERIFY(!window().dock(Side::Left).isVisible());
  QTRY_VERIFY(list.isNull());
}

void MainWindowTest::theListOfShortcutsHoldsKeysOfNoCommand() {
  it_->open();
  window().actions().setKeyHints("On the canvas",
                                 {{"Follow wires", "Alt+← → ↑ ↓"}, {"Move what is selected", "Ctrl+← → ↑ ↓"}});
  ShortcutsList list(window().actions(), &window());
  const QAbstractItemModel* const rows = list.findChild<QListView*>()->model();
  const auto row = [&](const QString& name) {
    const QModelIndexList found = rows->match(rows->index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly);
    return found.isEmpty() ? QString() : found.first().data(Qt::AccessibleTextRole).toString();
  };
  QCOMPARE(row("Follow wires"), "Follow wires, Alt+← → ↑ ↓");
  QVERIFY(!row("Move what is selected").isEmpty());
  auto* search = list.findChild<QLineEdit*>();
  QTest::keyClicks(search, "wires alt");
  QCOMPARE(rows->rowCount(), 2);
  // It is no command.
  QTest::keyClick(search, Qt::Key_Return);
  QVERIFY(!row("Follow wires").isEmpty());
}

void MainWindowTest::problemsAndZoomStandAtTheRight() {
  it_->open();
  StatusBar& status = window().status();
  QCOMPARE(status.problems(), "");
  status.setProblems(1, 0, 2);
  QCOMPARE(status.problems(), "1 error, 2 warnings");
  status.setProblems(0, 3, 0);
  QCOMPARE(status.problems(), "3 to fill in");
  status.setProblems(0, 0, 0);
  QCOMPARE(status.problems(), "No problems");
  status.setZoom(0.666);
  QCOMPARE(status.zoom(), "67 %");
  window().setDockShown(Side::Bottom, false);
  pointer::click(*status.findChild<QToolButton*>());
  QVERIFY(window().dock(Side::Bottom).isVisible());
}

void MainWindowTest::aSessionKeepsTabsWithFiles() {
  it_->open();
  it_->addDocument("untitled");
  it_->addDocument("a")->setFilePath("/data/a.weir");
  DocumentPage* second = it_->addDocument("b");
  second->setFilePath("/data/b.weir");
  it_->addDocument("c")->setFilePath("/data/c.weir");
  window().documents().setCurrent(second);
  const WindowSession session = window().session();
  QCOMPARE(session.files, (QStringList{"/data/a.weir", "/data/b.weir", "/data/c.weir"}));
  QCOMPARE(session.current, 1);
}

WEIR_TEST(MainWindowTest)
#include "main_window_test.moc"
