// Typing into the inspector with real keys: names, fields, their undo steps, and the errors beside them.
#include <QApplication>
#include <QSignalSpy>

#include "designer/model/edits/edits.hpp"
#include "designer/model/edits/paths.hpp"
#include "designer/ui/panels/tests/inspector_fixture.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class InspectorTypingTest : public test::InspectorFixture {
  Q_OBJECT

 private Q_SLOTS:
  void tabGoesThroughWhatIsSeenFromTopToBottom();
  void whatIsMissingIsFilledInFirst();
  void escLeaves();
  void typingIntoAFieldIsOneStep();
  void leavingAFieldEndsTheStep();
  void enterEndsTheStep();
  void undoOfTheDocumentComesIntoTheField();
  void aFieldThatHasNothingToUndoLeavesItToTheDocument();
  void theNameCanBeChanged();
  void theIdCanBeChangedAndABadOneIsRefused();
  void errorsStandAtTheirField();
  void theTopologysParametersCanBeAdded();
};

void InspectorTypingTest::tabGoesThroughWhatIsSeenFromTopToBottom() {
  for (const char* const id : {"orders", "per_minute", "keyed", "result"}) {
    select(id);
    panel_->head().name().setFocus();
    std::vector<QWidget*> stops;
    while (stops.empty() || QApplication::focusWidget() != stops.front()) {
      stops.push_back(QApplication::focusWidget());
      QTest::keyClick(stops.back(), Qt::Key_Tab);
    }
    QTest::qWait(0);  // until everything has its place
    std::vector<QPoint> places;
    for (QWidget* const stop : stops) {
      // In the content, which scrolls to what has the focus.
      QWidget* const content = panel_->fields().parentWidget();
      const bool inside = content->isAncestorOf(stop);
      places.push_back(stop->mapTo(inside ? content : panel_.get(), stop->rect().center()) +
                       QPoint(0, inside ? panel_->tabs().geometry().bottom() : 0));
    }
    QVERIFY2(stops.size() > 4, id);
    QVERIFY(stops[0] == &panel_->head().name() && stops[1] == &panel_->head().id() && stops[2] == &panel_->tabs());
    for (std::size_t i = 1; i < places.size(); ++i) {
      constexpr int kRow = 12;  // what stands in one row need not have one middle
      const bool below = places[i].y() > places[i - 1].y() - kRow;
      const bool on = places[i].y() > places[i - 1].y() + kRow || places[i].x() > places[i - 1].x();
      QVERIFY2(below && on, qPrintable(QString("%1: stop %2").arg(id).arg(i)));
    }
    QTest::keyClick(stops.front(), Qt::Key_Backtab);
    QCOMPARE(QApplication::focusWidget(), stops.back());
  }
}

void InspectorTypingTest::whatIsMissingIsFilledInFirst() {
  select("per_minute");
  panel_->editFirst();
  QCOMPARE(QApplication::focusWidget(), line("params.group_by"));  // the first one: nothing is missing
  document_->apply(*setValue(document_->topology(), "per_minute", "params.size", {}));
  recheck();
  panel_->editFirst();
  QCOMPARE(QApplication::focusWidget(), line("params.size"));
  open(test::brokenTopology());
  select("per_minute");
  panel_->editFirst();
  QCOMPARE(QApplication::focusWidget(), line("params.group_by"));  // names a column that is not there
}

void InspectorTypingTest::escLeaves() {
  QSignalSpy left(panel_.get(), &InspectorPanel::left);
  select("per_minute");
  panel_->editFirst();
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
  QCOMPARE(left.count(), 1);
  QCOMPARE(valueAt(document_->topology(), "per_minute", "params.size").asText(), std::string("1m"));
}

void InspectorTypingTest::typingIntoAFieldIsOneStep() {
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

void InspectorTypingTest::leavingAFieldEndsTheStep() {
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

void InspectorTypingTest::enterEndsTheStep() {
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

void InspectorTypingTest::undoOfTheDocumentComesIntoTheField() {
  select("per_minute");
  line("params.size")->setFocus();
  line("params.size")->selectAll();
  QTest::keyClicks(line("params.size"), "9m");
  QVERIFY(document_->undo());
  QCOMPARE(line("params.size")->text(), QString("1m"));
}

void InspectorTypingTest::aFieldThatHasNothingToUndoLeavesItToTheDocument() {
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

void InspectorTypingTest::theNameCanBeChanged() {
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

void InspectorTypingTest::theIdCanBeChangedAndABadOneIsRefused() {
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

void InspectorTypingTest::errorsStandAtTheirField() {
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

void InspectorTypingTest::theTopologysParametersCanBeAdded() {
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

WEIR_TEST(InspectorTypingTest)
#include "inspector_typing_test.moc"
