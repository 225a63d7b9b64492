// Several windows, and what leaves a topology: the clipboard and pictures.
#include <QAction>
#include <QClipboard>
#include <QImage>
#include <QMimeData>

#include "core/drawing/look/measures.hpp"
#include "designer/model/edits/paths.hpp"
#include "designer/ui/panels/tests/scene.hpp"
#include "designer/ui/workbench/tests/desk.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class WindowsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { desk_ = std::make_unique<test::Desk>(); }
  void cleanup() { desk_.reset(); }

  void aNewWindowHasATopologyOfItsOwn();
  void oneFileInTwoWindowsIsOneDocument();
  void aWindowAsksNothingAboutWhatAnotherOneShows();
  void quittingAsksOnceForAllWindows();
  void quittingThatIsCancelledClosesNothing();
  void whatIsCopiedInOneWindowIsPastedInAnother();
  void anExportedSvgIsAPicture();
  void anExportedPngIsAPicture();
  void aPictureGetsItsSuffix();
  void whatCannotBeExportedIsSaid_data();
  void whatCannotBeExportedIsSaid();
  void anExportThatSucceedsTakesBackWhatWasSaid();
  void aPictureGoesToTheClipboardInBothForms();
  void mermaidGoesToTheClipboard();

 private:
  void exportTo(const QString& command, const QString& path);
  // a.weir, in two windows.
  void openTwice();
  std::unique_ptr<test::Desk> desk_;
};

void WindowsTest::exportTo(const QString& command, const QString& path) {
  test::Next<QFileDialog> dialog(test::typing(path));
  desk_->command(command).trigger();
  QVERIFY(dialog.came());
}

void WindowsTest::aNewWindowHasATopologyOfItsOwn() {
  desk_->start({desk_->writeTopology("a.weir")});
  desk_->key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
  QCOMPARE(desk_->windows().all().size(), 2);
  desk_->activate(1);
  QCOMPARE(desk_->titles(1), QStringList("Untitled"));
  desk_->canvas(1).setFocus();
  desk_->key(Qt::Key_A);
  QTest::keyClicks(QApplication::focusWidget(), "filter");
  desk_->key(Qt::Key_Return);
  QCOMPARE(desk_->page(1).document().topology().nodes.size(), std::size_t{1});
  QVERIFY(desk_->command("edit.undo", 1).isEnabled());
  QVERIFY(!desk_->command("edit.undo", 0).isEnabled());
}

void WindowsTest::openTwice() {
  const QString path = desk_->writeTopology("a.weir");
  desk_->start({path});
  desk_->key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
  desk_->workbench(1).openPath(path);
}

void WindowsTest::oneFileInTwoWindowsIsOneDocument() {
  openTwice();
  QCOMPARE(desk_->titles(0), QStringList("a.weir"));
  QCOMPARE(desk_->titles(1), QStringList("a.weir"));
  desk_->addFilter();
  QCOMPARE(&desk_->page(1).document(), &desk_->page(0).document());
  QVERIFY(desk_->page(1).isDirty());
  QVERIFY(desk_->canvas(1).placed().node("filter") != nullptr);
  desk_->activate(1);
  desk_->canvas(1).setFocus();
  desk_->key(Qt::Key_S, Qt::ControlModifier);
  QVERIFY(!desk_->page(0).isDirty());
}

void WindowsTest::aWindowAsksNothingAboutWhatAnotherOneShows() {
  openTwice();
  desk_->addFilter();
  test::Next<QMessageBox> question(test::pressing(QMessageBox::Cancel));
  const QPointer<MainWindow> second = &desk_->window(1);
  QVERIFY(second->close());
  QVERIFY(!question.came());
  QTRY_VERIFY(second == nullptr);
  QVERIFY(desk_->page(0).isDirty());
  QVERIFY(!desk_->window(0).close());
  QVERIFY(question.came());
}

void WindowsTest::quittingAsksOnceForAllWindows() {
  openTwice();
  desk_->addFilter();
  desk_->workbench(1).openPath(desk_->writeTopology("b.weir"));
  desk_->activate(1);
  desk_->canvas(1).setFocus();
  desk_->key(Qt::Key_A, Qt::ControlModifier);
  desk_->key(Qt::Key_Right, Qt::ControlModifier);
  QString asked;
  std::optional<test::Next<QMessageBox>> again;
  test::Next<QMessageBox> question([&](QMessageBox& box) {
    again.emplace(test::pressing(QMessageBox::Discard));
    asked = box.informativeText();
    pointer::click(*box.button(QMessageBox::Discard));
  });
  desk_->command("file.quit").trigger();
  QVERIFY(question.came());
  QCOMPARE(asked.split('\n'), QStringList({"a.weir: logic and positions", "b.weir: only positions and comments"}));
  QVERIFY(!again->came());
  QTRY_VERIFY(desk_->windows().all().isEmpty());
}

void WindowsTest::quittingThatIsCancelledClosesNothing() {
  openTwice();
  desk_->addFilter();
  test::Next<QMessageBox> question(test::pressing(QMessageBox::Cancel));
  desk_->command("file.quit").trigger();
  QVERIFY(question.came());
  QCOMPARE(desk_->windows().all().size(), 2);
}

void WindowsTest::whatIsCopiedInOneWindowIsPastedInAnother() {
  desk_->start({desk_->writeTopology("a.weir", "amount > 7")});
  desk_->canvas().setFocus();
  desk_->key(Qt::Key_A, Qt::ControlModifier);
  desk_->key(Qt::Key_C, Qt::ControlModifier);
  desk_->key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
  desk_->activate(1);
  desk_->canvas(1).setFocus();
  desk_->key(Qt::Key_V, Qt::ControlModifier);
  QCOMPARE(valueAt(desk_->page(1).document().topology(), "large", "params.where").asText(), "amount > 7");
}

void WindowsTest::anExportedSvgIsAPicture() {
  desk_->start({desk_->writeTopology("a.weir")});
  exportTo("file.exportSvg", desk_->path("a.svg"));
  QVERIFY(desk_->read("a.svg").contains("<svg"));
  QVERIFY(desk_->read("a.svg").contains("@font-face{font-family:Inter;font-weight:600"));
  QVERIFY(desk_->message("export").isEmpty());
}

void WindowsTest::anExportedPngIsAPicture() {
  desk_->start({desk_->writeTopology("a.weir")});
  exportTo("file.exportPng", desk_->path("a.png"));
  const QImage image(desk_->path("a.png"));
  QVERIFY(image.width() > weir::drawing::kNodeWidth);
  // There is something on it.
  QVERIFY(image.pixelColor(image.rect().center()).alpha() > 0);
}

void WindowsTest::aPictureGetsItsSuffix() {
  desk_->start({desk_->writeTopology("a.weir")});
  exportTo("file.exportSvg", desk_->path("b"));
  QVERIFY(desk_->read("b.svg").contains("<svg"));
}

void WindowsTest::whatCannotBeExportedIsSaid_data() {
  QTest::addColumn<QString>("command");
  QTest::addColumn<QString>("path");
  QTest::newRow("svg") << "file.exportSvg"
                       << "/proc/a.svg";
  QTest::newRow("png") << "file.exportPng"
                       << "/proc/a.png";
}

void WindowsTest::whatCannotBeExportedIsSaid() {
  QFETCH(QString, command);
  QFETCH(QString, path);
  desk_->start({desk_->writeTopology("a.weir")});
  exportTo(command, path);
  QVERIFY2(desk_->message("export").startsWith("Not exported. " + path), qPrintable(desk_->message("export")));
}

void WindowsTest::anExportThatSucceedsTakesBackWhatWasSaid() {
  desk_->start({desk_->writeTopology("a.weir")});
  exportTo("file.exportPng", "/proc/a.png");
  QVERIFY(!desk_->message("export").isEmpty());
  exportTo("file.exportPng", desk_->path("a.png"));
  QVERIFY(desk_->message("export").isEmpty());
}

void WindowsTest::aPictureGoesToTheClipboardInBothForms() {
  desk_->start({desk_->writeTopology("a.weir")});
  desk_->command("file.copyPicture").trigger();
  const QMimeData& data = *QApplication::clipboard()->mimeData();
  QVERIFY(data.data("image/svg+xml").contains("amount"));
  QVERIFY(qvariant_cast<QImage>(data.imageData()).width() > 2 * weir::drawing::kNodeWidth);
}

void WindowsTest::mermaidGoesToTheClipboard() {
  desk_->start({desk_->writeTopology("a.weir")});
  desk_->command("file.copyMermaid").trigger();
  QVERIFY2(QApplication::clipboard()->text().startsWith("flowchart"), qPrintable(QApplication::clipboard()->text()));
  QVERIFY2(QApplication::clipboard()->text().contains("amount"), qPrintable(QApplication::clipboard()->text()));
}

WEIR_TEST(WindowsTest)
#include "windows_test.moc"
