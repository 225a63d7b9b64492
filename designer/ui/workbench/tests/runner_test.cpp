// Without a runner, with another one, and with plugins that are missing.
#include <QAction>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>

#include "designer/model/tests/patience.hpp"
#include "designer/ui/panels/inspector/inspector_panel.hpp"
#include "designer/ui/panels/lists/problems_panel.hpp"
#include "designer/ui/panels/tests/scene.hpp"
#include "designer/ui/shell/commands/command_field.hpp"
#include "designer/ui/shell/settings/settings_dialog.hpp"
#include "designer/ui/workbench/tests/desk.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;
using test::Desk;

class RunnerTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aMissingRunnerIsSaid();
  void aMissingRunnerIsSaidOnWhatIsOpenedLater();
  void theRunnerCanBeLocated();
  void everyWindowHearsThatTheRunnerIsThere();
  void anotherRunnerInTheSettingsIsAskedAtOnce();
  void whoTypesWhenPluginsComeKeepsTheKeys();
  void theSettingsShowWhereTheRunnerIs();
  void aNodeOfAMissingPluginIsHatched();
  void aNodeOfAMissingPluginIsSavedByteForByte();
  void aClickOnAProblemShowsItsNodeAndField();
};

void RunnerTest::aMissingRunnerIsSaid() {
  Desk desk(Desk::Runner::Missing);
  desk.start();
  QVERIFY2(desk.message("runner").contains("was not found"), qPrintable(desk.message("runner")));
}

void RunnerTest::aMissingRunnerIsSaidOnWhatIsOpenedLater() {
  Desk desk(Desk::Runner::Missing);
  desk.start();
  desk.workbench().openPath(desk.writeTopology("a.weir"));
  QCOMPARE(desk.titles(), QStringList("a.weir"));
  QVERIFY(!desk.message("runner").isEmpty());
}

void RunnerTest::theRunnerCanBeLocated() {
  Desk desk(Desk::Runner::Missing);
  desk.start();
  test::writeRunner(desk.path("elsewhere"));
  QSignalSpy loaded(&desk.services().catalog, &CatalogService::loaded);
  test::Next<QFileDialog> dialog(test::typing(desk.path("elsewhere")));
  desk.pressInBar("runner", "Locate…");
  QVERIFY(dialog.came());
  QTRY_COMPARE(loaded.count(), 1);
  QVERIFY(desk.message("runner").isEmpty());
  QCOMPARE(desk.settings().weirPath(), desk.path("elsewhere"));
  desk.addFilter();
  QCOMPARE(desk.page().document().topology().nodes.size(), std::size_t{1});
}

void RunnerTest::everyWindowHearsThatTheRunnerIsThere() {
  Desk desk(Desk::Runner::Missing);
  desk.start();
  desk.key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
  desk.workbench().openPath(desk.writeTopology("a.weir"));
  test::writeRunner(desk.path("elsewhere"));
  desk.settings().setWeirPath(desk.path("elsewhere"));
  QTRY_VERIFY(desk.message("runner", 0).isEmpty());
  QVERIFY(desk.message("runner", 1).isEmpty());
}

void RunnerTest::anotherRunnerInTheSettingsIsAskedAtOnce() {
  Desk desk;
  desk.start();
  test::writeRunner(desk.path("other"));
  QSignalSpy loaded(&desk.services().catalog, &CatalogService::loaded);
  desk.settings().setWeirPath(desk.path("other"));
  QTRY_COMPARE(loaded.count(), 1);
  QCOMPARE(desk.services().catalog.runner(), desk.path("other"));
}

void RunnerTest::whoTypesWhenPluginsComeKeepsTheKeys() {
  Desk desk;
  desk.start();
  CatalogService& catalog = desk.services().catalog;
  QSignalSpy loaded(&catalog, &CatalogService::loaded);
  desk.window().commandField().setFocus();
  catalog.load(findRunner(desk.settings().weirPath(), desk.services().besideFolder));
  QTRY_COMPARE(loaded.count(), 1);
  QVERIFY(desk.window().commandField().hasFocus());
}

void RunnerTest::theSettingsShowWhereTheRunnerIs() {
  Desk desk;
  desk.start();
  desk.key(Qt::Key_Comma, Qt::ControlModifier);
  const auto* const dialog = desk.window().findChild<SettingsDialog*>();
  QVERIFY(dialog != nullptr && dialog->isVisible());
  QCOMPARE(dialog->findChild<QLineEdit*>()->placeholderText(), desk.path("weir"));
}

namespace {

const char* const kForeign = R"({
  "weir": 1,
  "name": "t",
  "nodes": [
    {
      "id": "far",
      "use": "moon.locate",
      "params": {
        "zeta": 1.50,
        "alpha": [ "a", { "b": null } ],
        "text": "\u00e4 \" 1e5"
      }
    }
  ]
}
)";

}  // namespace

void RunnerTest::aNodeOfAMissingPluginIsHatched() {
  Desk desk;
  desk.start({desk.write("a.weir", kForeign)});
  desk.addFilter();
  QCOMPARE(desk.canvas().placed().node("far")->picture->badge, weir::drawing::Badge::Missing);
  QVERIFY(desk.canvas().placed().node("filter")->picture->badge != weir::drawing::Badge::Missing);
}

void RunnerTest::aNodeOfAMissingPluginIsSavedByteForByte() {
  Desk desk;
  desk.start({desk.write("a.weir", kForeign)});
  const auto params = [&] {
    const QByteArray text = desk.read("a.weir");
    const auto from = text.indexOf("\"params\"");
    return text.mid(from, text.indexOf("\n    }", from) - from);
  };
  // Once in the words of the canonical form: from then on nothing touches them.
  desk.addFilter();
  desk.key(Qt::Key_S, Qt::ControlModifier);
  const QByteArray before = params();
  for (const char* const value : {"1.50", "\"zeta\"", "\"alpha\"", "null"}) QVERIFY2(before.contains(value), before);
  QVERIFY(before.indexOf("zeta") < before.indexOf("alpha"));
  desk.addFilter();
  desk.key(Qt::Key_S, Qt::ControlModifier);
  QCOMPARE(params(), before);
}

void RunnerTest::aClickOnAProblemShowsItsNodeAndField() {
  test::WorkbenchFixture it;
  it.open(test::brokenTopology());
  QTableView& table = it.find<ProblemsPanel>().table();
  const auto rowAbout = [&](const QString& words) {
    for (int row = 0; row < table.model()->rowCount(); ++row) {
      for (int column = 0; column < table.model()->columnCount(); ++column) {
        if (table.model()->index(row, column).data().toString().contains(words)) return row;
      }
    }
    return -1;
  };
  const int row = rowAbout("regoin");
  QVERIFY(row >= 0);
  const QModelIndex index = table.model()->index(row, 0);
  table.scrollTo(index);
  pointer::click(*table.viewport(), table.visualRect(index).center());
  QCOMPARE(it.page().document().selection(), Selection{"per_minute"});
  QCOMPARE(it.page().canvas().current(), "per_minute");
  QWidget* const focus = QApplication::focusWidget();
  QVERIFY(focus != nullptr && it.find<InspectorPanel>().isAncestorOf(focus));
}

WEIR_TEST(RunnerTest)
#include "runner_test.moc"
