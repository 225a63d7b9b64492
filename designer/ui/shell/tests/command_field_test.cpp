// Typing what one wants, and Enter.
#include <QAction>
#include <QListView>
#include <QVBoxLayout>

#include "designer/ui/shell/commands/action_registry.hpp"
#include "designer/ui/shell/commands/command_field.hpp"
#include "designer/ui/shell/commands/command_match.hpp"
#include "designer/ui/theme/theme.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class CommandFieldTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void init();
  void cleanup();

  void betterMatchesCostLess_data();
  void betterMatchesCostLess();
  void everyWordHasToFit();
  void theFieldListsWhatWorks();
  void enterRunsTheBest();
  void arrowsChooseAnother();
  void aClickChoosesAnother();
  void aDisabledCommandDoesNotRun();
  void escapeReturnsToWhereOneWas();
  void commandsAreFoundByOtherWords();
  void othersMayAddToTheList();
  void theListGoesWithTheFocus();
  void theListStaysWithinTheWindow();

 private:
  void type(const QString& text) { QTest::keyClicks(field_, text); }

  std::unique_ptr<QWidget> window_;
  ActionRegistry* actions_ = nullptr;
  CommandField* field_ = nullptr;
  QLineEdit* other_ = nullptr;
  QStringList ran_;
};

void CommandFieldTest::init() {
  ran_.clear();
  window_ = std::make_unique<QWidget>();
  actions_ = new ActionRegistry(window_.get());
  for (const char* id :
       {"file.save", "file.saveAs", "edit.selectAll", "arrange.alignLeft", "view.fit", "file.settings"}) {
    actions_->handle(id, window_.get(), [this, id](bool) { ran_ += id; });
  }
  field_ = new CommandField(*actions_, window_.get());
  other_ = new QLineEdit(window_.get());
  auto* layout = new QVBoxLayout(window_.get());
  layout->addWidget(field_);
  layout->addWidget(other_);
  layout->addStretch(1);
  window_->resize(600, 500);
  window_->show();
  QVERIFY(QTest::qWaitForWindowActive(window_.get()));
  other_->setFocus();
  field_->begin();
  QVERIFY(field_->hasFocus());
}

void CommandFieldTest::cleanup() {
  window_.reset();
}

void CommandFieldTest::betterMatchesCostLess_data() {
  QTest::addColumn<QString>("typed");
  QTest::addColumn<QString>("better");
  QTest::addColumn<QString>("worse");
  QTest::newRow("the first word") << "al"
                                  << "Align left"
                                  << "Select all";
  QTest::newRow("the start of a word") << "all"
                                       << "Select all"
                                       << "Install";
  QTest::newRow("inside before letters in order") << "ali"
                                                  << "Realign"
                                                  << "All inside";
}

void CommandFieldTest::betterMatchesCostLess() {
  QFETCH(QString, typed);
  QFETCH(QString, better);
  QFETCH(QString, worse);
  QVERIFY(commandCost(typed, better, {}).value() < commandCost(typed, worse, {}).value());
}

void CommandFieldTest::everyWordHasToFit() {
  QVERIFY(commandCost("left al", "Align left", {}));
  QVERIFY(!commandCost("left zz", "Align left", {}));
  QVERIFY(commandCost("", "Align left", {}));
  QVERIFY(commandCost("exit", "Quit", "exit leave"));
}

void CommandFieldTest::theFieldListsWhatWorks() {
  QVERIFY(field_->list().isVisible());
  QCOMPARE(field_->list().count(), 6);
  type("save");
  QCOMPARE(field_->list().count(), 2);
  type("zzzz");
  QCOMPARE(field_->list().count(), 0);
}

void CommandFieldTest::enterRunsTheBest() {
  type("align");
  QTest::keyClick(field_, Qt::Key_Return);
  QCOMPARE(ran_, QStringList{"arrange.alignLeft"});
  QVERIFY(field_->text().isEmpty());
  QVERIFY(!field_->list().isVisible());
}

void CommandFieldTest::arrowsChooseAnother() {
  type("save");
  QTest::keyClick(field_, Qt::Key_Down);
  QTest::keyClick(field_, Qt::Key_Return);
  QCOMPARE(ran_, QStringList{"file.saveAs"});
}

void CommandFieldTest::aClickChoosesAnother() {
  type("save");
  auto* const rows = field_->list().findChild<QListView*>();
  pointer::click(*rows->viewport(), rows->visualRect(rows->model()->index(1, 0)).center());
  QCOMPARE(ran_, QStringList{"file.saveAs"});
  QVERIFY(other_->hasFocus());
}

void CommandFieldTest::aDisabledCommandDoesNotRun() {
  actions_->setEnabled("file.save", false);
  type("save");
  // It stands below the one that can run.
  QCOMPARE(field_->list().currentTitle(), "Save as");
  QTest::keyClick(field_, Qt::Key_Down);
  QCOMPARE(field_->list().currentTitle(), "Save");
  QTest::keyClick(field_, Qt::Key_Return);
  QVERIFY(ran_.isEmpty());
}

void CommandFieldTest::escapeReturnsToWhereOneWas() {
  type("sa");
  QTest::keyClick(field_, Qt::Key_Escape);
  QVERIFY(other_->hasFocus());
  QVERIFY(field_->text().isEmpty());
  QVERIFY(!field_->list().isVisible());
}

void CommandFieldTest::commandsAreFoundByOtherWords() {
  type("preferences");
  QTest::keyClick(field_, Qt::Key_Return);
  QCOMPARE(ran_, QStringList{"file.settings"});
}

void CommandFieldTest::othersMayAddToTheList() {
  field_->addSource([this](const QString& typed) {
    return QList<Command>{{"Go to " + typed, "node", {}, true, [this, typed] { ran_ += typed; }}};
  });
  type("xyz");
  QTest::keyClick(field_, Qt::Key_Return);
  QCOMPARE(ran_, QStringList{"xyz"});
}

void CommandFieldTest::theListGoesWithTheFocus() {
  other_->setFocus();
  QVERIFY(!field_->list().isVisible());
}

void CommandFieldTest::theListStaysWithinTheWindow() {
  QVERIFY(window_->rect().contains(field_->list().geometry()));
}

WEIR_TEST(CommandFieldTest)
#include "command_field_test.moc"
