// Tabs and the messages below them.
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QToolButton>

#include "designer/model/tests/patience.hpp"
#include "designer/ui/shell/documents/document_area.hpp"
#include "designer/ui/shell/documents/document_page.hpp"
#include "designer/ui/shell/documents/tab_close_button.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class DocumentAreaTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void init();
  void cleanup() { area_.reset(); }

  void theNewestPageIsTheCurrentOne();
  void withoutPagesThereIsNoTabBar();
  void aClosedPageGivesWayToItsNeighbour();
  void theCrossAndTheMiddleButtonAskForClosing();
  void aTabIsNamedAsItsDocument();
  void unsavedWorkIsToldToScreenReaders();
  void stepsGoAround();
  void pagesAreFoundByTheirFile();
  void messagesStandBelowTheTab();
  void aMessageIsReplacedByOneWithItsId();
  void aMessageHasAtMostTwoButtons();
  void aMessageMayRemoveItself();

 private:
  DocumentPage* add(const QString& title) {
    auto* page = new DocumentPage(new QWidget, title);
    area_->add(page);
    return page;
  }

  std::unique_ptr<DocumentArea> area_;
};

void DocumentAreaTest::init() {
  area_ = std::make_unique<DocumentArea>();
  area_->resize(800, 600);
  area_->show();
}

void DocumentAreaTest::theNewestPageIsTheCurrentOne() {
  QSignalSpy changes(area_.get(), &DocumentArea::currentChanged);
  DocumentPage* first = add("first");
  QCOMPARE(changes.count(), 1);
  QCOMPARE(area_->current(), first);
  DocumentPage* second = add("second");
  QCOMPARE(area_->current(), second);
  QVERIFY(second->isVisible());
  QVERIFY(!first->isVisible());
  QCOMPARE(area_->pages(), (QList<DocumentPage*>{first, second}));
}

void DocumentAreaTest::withoutPagesThereIsNoTabBar() {
  QVERIFY(!area_->tabBar()->isVisible());
  DocumentPage* page = add("only");
  QVERIFY(area_->tabBar()->isVisible());
  area_->remove(page);
  QVERIFY(!area_->tabBar()->isVisible());
  QCOMPARE(area_->current(), nullptr);
}

void DocumentAreaTest::aClosedPageGivesWayToItsNeighbour() {
  DocumentPage* first = add("first");
  QPointer<DocumentPage> second = add("second");
  QSignalSpy changes(area_.get(), &DocumentArea::currentChanged);
  area_->remove(second);
  QCOMPARE(area_->current(), first);
  QVERIFY(first->isVisible());
  QVERIFY(!changes.isEmpty());
  QTRY_VERIFY(second.isNull());
}

void DocumentAreaTest::theCrossAndTheMiddleButtonAskForClosing() {
  DocumentPage* page = add("first");
  QSignalSpy asked(area_.get(), &DocumentArea::closeRequested);
  pointer::click(*area_->tabBar()->tabButton(0, QTabBar::RightSide));
  QCOMPARE(asked.count(), 1);
  QCOMPARE(asked[0][0].value<DocumentPage*>(), page);
  pointer::click(*area_->tabBar(), area_->tabBar()->tabRect(0).center(), {.button = Qt::MiddleButton});
  QCOMPARE(asked.count(), 2);
  QCOMPARE(area_->pages().size(), 1);  // whoever is asked decides
}

void DocumentAreaTest::aTabIsNamedAsItsDocument() {
  DocumentPage* page = add("orders & flights");
  QCOMPARE(area_->tabBar()->tabText(0), "orders && flights");
  page->setTitle("flights");
  QCOMPARE(area_->tabBar()->tabText(0), "flights");
  page->setFilePath("/data/flights.weir");
  QCOMPARE(area_->tabBar()->tabToolTip(0), "/data/flights.weir");
}

void DocumentAreaTest::unsavedWorkIsToldToScreenReaders() {
  DocumentPage* page = add("flights");
  page->setDirty(true);
  QCOMPARE(area_->tabBar()->accessibleTabName(0), "flights, not saved");
  page->setDirty(false);
  QCOMPARE(area_->tabBar()->accessibleTabName(0), "flights");
}

void DocumentAreaTest::stepsGoAround() {
  DocumentPage* first = add("first");
  DocumentPage* second = add("second");
  area_->step(1);
  QCOMPARE(area_->current(), first);
  area_->step(-1);
  QCOMPARE(area_->current(), second);
}

void DocumentAreaTest::pagesAreFoundByTheirFile() {
  DocumentPage* page = add("flights");
  QCOMPARE(area_->pageOf(""), nullptr);
  page->setFilePath("/data/flights.weir");
  QCOMPARE(area_->pageOf("/data/./flights.weir"), page);
  QCOMPARE(area_->pageOf("/data/orders.weir"), nullptr);
}

void DocumentAreaTest::messagesStandBelowTheTab() {
  DocumentPage* page = add("flights");
  page->showMessage({"disk", MessageTone::Warning, {}, "It has changed on disk.", {}, true});
  QCoreApplication::processEvents();
  MessageBar* bar = page->messages().first();
  QCOMPARE(bar->height(), shell::kMessageBar);
  QCOMPARE(bar->y(), 0);
  QCOMPARE(page->content()->y(), shell::kMessageBar);
  QCOMPARE(bar->grab().toImage().pixelColor(2, 2), currentTheme().colors.warningSoft);
  page->removeMessage("disk");
  QVERIFY(page->messages().isEmpty());
  QTRY_COMPARE(page->content()->y(), 0);
}

void DocumentAreaTest::aMessageIsReplacedByOneWithItsId() {
  DocumentPage* page = add("flights");
  page->showMessage({"disk", MessageTone::Warning, {}, "One line differs.", {}, true});
  page->showMessage({"weir", MessageTone::Error, {}, "weir was not found.", {}, true});
  page->showMessage({"disk", MessageTone::Warning, {}, "Two lines differ.", {}, true});
  QCOMPARE(page->messages().size(), 2);
  QCOMPARE(page->messages().first()->sentence(), "Two lines differ.");
}

void DocumentAreaTest::aMessageHasAtMostTwoButtons() {
  DocumentPage* page = add("flights");
  const MessageButton button{"Do", [] {}};
  page->showMessage({"disk", MessageTone::Warning, {}, "It has changed.", {button, button, button}, true});
  QCOMPARE(page->messages().first()->findChildren<QPushButton*>().size(), 2);
}

void DocumentAreaTest::aMessageMayRemoveItself() {
  DocumentPage* page = add("flights");
  int done = 0;
  page->showMessage({"disk",
                     MessageTone::Warning,
                     {},
                     "It has changed.",
                     {{"Load again",
                       [&] {
                         ++done;
                         page->removeMessage("disk");
                       }}},
                     true});
  pointer::click(*page->messages().first()->findChild<QPushButton*>());
  QCOMPARE(done, 1);
  QVERIFY(page->messages().isEmpty());
  page->showMessage({"disk", MessageTone::Warning, {}, "It has changed.", {}, true});
  pointer::click(*page->messages().first()->findChild<QToolButton*>());
  QVERIFY(page->messages().isEmpty());
}

WEIR_TEST(DocumentAreaTest)
#include "document_area_test.moc"
