// Templates of one's own: made of what is selected, found everywhere, added as a fragment.
#include <QAction>
#include <QDropEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>

#include "designer/model/edits/edits.hpp"
#include "designer/ui/panels/palette/palette_panel.hpp"
#include "designer/ui/shell/commands/command_field.hpp"
#include "designer/ui/workbench/template_dialog.hpp"
#include "designer/ui/workbench/template_work.hpp"
#include "designer/ui/workbench/tests/desk.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;
using weir::designer::test::Desk;
using weir::designer::test::Next;

class TemplatesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatIsSelectedBecomesATemplate();
  void aNameThatIsTakenIsRefusedInTheDialog();
  void enterInThePaletteAddsIt();
  void itIsDroppedIntoAGroup();
  void theListOfCommandsHasIt();
  void theStartPageHasIt();
  void aBrokenFileIsSeenWithItsError();
  void deletingAsksFirst();

 private:
  // With a template "Both" of two filters in a row.
  static void makeTemplate(Desk& desk) {
    desk.addFilter();
    desk.addFilter();
    desk.canvas().document().select({});
    save(desk, "Both");
  }
  static void save(Desk& desk, const QString& name) {
    const Next<TemplateDialog> next([&](TemplateDialog& dialog) {
      dialog.name().setText(name);
      dialog.description().setText("Two in a row");
      QTest::keyClick(&dialog.name(), Qt::Key_Return);
    });
    desk.command("file.saveAsTemplate").trigger();
    QVERIFY(next.came());
  }
  static QString fileOf(Desk& desk) { return desk.services().templates.all()[0].file; }
  static PalettePanel& palette(Desk& desk) { return *desk.window().findChild<PalettePanel*>(); }
};

void TemplatesTest::whatIsSelectedBecomesATemplate() {
  Desk desk;
  desk.start();
  desk.addFilter();
  desk.addFilter();
  desk.canvas().document().select({"filter"});
  save(desk, "One");
  QCOMPARE(desk.services().templates.all().size(), std::size_t{1});
  QVERIFY(desk.read("templates/One.weir").contains("\"filter\""));
  QVERIFY(!desk.read("templates/One.weir").contains("\"filter_2\""));
  desk.canvas().document().select({});
  save(desk, "All");
  QVERIFY(desk.read("templates/All.weir").contains("\"filter_2\""));
}

void TemplatesTest::aNameThatIsTakenIsRefusedInTheDialog() {
  Desk desk;
  desk.start();
  makeTemplate(desk);
  QString refusal;
  const Next<TemplateDialog> next([&](TemplateDialog& dialog) {
    dialog.name().setText("Both");
    QTest::keyClick(&dialog.name(), Qt::Key_Return);
    refusal = dialog.refusal();
    QVERIFY(dialog.isVisible());
  });
  desk.command("file.saveAsTemplate").trigger();
  QCOMPARE(refusal, QString("There is a template of that name."));
}

void TemplatesTest::enterInThePaletteAddsIt() {
  Desk desk;
  desk.start();
  makeTemplate(desk);
  palette(desk).search();
  QTest::keyClicks(&palette(desk).searchField(), "both");
  QTest::keyClick(&palette(desk).searchField(), Qt::Key_Return);
  const weir::topology::Topology& now = desk.canvas().document().topology();
  QCOMPARE(now.nodes.size(), std::size_t{4});
  QVERIFY(isThere(now, "filter_3") && isThere(now, "filter_2_2"));
  QVERIFY(isThere(now, "filter_3.out -> filter_2_2.in"));
  for (const char* const added : {"filter_3", "filter_2_2"}) {
    for (const char* const other : {"filter", "filter_2"}) {
      QVERIFY(!desk.canvas().placed().rectOf(added)->intersects(*desk.canvas().placed().rectOf(other)));
    }
  }
  QCOMPARE(desk.canvas().document().undoLabel(), QString("Add “Both”"));
}

void TemplatesTest::itIsDroppedIntoAGroup() {
  Desk desk;
  desk.start();
  makeTemplate(desk);
  Document& document = desk.canvas().document();
  document.apply(group(document.topology(), {"filter", "filter_2"}, "Here"));
  const QRectF frame = *desk.canvas().placed().rectOf("group");
  const QPoint at = desk.canvas().mapFromScene(frame.topLeft() + QPointF(20, 20));
  QMimeData data;
  data.setData(kTemplateMimeType, fileOf(desk).toUtf8());
  QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, {});
  QApplication::sendEvent(desk.canvas().viewport(), &enter);
  QVERIFY(enter.isAccepted());
  QDragMoveEvent move(at, Qt::CopyAction, &data, Qt::LeftButton, {});
  QApplication::sendEvent(desk.canvas().viewport(), &move);
  QCOMPARE(desk.canvas().canvasScene().look().target, std::string("group"));
  QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, {});
  QApplication::sendEvent(desk.canvas().viewport(), &drop);
  QCOMPARE(groupOf(document.topology(), "filter_3"), std::string("group"));
  QVERIFY(desk.canvas().canvasScene().look().target.empty());
}

void TemplatesTest::theListOfCommandsHasIt() {
  Desk desk;
  desk.start();
  makeTemplate(desk);
  desk.activate(0);
  CommandField& field = desk.window().commandField();
  field.begin();
  QTest::keyClicks(&field, "add template both");
  QTest::keyClick(&field, Qt::Key_Return);
  QCOMPARE(desk.canvas().document().topology().nodes.size(), std::size_t{4});
}

void TemplatesTest::theStartPageHasIt() {
  Desk desk;
  desk.start();
  makeTemplate(desk);
  desk.command("file.new").trigger();
  QCoreApplication::processEvents();  // the pages hear of the template
  CardButton& card = desk.card("Start from a template");
  pointer::click(card);
  QTRY_VERIFY(card.findChild<QMenu*>() != nullptr);
  QAction* own = nullptr;
  bool headed = false;
  for (QAction* const action : card.findChild<QMenu*>()->actions()) {
    headed = headed || (action->isSeparator() && action->text() == "Own");
    if (action->text() == "Both") own = action;
  }
  QVERIFY(headed && own != nullptr);
  own->trigger();
  QCOMPARE(desk.canvas().document().topology().nodes.size(), std::size_t{2});
  QCOMPARE(desk.page().title(), QString("Both"));
}

void TemplatesTest::aBrokenFileIsSeenWithItsError() {
  Desk desk;
  QVERIFY(QDir().mkpath(desk.path("templates")));
  desk.write("templates/Broken.weir", "{ \"weir\": 1,");
  desk.services().templates.setFolder(desk.path("templates"));
  desk.start();
  desk.addFilter();
  palette(desk).search();
  QTest::keyClicks(&palette(desk).searchField(), "broken");
  const QModelIndex row = palette(desk).list().model()->index(0, 0);
  QCOMPARE(row.data().toString(), QString("Broken"));
  QVERIFY(!row.data(Qt::ToolTipRole).toString().isEmpty());
  QTest::keyClick(&palette(desk).searchField(), Qt::Key_Return);
  QCOMPARE(desk.canvas().document().topology().nodes.size(), std::size_t{1});
}

void TemplatesTest::deletingAsksFirst() {
  Desk desk;
  desk.start();
  makeTemplate(desk);
  auto* const work = desk.workbench().findChild<TemplateWork*>();
  {
    const Next<QMessageBox> keep(test::pressing(QMessageBox::Cancel));
    work->remove(fileOf(desk));
  }
  QCOMPARE(desk.services().templates.all().size(), std::size_t{1});
  const Next<QMessageBox> gone(test::pressing(QMessageBox::Yes));
  work->remove(fileOf(desk));
  QVERIFY(desk.services().templates.all().empty());
  QVERIFY(!QFile::exists(desk.path("templates/Both.weir")));
}

WEIR_TEST(TemplatesTest)
#include "templates_test.moc"
