// Several windows, and how they come back.
#include <QAction>
#include <QSignalSpy>

#include "designer/model/tests/patience.hpp"
#include "designer/ui/shell/tests/shell_fixture.hpp"
#include "designer/ui/shell/window/windows.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class WindowsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void init() { it_ = std::make_unique<ShellFixture>(); }
  void cleanup() { it_.reset(); }

  void everyWindowIsFurnished();
  void aNewWindowComesByItsCommand();
  void aClosedWindowIsForgotten();
  void theLastWindowIsRemembered();
  void quittingRemembersAllWindows();
  void oneThatRefusesStopsQuitting();
  void aCrashLosesNoTabs();
  void theSessionComesBack();
  void filesThatAreGoneAreLeftOut();

 private:
  // Opens what is asked for as a page with that file.
  void furnish(MainWindow& window) {
    connect(&window, &MainWindow::openRequested, &window, [&window](const QString& path) {
      auto* page = new DocumentPage(new QWidget, QFileInfo(path).baseName());
      window.documents().add(page);
      page->setFilePath(path);
    });
  }
  std::unique_ptr<Windows> make() {
    return std::make_unique<Windows>(it_->settings, [this](MainWindow& window) { furnish(window); });
  }
  QString file(const QString& name) {
    QFile made(it_->folder.filePath(name));
    if (!made.open(QIODevice::WriteOnly)) return {};
    return made.fileName();
  }
  static void open(MainWindow& window, const QString& path) { Q_EMIT window.openRequested(path); }
  static void end(Windows& windows) {
    windows.quit();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  }

  std::unique_ptr<ShellFixture> it_;
};

void WindowsTest::initTestCase() {
  QGuiApplication::setQuitOnLastWindowClosed(false);
  applyTheme(ColorScheme::Light);
}

void WindowsTest::everyWindowIsFurnished() {
  int furnished = 0;
  Windows windows(it_->settings, [&](MainWindow&) { ++furnished; });
  QVERIFY(windows.open()->isVisible());
  windows.open();
  QCOMPARE(furnished, 2);
  QCOMPARE(windows.all().size(), 2);
  end(windows);
}

void WindowsTest::aNewWindowComesByItsCommand() {
  const auto windows = make();
  windows->open()->actions().action("file.newWindow")->trigger();
  QCOMPARE(windows->all().size(), 2);
  end(*windows);
}

void WindowsTest::aClosedWindowIsForgotten() {
  const auto windows = make();
  QPointer<MainWindow> first = windows->open();
  open(*first, file("a.weir"));
  MainWindow* second = windows->open();
  open(*second, file("b.weir"));
  first->close();
  QTRY_VERIFY(first.isNull());
  QCOMPARE(windows->all(), QList<MainWindow*>{second});
  QCOMPARE(it_->settings.session().size(), 1);
  QCOMPARE(it_->settings.session()[0].files, QStringList{file("b.weir")});
  end(*windows);
}

void WindowsTest::theLastWindowIsRemembered() {
  const auto windows = make();
  MainWindow* window = windows->open();
  open(*window, file("a.weir"));
  window->close();
  QVERIFY(windows->all().isEmpty());
  QCOMPARE(it_->settings.session().size(), 1);
  QCOMPARE(it_->settings.session()[0].files, QStringList{file("a.weir")});
}

void WindowsTest::quittingRemembersAllWindows() {
  const auto windows = make();
  open(*windows->open(), file("a.weir"));
  open(*windows->open(), file("b.weir"));
  end(*windows);
  QVERIFY(windows->all().isEmpty());
  QCOMPARE(it_->settings.session().size(), 2);
}

void WindowsTest::oneThatRefusesStopsQuitting() {
  const auto windows = make();
  windows->open();
  MainWindow* second = windows->open();
  bool may = false;
  second->setCloseGuard([&] { return may; });
  windows->open();
  windows->quit();
  QCOMPARE(windows->all().size(), 2);
  QCOMPARE(it_->settings.session().size(), 2);
  may = true;
  end(*windows);
  QVERIFY(windows->all().isEmpty());
}

void WindowsTest::aCrashLosesNoTabs() {
  const auto windows = make();
  open(*windows->open(), file("a.weir"));
  // Nothing was closed, and yet it is written down.
  QCOMPARE(it_->settings.session().size(), 1);
  QCOMPARE(it_->settings.session()[0].files, QStringList{file("a.weir")});
  end(*windows);
}

void WindowsTest::theSessionComesBack() {
  {
    const auto windows = make();
    QVERIFY(!windows->restoreSession());
    MainWindow* window = windows->open();
    window->resize(1300, 800);
    open(*window, file("a.weir"));
    open(*window, file("b.weir"));
    open(*windows->open(), file("c.weir"));
    window->documents().step(1);
    end(*windows);
  }
  const auto windows = make();
  QVERIFY(windows->restoreSession());
  QCOMPARE(windows->all().size(), 2);
  MainWindow* window = windows->all().first();
  QCOMPARE(window->size(), QSize(1300, 800));
  QCOMPARE(window->documents().pages().size(), 2);
  QCOMPARE(window->documents().current()->title(), "a");
  end(*windows);
}

void WindowsTest::filesThatAreGoneAreLeftOut() {
  {
    const auto windows = make();
    MainWindow* window = windows->open();
    open(*window, file("a.weir"));
    open(*window, file("b.weir"));
    end(*windows);
  }
  QFile::remove(it_->folder.filePath("b.weir"));
  const auto windows = make();
  QVERIFY(windows->restoreSession());
  QCOMPARE(windows->all().first()->documents().pages().size(), 1);
  end(*windows);
}

WEIR_TEST(WindowsTest)
#include "windows_test.moc"
