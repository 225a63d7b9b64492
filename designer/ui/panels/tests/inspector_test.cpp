// The inspector with real keys and mouse: names, fields, undo, the schema tab and its question.
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "model/paths.hpp"
#include "scene.hpp"
#include "ui/panels/docs_view.hpp"
#include "ui/panels/inspector_head.hpp"
#include "ui/panels/inspector_panel.hpp"
#include "ui/panels/line_fields.hpp"
#include "ui/panels/schema_view.hpp"
#include "ui/theme/theme.hpp"

using namespace weir::designer;

class InspectorTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void init() { open(test::shipped("orders_per_minute_by_region")); }
  void cleanup();

  void aNodeShowsItsNameIdAndFields();
  void nothingSelectedShowsTheTopology();
  void severalSelectedSayWhatTheyHaveInCommon();
  void typingIntoAFieldIsOneStep();
  void leavingAFieldEndsTheStep();
  void enterEndsTheStep();
  void undoOfTheDocumentComesIntoTheField();
  void aFieldThatHasNothingToUndoLeavesItToTheDocument();
  void theNameCanBeChanged();
  void theIdCanBeChangedAndABadOneIsRefused();
  void errorsStandAtTheirField();
  void aMissingPluginsParametersAreShownAndKept();
  void theTopologysParametersCanBeAdded();
  void problemsLeadToTheirField();
  void theSchemaTabListsPorts();
  void theSchemaTabAsksForTheEventTime();
  void theDocsTabHasWhatTheManifestSays();
  void notCheckedYetSaysSo();

 private:
  void open(weir::topology::Topology topology);
  void select(const std::string& id);
  void recheck() { panel_->setChecked(test::check(document_->topology(), catalog_)); }
  LineEdit* line(const std::string& path) const;
  QString said(QWidget& within) const;

  CatalogRef catalog_ = test::pluginCatalog();
  std::unique_ptr<Document> document_;
  std::unique_ptr<InspectorPanel> panel_;
};

void InspectorTest::open(weir::topology::Topology topology) {
  cleanup();
  document_ = std::make_unique<Document>(std::move(topology));
  panel_ = std::make_unique<InspectorPanel>();
  panel_->setCatalog(catalog_);
  panel_->setDocument(document_.get());
  recheck();
  panel_->resize(shell::kRightDock, shell::kDefaultHeight);
  panel_->show();
  QVERIFY(QTest::qWaitForWindowExposed(panel_.get()));
  panel_->activateWindow();
}

void InspectorTest::cleanup() {
  panel_.reset();
  document_.reset();
}

void InspectorTest::select(const std::string& id) {
  document_->select({id});
  QCoreApplication::processEvents();
}

LineEdit* InspectorTest::line(const std::string& path) const {
  FieldBox* const box = panel_->fields().boxOf(path);
  return box == nullptr ? nullptr : box->findChild<LineEdit*>();
}

QString InspectorTest::said(QWidget& within) const {
  QCoreApplication::processEvents();  // what is new in a layout is shown by the event loop
  QStringList words;
  for (const QLabel* const label : within.findChildren<QLabel*>()) {
    if (label->isVisible()) words.append(label->text());
  }
  return words.join('\n');
}

void InspectorTest::aNodeShowsItsNameIdAndFields() {
  select("per_minute");
  QCOMPARE(panel_->head().name().placeholderText(), QString("Per minute"));
  QCOMPARE(panel_->head().id().text(), QString("per_minute"));
  QCOMPARE(line("params.group_by")->text(), QString("region"));
  QCOMPARE(line("params.size")->text(), QString("1m"));
  QVERIFY(said(*panel_).contains("window.tumbling · plugin window"));
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

void InspectorTest::typingIntoAFieldIsOneStep() {
  select("per_minute");
  const auto before = document_->topology();
  LineEdit* const size = line("params.size");
  size->setFocus();
  size->selectAll();
  QTest::keyClicks(size, "15m");
  QCOMPARE(line("params.size"), size);  // not made anew while somebody types
  QCOMPARE(size->text(), QString("15m"));
  QCOMPARE(valueAt(document_->topology(), "per_minute", "params.size").asText(), std::string("15m"));
  QVERIFY(document_->undo());
  QVERIFY(document_->topology() == before);
}

void InspectorTest::leavingAFieldEndsTheStep() {
  select("per_minute");
  LineEdit* const size = line("params.size");
  size->setFocus();
  QTest::keyClick(size, Qt::Key_End);
  QTest::keyClicks(size, "s");
  line("params.group_by")->setFocus();
  size->setFocus();
  QTest::keyClick(size, Qt::Key_Backspace);
  QVERIFY(document_->undo());
  QCOMPARE(valueAt(document_->topology(), "per_minute", "params.size").asText(), std::string("1ms"));
}

void InspectorTest::enterEndsTheStep() {
  select("per_minute");
  LineEdit* const size = line("params.size");
  size->setFocus();
  size->selectAll();
  QTest::keyClicks(size, "2m");
  QTest::keyClick(size, Qt::Key_Return);
  QTest::keyClick(size, Qt::Key_Backspace);
  QVERIFY(document_->undo());
  QCOMPARE(valueAt(document_->topology(), "per_minute", "params.size").asText(), std::string("2m"));
}

void InspectorTest::undoOfTheDocumentComesIntoTheField() {
  select("per_minute");
  line("params.size")->setFocus();
  line("params.size")->selectAll();
  QTest::keyClicks(line("params.size"), "9m");
  QVERIFY(document_->undo());
  QCOMPARE(line("params.size")->text(), QString("1m"));
}

void InspectorTest::aFieldThatHasNothingToUndoLeavesItToTheDocument() {
  select("per_minute");
  LineEdit* const size = line("params.size");
  size->setFocus();
  const auto takes = [&] {
    QKeyEvent key(QEvent::ShortcutOverride, Qt::Key_Z, Qt::ControlModifier);
    key.ignore();
    QCoreApplication::sendEvent(size, &key);
    return key.isAccepted();
  };
  QVERIFY(!takes());
  QTest::keyClicks(size, "0");
  QVERIFY(takes());
  QTest::keyClick(size, Qt::Key_Z, Qt::ControlModifier);
  QCOMPARE(valueAt(document_->topology(), "per_minute", "params.size").asText(), std::string("1m"));
  QVERIFY(!takes());
}

void InspectorTest::theNameCanBeChanged() {
  select("per_minute");
  panel_->head().name().setFocus();
  QTest::keyClicks(&panel_->head().name(), "Count by region");
  QCOMPARE(document_->topology().node("per_minute")->name.value, std::string("Count by region"));
  QVERIFY(document_->undo());
  QVERIFY(document_->topology().node("per_minute")->name.empty());
  select("result");
  panel_->head().name().setFocus();
  panel_->head().name().selectAll();
  QTest::keyClicks(&panel_->head().name(), "counts");
  QCOMPARE(valueAt(document_->topology(), "result", "topic").asText(), std::string("counts"));
}

void InspectorTest::theIdCanBeChangedAndABadOneIsRefused() {
  select("per_minute");
  LineEdit& id = panel_->head().id();
  id.setFocus();
  id.selectAll();
  QTest::keyClicks(&id, "orders");
  QTest::keyClick(&id, Qt::Key_Return);
  QVERIFY(document_->topology().node("per_minute") != nullptr);
  QVERIFY(said(panel_->head()).contains("taken"));
  id.selectAll();
  QTest::keyClicks(&id, "counts");
  QTest::keyClick(&id, Qt::Key_Return);
  QVERIFY(document_->topology().node("counts") != nullptr);
  QCOMPARE(document_->selection(), Selection{"counts"});
  QVERIFY(!said(panel_->head()).contains("taken"));
}

void InspectorTest::errorsStandAtTheirField() {
  open(test::brokenTopology());
  select("per_minute");
  FieldBox* const box = panel_->fields().boxOf("params.group_by");
  QVERIFY(said(*box).contains("regoin"));
  QVERIFY(line("params.group_by")->property("weirInvalid").toBool());
  QVERIFY(!said(*panel_->fields().boxOf("params.size")).contains("regoin"));
  line("params.group_by")->setFocus();
  line("params.group_by")->selectAll();
  QTest::keyClicks(line("params.group_by"), "region");
  recheck();
  QVERIFY(!said(*box).contains("regoin"));
  QVERIFY(!line("params.group_by")->property("weirInvalid").toBool());
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

void InspectorTest::theTopologysParametersCanBeAdded() {
  FieldBox* const box = panel_->fields().boxOf("params");
  QVERIFY(box != nullptr);
  QCOMPARE(document_->topology().params.size(), std::size_t{1});
  weir::json::Value list = weir::json::Value::list();
  Q_EMIT panel_->fields().edited("params.1.name", weir::json::Value::text("late"));
  Q_EMIT panel_->fields().edited("params.1.type", weir::json::Value::text("duration"));
  QCOMPARE(document_->topology().params.size(), std::size_t{2});
  QCOMPARE(document_->topology().params[1]->name.value, std::string("late"));
  QCOMPARE(document_->topology().params[1]->type.value, std::string("duration"));
  QCOMPARE(document_->topology().params[0]->name.value, std::string("orders"));
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

void InspectorTest::theSchemaTabAsksForTheEventTime() {
  open(test::brokenTopology());
  select("per_minute");
  panel_->tabs().setCurrentIndex(InspectorPanel::kSchema);
  QVERIFY(said(panel_->schema()).contains("Which column says when it happened?"));
  const QList<QPushButton*> buttons = panel_->schema().findChildren<QPushButton*>();
  QCOMPARE(buttons.size(), 2);
  QCOMPARE(buttons[1]->text(), QString("shipped_at of orders"));
  QTest::mouseClick(buttons[1], Qt::LeftButton);
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

QTEST_MAIN(InspectorTest)
#include "inspector_test.moc"
