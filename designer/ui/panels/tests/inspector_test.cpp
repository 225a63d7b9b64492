// What the inspector shows: of nodes, of several, of the topology; the schema tab and its question.
#include <QCheckBox>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>

#include "designer/model/edits/edits.hpp"
#include "designer/model/edits/paths.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/ui/panels/fields/expression_edit.hpp"
#include "designer/ui/panels/fields/list_field.hpp"
#include "designer/ui/panels/inspector/docs_view.hpp"
#include "designer/ui/panels/inspector/schema_view.hpp"
#include "designer/ui/panels/tests/inspector_fixture.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class InspectorTest : public test::InspectorFixture {
  Q_OBJECT

 private Q_SLOTS:
  void aNodeShowsItsNameIdAndFields();
  void whatASourcesRowsAreIsNotFoldedAway();
  void theFormOfAnotherNodeIsReadFromItsBeginning();
  void nothingSelectedShowsTheTopology();
  void severalSelectedSayWhatTheyHaveInCommon();
  void severalAreEditedAtOnce();
  void severalOfAKindAreTickedAtOnce();
  void severalWithoutSettingsInCommonSaySo();
  void aMissingPluginsParametersAreShownAndKept();
  void problemsLeadToTheirField();
  void theSchemaTabListsPorts();
  void aWireShowsItsColumns();
  void whatWasNeverFilledIsRequired();
  void theSchemaTabAsksForTheEventTime();
  void theDocsTabHasWhatTheManifestSays();
  void notCheckedYetSaysSo();
  void theIdsThatANodeHadAreTakenAwayInOneStep();
};

void InspectorTest::aNodeShowsItsNameIdAndFields() {
  select("per_minute");
  QCOMPARE(panel_->head().name().placeholderText(), QString("Per minute"));
  QCOMPARE(panel_->head().id().text(), QString("per_minute"));
  QCOMPARE(line("params.group_by")->text(), QString("region"));
  QCOMPARE(line("params.size")->text(), QString("1m"));
  QVERIFY(said(*panel_).contains("window.tumbling · plugin window"));
}

void InspectorTest::whatASourcesRowsAreIsNotFoldedAway() {
  select("orders");
  QCoreApplication::processEvents();
  for (const char* path : {"params.format", "params.schema", "params.event_time.field"}) {
    FieldBox* const box = panel_->fields().boxOf(path);
    QVERIFY2(box != nullptr && box->isVisible(), path);
  }
  QVERIFY(panel_->fields().boxOf("params.tasks") == nullptr);  // nobody has to say how many
}

void InspectorTest::theFormOfAnotherNodeIsReadFromItsBeginning() {
  panel_->resize(300, 320);
  select("orders");
  QCoreApplication::processEvents();
  QScrollBar* bar = nullptr;
  for (QScrollArea* const area : panel_->findChildren<QScrollArea*>()) {
    if (area->isVisible()) bar = area->verticalScrollBar();
  }
  QVERIFY(bar != nullptr && bar->maximum() > 50);
  bar->setValue(50);
  select("orders");
  QCOMPARE(bar->value(), 50);
  select("per_minute");
  QCOMPARE(bar->value(), 0);
}

void InspectorTest::nothingSelectedShowsTheTopology() {
  QCOMPARE(panel_->head().title(), QString("Topology"));
  QCOMPARE(line("name")->text(), QString("orders_per_minute_by_region"));
  line("name")->setFocus();
  line("name")->selectAll();
  QTest::keyClicks(line("name"), "sums");
  QCOMPARE(document_->topology().name.value, std::string("sums"));
  QVERIFY(!panel_->tabs().isVisible());
}

void InspectorTest::severalSelectedSayWhatTheyHaveInCommon() {
  document_->select({"orders", "per_minute", "keyed"});
  QCOMPARE(panel_->head().title(), QString("3 nodes selected"));
  document_->select({"orders", "result"});
  QCOMPARE(panel_->head().title(), QString("1 node, 1 topic selected"));
  document_->select({"orders.out -> per_minute.in"});
  QCOMPARE(panel_->head().title(), QString("Wire"));
}

void InspectorTest::severalAreEditedAtOnce() {
  weir::topology::Topology topology = document_->topology();
  topology = addNode(topology, "std.filter", {0, 0}).after;
  topology = addNode(topology, "std.filter", {0, 200}).after;
  topology = setValue(topology, "filter", "params.where", weir::json::Value::text("amount > 1"))->after;
  open(topology);
  document_->select({"filter", "filter_2"});
  QCoreApplication::processEvents();
  auto* const where = panel_->fields().boxOf("params.where")->findChild<ExpressionEdit*>();
  QVERIFY(where->toPlainText().isEmpty());
  QCOMPARE(where->placeholderText(), QString("Several values"));
  QVERIFY(said(*panel_).contains("A change goes to all of them."));
  QVERIFY(panel_->fields().boxOf("doc") == nullptr);
  panel_->editFirst();
  QTRY_VERIFY(where->hasFocus());
  QTest::keyClicks(where, "true");
  for (const char* const id : {"filter", "filter_2"}) {
    QCOMPARE(valueAt(document_->topology(), id, "params.where").asText(), std::string("true"));
  }
  // It is one step.
  QVERIFY(document_->undo());
  QCOMPARE(valueAt(document_->topology(), "filter", "params.where").asText(), std::string("amount > 1"));
  QVERIFY(valueAt(document_->topology(), "filter_2", "params.where").isNull());
}

void InspectorTest::severalOfAKindAreTickedAtOnce() {
  weir::topology::Topology topology = document_->topology();
  topology = addNode(topology, "file.source", {0, 0}).after;
  topology = setValue(topology, "source", "params.follow", weir::json::Value::boolean(true))->after;
  open(topology);
  document_->select({"orders", "source"});
  QCoreApplication::processEvents();
  auto* const follow = panel_->fields().boxOf("params.follow")->findChild<QCheckBox*>();
  QCOMPARE(follow->checkState(), Qt::PartiallyChecked);
  follow->click();
  for (const char* const id : {"orders", "source"}) {
    QVERIFY(valueAt(document_->topology(), id, "params.follow").asBoolean());
  }
  QCOMPARE(follow->checkState(), Qt::Checked);
}

void InspectorTest::severalWithoutSettingsInCommonSaySo() {
  document_->select({"keyed", "result"});
  QVERIFY(said(*panel_).contains("They have no settings in common."));
}

void InspectorTest::aMissingPluginsParametersAreShownAndKept() {
  open(test::brokenTopology());
  const auto before = document_->topology();
  select("locate_city");
  QCOMPARE(line("params.table")->text(), QString("cities.csv"));
  QVERIFY(line("params.table")->isReadOnly());
  QTest::keyClicks(line("params.precision"), "7");
  QVERIFY(document_->topology() == before);
  QVERIFY(said(*panel_).contains("Plugin \"geo\" is not installed; its settings are kept."));
}

void InspectorTest::problemsLeadToTheirField() {
  select("per_minute");
  panel_->tabs().setCurrentIndex(InspectorPanel::kDocs);
  panel_->editField("size");
  QCOMPARE(panel_->tabs().currentIndex(), int(InspectorPanel::kProperties));
  QTRY_VERIFY(line("params.size")->hasFocus());
  panel_->editField("group_by.0");
  QTRY_VERIFY(line("params.group_by")->hasFocus());
  panel_->editField("");
  QTRY_VERIFY(panel_->head().name().hasFocus());
}

void InspectorTest::theSchemaTabListsPorts() {
  select("per_minute");
  panel_->tabs().setCurrentIndex(InspectorPanel::kSchema);
  const QString words = said(panel_->schema());
  QVERIFY2(words.contains("In: in\norder_id\nint64"), qPrintable(words));
  QVERIFY2(words.contains("Out: out\nregion\nstring\nwindow_start\ntimestamp"), qPrintable(words));
  QVERIFY(words.contains("Out: late"));
}

void InspectorTest::aWireShowsItsColumns() {
  select("orders.out -> per_minute.in");
  const QString words = said(*panel_);
  QVERIFY2(words.contains("Columns\norder_id\nint64"), qPrintable(words));
  select("orders");
  QVERIFY(panel_->fields().isVisible());
}

void InspectorTest::whatWasNeverFilledIsRequired() {
  open(test::topologyOf(R"({ "weir": 1, "name": "t", "nodes": [{ "id": "m", "use": "std.filter" }], "edges": [] })"));
  select("m");
  const QString words = said(panel_->fields());
  QVERIFY2(words.contains("Required."), qPrintable(words));
  QVERIFY2(!words.contains("is missing"), qPrintable(words));
}

void InspectorTest::theSchemaTabAsksForTheEventTime() {
  open(test::brokenTopology());
  select("per_minute");
  panel_->tabs().setCurrentIndex(InspectorPanel::kSchema);
  QVERIFY(said(panel_->schema()).contains("Which column says when it happened?"));
  const QList<QPushButton*> buttons = panel_->schema().findChildren<QPushButton*>();
  QCOMPARE(buttons.size(), 2);
  QCOMPARE(buttons[1]->text(), QString("shipped_at of orders"));
  pointer::click(*buttons[1]);
  QCOMPARE(valueAt(document_->topology(), "orders", "params.event_time.field").asText(), std::string("shipped_at"));
  recheck();
  QCoreApplication::processEvents();
  QVERIFY(!said(panel_->schema()).contains("Which column"));
  QVERIFY(document_->undo());
  QVERIFY(valueAt(document_->topology(), "orders", "params.event_time").isNull());
}

void InspectorTest::theDocsTabHasWhatTheManifestSays() {
  select("per_minute");
  panel_->tabs().setCurrentIndex(InspectorPanel::kDocs);
  const QString words = panel_->docs().text().text();
  for (const char* wanted : {"Groups rows by key into windows", "group_by", "One row per key and window.", "late rows",
                             "At least 1ms.", "on_close", "groupByKey"}) {
    QVERIFY2(words.contains(wanted), wanted);
  }
}

void InspectorTest::notCheckedYetSaysSo() {
  panel_->setChecked(nullptr);
  select("per_minute");
  panel_->tabs().setCurrentIndex(InspectorPanel::kSchema);
  QVERIFY(said(panel_->schema()).contains("Not checked yet."));
}

void InspectorTest::theIdsThatANodeHadAreTakenAwayInOneStep() {
  auto renamed = document_->topology();
  renamed = setValue(renamed, "per_minute", "was.0", weir::json::Value::text("counts"))->after;
  open(std::move(renamed));
  select("per_minute");
  const auto box = [&]() -> FieldBox* {
    for (FieldBox* const one : panel_->findChildren<FieldBox*>()) {
      if (one->path() == "was") return one;
    }
    return nullptr;
  };
  QVERIFY(box() != nullptr);
  panel_->editField("was");  // unfolds what it stands in
  QCoreApplication::processEvents();
  QVERIFY(box()->isVisible());
  QVERIFY2(said(*box()).contains("Was"), qPrintable(said(*box())));
  auto* const item = box()->findChild<ListItem*>();
  QVERIFY(item != nullptr);
  QToolButton* remove = nullptr;
  for (QToolButton* const button : item->findChildren<QToolButton*>()) {
    if (button->accessibleName() == "Remove") remove = button;
  }
  QVERIFY(remove != nullptr);
  pointer::click(*remove);
  QVERIFY(document_->topology().node("per_minute")->was.empty());
  QVERIFY(document_->undo());
  QCOMPARE(valueAt(document_->topology(), "per_minute", "was.0").asText(), std::string("counts"));
  QVERIFY(!document_->undo());
}

WEIR_TEST(InspectorTest)
#include "inspector_test.moc"
