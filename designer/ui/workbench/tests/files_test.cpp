// Files: new, open, save, recent ones, and the ways into a topology, in a whole window.
#include <QAction>

#include "designer/model/edits/edits.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/ui/shell/documents/empty_state.hpp"
#include "designer/ui/workbench/tests/desk.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class FilesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { desk_ = std::make_unique<test::Desk>(); }
  void cleanup() { desk_.reset(); }

  void theDesignerBeginsWithAnEmptyTopology();
  void newMakesAnotherUntitledTopology();
  void openingShowsTheFileInPlaceOfTheUntouchedTopology();
  void aTopologyWithSomethingInItStays();
  void aFileThatIsOpenComesToTheFront();
  void savingAnUntitledTopologyAsksWhere();
  void aNameWithoutSuffixDoesNotOverwriteSilently();
  void savingIsOfferedOnlyForWhatChanged();
  void saveAsGoesOnInTheOtherFile();
  void whatCannotBeSavedIsSaid();
  void whatIsNotUnderstoodIsSaidBeforeItIsLost();
  void linesThatAreNotCanonicalAreCounted();
  void savingNamesTheTopology();
  void aNameThatWasChosenStays();
  void aCopyUnderAnotherNameHasThatName();
  void aNameThatIsOpenIsNotTakenTwice();
  void undoSaysWhatItTakesBack();

 private:
  void saveAs(const QString& name);
  QString name() const { return QString::fromStdString(desk_->page().document().topology().name.value); }
  std::unique_ptr<test::Desk> desk_;
};

void FilesTest::saveAs(const QString& name) {
  test::Next<QFileDialog> dialog(test::typing(desk_->path(name)));
  desk_->command("file.saveAs").trigger();
  QVERIFY(dialog.came());
}

void FilesTest::theDesignerBeginsWithAnEmptyTopology() {
  desk_->start();
  QCOMPARE(desk_->titles(), QStringList("Untitled"));
  QVERIFY(desk_->canvas().findChild<EmptyState*>()->isVisible());
  desk_->addFilter();
  QVERIFY(desk_->canvas().findChild<EmptyState*>() == nullptr);
  QCOMPARE(desk_->page().document().topology().nodes.size(), std::size_t{1});
}

void FilesTest::newMakesAnotherUntitledTopology() {
  desk_->start();
  desk_->key(Qt::Key_N, Qt::ControlModifier);
  QCOMPARE(desk_->titles(), QStringList({"Untitled", "Untitled"}));
}

void FilesTest::openingShowsTheFileInPlaceOfTheUntouchedTopology() {
  const QString path = desk_->writeTopology("a.weir");
  desk_->start();
  test::Next<QFileDialog> dialog(test::typing(path));
  desk_->key(Qt::Key_O, Qt::ControlModifier);
  QVERIFY(dialog.came());
  QCOMPARE(desk_->titles(), QStringList("a.weir"));
  QVERIFY(!desk_->page().document().changed());
  QCOMPARE(desk_->settings().recentFiles(), QStringList(path));
}

void FilesTest::aTopologyWithSomethingInItStays() {
  const QString path = desk_->writeTopology("a.weir");
  desk_->start();
  desk_->addFilter();
  desk_->workbench().openPath(path);
  QCOMPARE(desk_->titles(), QStringList({"Untitled", "a.weir"}));
}

void FilesTest::aFileThatIsOpenComesToTheFront() {
  const QString a = desk_->writeTopology("a.weir");
  const QString b = desk_->writeTopology("b.weir");
  desk_->start({a, b});
  QCOMPARE(desk_->page().title(), "b.weir");
  test::Next<QFileDialog> dialog(test::typing(a));
  desk_->key(Qt::Key_O, Qt::ControlModifier);
  QCOMPARE(desk_->titles(), QStringList({"a.weir", "b.weir"}));
  QCOMPARE(desk_->page().title(), "a.weir");
}

void FilesTest::savingAnUntitledTopologyAsksWhere() {
  desk_->start();
  desk_->addFilter();
  test::Next<QFileDialog> dialog(test::typing(desk_->path("new")));
  desk_->key(Qt::Key_S, Qt::ControlModifier);
  QVERIFY(dialog.came());
  QVERIFY(desk_->read("new.weir").contains("std.filter"));
  QCOMPARE(desk_->titles(), QStringList("new.weir"));
  QVERIFY(!desk_->page().isDirty());
  QCOMPARE(desk_->settings().recentFiles(), QStringList(desk_->path("new.weir")));
}

void FilesTest::aNameWithoutSuffixDoesNotOverwriteSilently() {
  desk_->write("there.weir", "precious");
  desk_->start();
  desk_->addFilter();
  test::Next<QMessageBox> question(test::pressing(QMessageBox::No));
  test::Next<QFileDialog> dialog(test::typing(desk_->path("there")));
  desk_->key(Qt::Key_S, Qt::ControlModifier);
  QVERIFY(question.came());
  QCOMPARE(desk_->read("there.weir"), "precious");
}

void FilesTest::savingIsOfferedOnlyForWhatChanged() {
  desk_->start({desk_->writeTopology("a.weir")});
  QVERIFY(!desk_->command("file.save").isEnabled());
  desk_->addFilter();
  QVERIFY(desk_->command("file.save").isEnabled());
  desk_->key(Qt::Key_S, Qt::ControlModifier);
  QVERIFY(!desk_->command("file.save").isEnabled());
  desk_->key(Qt::Key_Z, Qt::ControlModifier);
  QVERIFY(desk_->command("file.save").isEnabled());
}

void FilesTest::saveAsGoesOnInTheOtherFile() {
  const QString a = desk_->writeTopology("a.weir");
  desk_->start({a});
  const QByteArray before = desk_->read("a.weir");
  desk_->addFilter();
  QString asked;
  test::Next<QMessageBox> question(test::pressing(QMessageBox::No, &asked));
  test::Next<QFileDialog> dialog(test::typing(desk_->path("b.weir")));
  desk_->key(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
  QVERIFY2(!question.came(), qPrintable(asked));
  QCOMPARE(desk_->titles(), QStringList("b.weir"));
  QCOMPARE(desk_->read("a.weir"), before);
  desk_->addFilter();
  desk_->key(Qt::Key_S, Qt::ControlModifier);
  QCOMPARE(desk_->read("b.weir").count("\"std.filter\""), 3);
}

void FilesTest::whatCannotBeSavedIsSaid() {
  desk_->start();
  desk_->addFilter();
  desk_->write("file", "");
  QVERIFY(!desk_->page().topology().file().saveAs(desk_->path("file/a.weir"), {}).ok());
  test::Next<QFileDialog> dialog(test::typing("/proc/a.weir"));
  desk_->key(Qt::Key_S, Qt::ControlModifier);
  QVERIFY(desk_->message("save").startsWith("Not saved."));
  QVERIFY(desk_->page().isDirty());
  QCOMPARE(desk_->titles(), QStringList("Untitled"));
}

void FilesTest::whatIsNotUnderstoodIsSaidBeforeItIsLost() {
  desk_->start({desk_->write("a.weir", R"({ "weir": 1, "name": "t", "colour": "red", "nodes": [], "edges": [] })")});
  QVERIFY2(desk_->message("form").contains("colour"), qPrintable(desk_->message("form")));
}

void FilesTest::linesThatAreNotCanonicalAreCounted() {
  QByteArray text = desk_->read(QFileInfo(desk_->writeTopology("a.weir")).fileName());
  text.replace("\"nodes\": [", "\"nodes\":  [").replace("  \"layout\"", "    \"layout\"");
  desk_->start({desk_->write("a.weir", text)});
  QTRY_VERIFY2(desk_->message("canonical").contains(" 2 line"), qPrintable(desk_->message("canonical")));
  desk_->addFilter();
  desk_->key(Qt::Key_S, Qt::ControlModifier);
  QVERIFY(desk_->message("canonical").isEmpty());
}

void FilesTest::savingNamesTheTopology() {
  desk_->start();
  desk_->addFilter();
  saveAs("my orders.weir");
  QCOMPARE(name(), "my_orders");
  QVERIFY(desk_->read("my orders.weir").contains("\"name\": \"my_orders\""));
  QVERIFY(!desk_->page().isDirty());
  desk_->canvas().setFocus();
  desk_->key(Qt::Key_Z, Qt::ControlModifier);
  QCOMPARE(name(), "untitled");
  QVERIFY(desk_->page().isDirty());
}

void FilesTest::aNameThatWasChosenStays() {
  desk_->start();
  desk_->addFilter();
  desk_->page().document().apply(
      *setValue(desk_->page().document().topology(), {}, "name", weir::json::Value::text("chosen")));
  QCOMPARE(desk_->titles(), QStringList("chosen"));
  saveAs("a.weir");
  QCOMPARE(name(), "chosen");
  saveAs("b.weir");
  QCOMPARE(name(), "chosen");
}

void FilesTest::aCopyUnderAnotherNameHasThatName() {
  desk_->start();
  pointer::click(desk_->card("orders"));
  saveAs("mine.weir");
  QCOMPARE(name(), "mine");
  saveAs("other.weir");
  QCOMPARE(name(), "other");
  QVERIFY(desk_->read("mine.weir").contains("\"name\": \"mine\""));
}

void FilesTest::aNameThatIsOpenIsNotTakenTwice() {
  desk_->start({desk_->writeTopology("a.weir"), desk_->writeTopology("b.weir")});
  const QByteArray before = desk_->read("a.weir");
  desk_->addFilter();
  test::Next<QMessageBox> question(test::pressing(QMessageBox::Yes));
  saveAs("a.weir");
  QVERIFY2(desk_->message("save").contains("a.weir is open already"), qPrintable(desk_->message("save")));
  QCOMPARE(desk_->read("a.weir"), before);
  QCOMPARE(desk_->titles(), QStringList({"a.weir", "b.weir"}));
}

void FilesTest::undoSaysWhatItTakesBack() {
  desk_->start();
  QCOMPARE(desk_->command("edit.undo").text(), "&Undo");
  QVERIFY(!desk_->command("edit.undo").isEnabled());
  desk_->addFilter();
  const QString label = desk_->page().document().undoLabel();
  QVERIFY(!label.isEmpty());
  QCOMPARE(desk_->command("edit.undo").text(), "&Undo: " + label);
  desk_->key(Qt::Key_Z, Qt::ControlModifier);
  QCOMPARE(desk_->command("edit.undo").text(), "&Undo");
  QCOMPARE(desk_->command("edit.redo").text(), "&Redo: " + label);
}

WEIR_TEST(FilesTest)
#include "files_test.moc"
