// The cards of an empty window, by mouse and by keyboard.
#include <QMenu>
#include <QSignalSpy>

#include "designer/ui/shell/documents/empty_state.hpp"
#include "designer/ui/theme/theme.hpp"
#include "designer/ui/widgets/card_button.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class EmptyStateTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void init();
  void cleanup() { state_.reset(); }

  void aCardWithoutWorkIsNotShown();
  void enterOpensTheFirstExample();
  void cardsAreReachedByTab();
  void templatesAreOfferedInAMenu();
  void recentFilesTakeThePlaceOfOpening();
  void cardsStandInTwoColumns();
  void cardsTellScreenReadersWhatTheyDo();

 private:
  StartActions everything();
  QMenu* menuOf(CardButton* card);

  std::unique_ptr<EmptyState> state_;
  QStringList done_;
};

void EmptyStateTest::init() {
  done_.clear();
  state_ = std::make_unique<EmptyState>();
  state_->resize(1000, 700);
  state_->setActions(everything());
  state_->show();
  QVERIFY(QTest::qWaitForWindowActive(state_.get()));
}

StartActions EmptyStateTest::everything() {
  return {.openOrders = [this] { done_ += "orders"; },
          .chooseData = [this] { done_ += "data"; },
          .templates = {{"Filter & route", [this] { done_ += "filter"; }}, {"Count", [this] { done_ += "count"; }}},
          .openFile = [this] { done_ += "open"; },
          .recentFiles = {}};
}

QMenu* EmptyStateTest::menuOf(CardButton* card) {
  pointer::click(*card);
  return card->findChild<QMenu*>();
}

void EmptyStateTest::aCardWithoutWorkIsNotShown() {
  QCOMPARE(state_->cards().size(), 4);
  StartActions few = everything();
  few.chooseData = {};
  few.templates.clear();
  state_->setActions(few);
  QCOMPARE(state_->cards().size(), 2);
  state_->setActions({});
  QVERIFY(state_->cards().isEmpty());
}

void EmptyStateTest::enterOpensTheFirstExample() {
  state_->setFocus();
  QVERIFY(state_->cards().first()->hasFocus());
  QTest::keyClick(state_->cards().first(), Qt::Key_Return);
  QCOMPARE(done_, QStringList{"orders"});
}

void EmptyStateTest::cardsAreReachedByTab() {
  state_->setFocus();
  QTest::keyClick(state_->cards().first(), Qt::Key_Tab);
  QVERIFY(state_->cards()[1]->hasFocus());
  QTest::keyClick(state_->cards()[1], Qt::Key_Space);
  QCOMPARE(done_, QStringList{"data"});
}

void EmptyStateTest::templatesAreOfferedInAMenu() {
  QMenu* menu = menuOf(state_->cards()[2]);
  QVERIFY(menu != nullptr && menu->isVisible());
  QCOMPARE(menu->actions().size(), 2);
  QCOMPARE(menu->actions()[0]->text(), "Filter && route");
  menu->actions()[1]->trigger();
  menu->close();
  QCOMPARE(done_, QStringList{"count"});
}

void EmptyStateTest::recentFilesTakeThePlaceOfOpening() {
  pointer::click(*state_->cards()[3]);
  QCOMPARE(done_, QStringList{"open"});
  StartActions actions = everything();
  actions.recentFiles = {{"fraud", [this] { done_ += "fraud"; }}, {"orders", [] {}}};
  state_->setActions(actions);
  QMenu* menu = menuOf(state_->cards()[3]);
  QCOMPARE(menu->actions().size(), 3);
  menu->actions()[0]->trigger();
  menu->actions()[2]->trigger();
  menu->close();
  QCOMPARE(done_, (QStringList{"open", "fraud", "open"}));
}

void EmptyStateTest::cardsStandInTwoColumns() {
  const QList<CardButton*> cards = state_->cards();
  QCOMPARE(cards[0]->size(), QSize(shell::kCardWidth, shell::kCardHeight));
  QCOMPARE(cards[1]->x() - cards[0]->geometry().right() - 1, space::kLarge);
  QCOMPARE(cards[2]->y() - cards[0]->geometry().bottom() - 1, space::kLarge);
  QCOMPARE(cards[2]->x(), cards[0]->x());
}

void EmptyStateTest::cardsTellScreenReadersWhatTheyDo() {
  for (const CardButton* card : state_->cards()) {
    QCOMPARE(card->accessibleName(), card->text());
    QVERIFY(!card->accessibleDescription().isEmpty());
  }
}

WEIR_TEST(EmptyStateTest)
#include "empty_state_test.moc"
