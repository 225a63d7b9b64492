// Files of data become sources, with what `weir infer` says of them.
#include <QLabel>
#include <QMimeData>
#include <QPushButton>

#include "designer/model/edits/paths.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/ui/panels/fields/line_fields.hpp"
#include "designer/ui/panels/inspector/inspector_panel.hpp"
#include "designer/ui/shell/documents/empty_state.hpp"
#include "designer/ui/widgets/card_button.hpp"
#include "designer/ui/workbench/tests/desk.hpp"
#include "tests/pointer/pointer.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

namespace {

constexpr const char* kInferred =
    R"({"format":"json.json","schema":[{"name":"region","type":"string","nullable":false},{"name":"ts","type":"timestamp"}],)"
    R"("event_times":[{"field":"ms","usable":false},{"field":"ts","usable":true,"disorder":"5s"}],"problems":[]})";

}  // namespace

class DataTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void cleanup() { desk_.reset(); }

  void aFileThatIsDroppedBecomesASource();
  void severalFilesStandBelowEachOtherAndAreOneStep();
  void whatIsSaidOfAFileGoesWithItsSource();
  void aFileIsChosenFromTheEmptyWindow();
  void whatIsOddAboutAFileIsSaid();
  void aFileThatCannotBeUnderstoodIsASourceAllTheSame();
  void otherEventTimesAreOfferedWithTheirDisorder();
  void aPathThatIsTypedFillsAnEmptySource();
  void aFileThatIsChosenForASourceIsOneStep();
  void columnsThatAreThereAreReplacedOnlyWhenAsked();

 private:
  // A file of data of which the runner says that.
  QString data(const QString& name, const QByteArray& inferred = kInferred) const;
  void drop(const QStringList& files);
  Document& document() { return desk_->page().document(); }
  std::size_t nodes() { return document().topology().nodes.size(); }
  std::string value(const std::string& node, const std::string& path) {
    const weir::json::Value found = valueAt(document().topology(), node, path);
    return found.isText() ? found.asText() : weir::json::write(found);
  }
  LineEdit& pathLine();

  std::unique_ptr<test::Desk> desk_;
};

void DataTest::init() {
  desk_ = std::make_unique<test::Desk>();
  desk_->start();
}

QString DataTest::data(const QString& name, const QByteArray& inferred) const {
  desk_->write(name + ".inferred", inferred);
  return desk_->write(name, "{}\n");
}

void DataTest::drop(const QStringList& files) {
  QMimeData mime;
  QList<QUrl> urls;
  for (const QString& file : files) urls += QUrl::fromLocalFile(file);
  mime.setUrls(urls);
  QWidget* const viewport = desk_->canvas().viewport();
  const QPoint at = viewport->rect().center();
  QDragEnterEvent enter(at, Qt::CopyAction, &mime, Qt::LeftButton, {});
  QApplication::sendEvent(viewport, &enter);
  QVERIFY(enter.isAccepted());
  QDragMoveEvent move(at, Qt::CopyAction, &mime, Qt::LeftButton, {});
  QApplication::sendEvent(viewport, &move);
  QDropEvent drop(at, Qt::CopyAction, &mime, Qt::LeftButton, {});
  QApplication::sendEvent(viewport, &drop);
}

LineEdit& DataTest::pathLine() {
  InspectorPanel& inspector = *desk_->window().findChild<InspectorPanel*>();
  return *inspector.fields().boxOf("params.path")->findChild<LineEdit*>();
}

void DataTest::aFileThatIsDroppedBecomesASource() {
  drop({data("departures-2013.ndjson")});
  QTRY_COMPARE_WITH_TIMEOUT(nodes(), std::size_t{1}, kPatience);
  const std::string id = document().topology().nodes.front()->id.value;
  QCOMPARE(id, std::string("departures-2013"));
  QCOMPARE(value(id, "use"), std::string("file.source"));
  QCOMPARE(value(id, "params.path"), desk_->path("departures-2013.ndjson").toStdString());
  QCOMPARE(value(id, "params.format"), std::string("json.json"));
  QCOMPARE(value(id, "params.schema.1.type"), std::string("timestamp"));
  QCOMPARE(value(id, "params.event_time"), std::string(R"({"field":"ts","disorder":"5s"})"));
  QCOMPARE(document().selection(), Selection{id});
  QVERIFY(document().undo());
  QVERIFY(document().topology().nodes.empty());
  QVERIFY(document().undoLabel().isEmpty());
}

void DataTest::severalFilesStandBelowEachOtherAndAreOneStep() {
  drop({data("a.ndjson"), data("b.ndjson")});
  QTRY_COMPARE_WITH_TIMEOUT(nodes(), std::size_t{2}, kPatience);
  const auto a = positionOf(document().topology(), "a");
  const auto b = positionOf(document().topology(), "b");
  QVERIFY(a && b);
  QVERIFY(b->y > a->y + 72);
  QCOMPARE(a->x, b->x);
  QCOMPARE(document().selection(), (Selection{"a", "b"}));
  QVERIFY(document().undo());
  QCOMPARE(nodes(), std::size_t{0});
}

void DataTest::whatIsSaidOfAFileGoesWithItsSource() {
  drop({data("rows.ndjson", R"({"format":"json.json","schema":[],"event_times":[
      {"field":"planned","usable":true,"disorder":"0s"},{"field":"left","usable":true,"disorder":"5h"}],
      "problems":[{"line":3,"message":"It is a list."}]})")});
  QTRY_COMPARE_WITH_TIMEOUT(nodes(), std::size_t{1}, kPatience);
  QVERIFY(!desk_->message("data").isEmpty());
  QVERIFY(!desk_->message("times").isEmpty());
  QVERIFY(document().undo());
  QVERIFY(desk_->message("data").isEmpty());
  QVERIFY(desk_->message("times").isEmpty());
}

void DataTest::aFileIsChosenFromTheEmptyWindow() {
  const QString file = data("orders.ndjson");
  test::Next<QFileDialog> dialog(test::typing(file));
  auto* const empty = desk_->window().findChild<EmptyState*>();
  QVERIFY(empty != nullptr);
  pointer::click(*empty->cards()[1]);
  QVERIFY(dialog.came());
  QTRY_COMPARE_WITH_TIMEOUT(nodes(), std::size_t{1}, kPatience);
}

void DataTest::whatIsOddAboutAFileIsSaid() {
  drop({data(
      "rows.ndjson",
      R"({"format":"json.json","schema":[],"event_times":[],"problems":[{"line":3,"message":"It is a list."}]})")});
  QTRY_COMPARE_WITH_TIMEOUT(desk_->message("data"), QString("rows.ndjson: Line 3: It is a list."), kPatience);
}

void DataTest::aFileThatCannotBeUnderstoodIsASourceAllTheSame() {
  desk_->write("rows.ndjson", "a;b\n");  // the runner fails
  drop({desk_->path("rows.ndjson")});
  QTRY_COMPARE_WITH_TIMEOUT(nodes(), std::size_t{1}, kPatience);
  QCOMPARE(value("rows", "params.path"), desk_->path("rows.ndjson").toStdString());
  QCOMPARE(desk_->message("data"), QString("rows.ndjson: it holds no rows"));
}

void DataTest::otherEventTimesAreOfferedWithTheirDisorder() {
  drop({data("rows.ndjson", R"({"format":"json.json","schema":[],"event_times":[
      {"field":"planned","usable":true,"disorder":"0s"},{"field":"left","usable":true,"disorder":"5h"}],"problems":[]})")});
  QTRY_COMPARE_WITH_TIMEOUT(nodes(), std::size_t{1}, kPatience);
  QCOMPARE(value("rows", "params.event_time.field"), std::string("planned"));
  QCOMPARE(desk_->message("times"), QString("The event time is planned, at most 0s out of order."));
  desk_->pressInBar("times", "Take left (at most 5h)");
  QCOMPARE(value("rows", "params.event_time"), std::string(R"({"field":"left","disorder":"5h"})"));
  QVERIFY(desk_->message("times").isEmpty());
}

void DataTest::aPathThatIsTypedFillsAnEmptySource() {
  const QString file = data("orders.ndjson");
  document().apply(addNode(document().topology(), "file.source", {}));
  LineEdit& line = pathLine();
  line.setFocus();
  QTest::keyClicks(&line, file);
  QTest::keyClick(&line, Qt::Key_Return);
  QTRY_COMPARE_WITH_TIMEOUT(value("source", "params.event_time.field"), std::string("ts"), kPatience);
  QCOMPARE(value("source", "params.schema.0.name"), std::string("region"));
}

void DataTest::aFileThatIsChosenForASourceIsOneStep() {
  const QString file = data("orders.ndjson");
  document().apply(addNode(document().topology(), "file.source", {}));
  test::Next<QFileDialog> dialog(test::typing(file));
  pathLine().actions().last()->trigger();
  QVERIFY(dialog.came());
  QTRY_COMPARE_WITH_TIMEOUT(value("source", "params.event_time.field"), std::string("ts"), kPatience);
  QCOMPARE(value("source", "params.path"), file.toStdString());
  QVERIFY(document().undo());
  QCOMPARE(weir::json::write(document().topology().nodes.front()->params), std::string("{}"));
}

void DataTest::columnsThatAreThereAreReplacedOnlyWhenAsked() {
  drop({data("orders.ndjson")});
  QTRY_COMPARE_WITH_TIMEOUT(nodes(), std::size_t{1}, kPatience);
  const QString other =
      data("others.ndjson",
           R"({"format":"json.json","schema":[{"name":"city","type":"string"}],"event_times":[],"problems":[]})");
  LineEdit& line = pathLine();
  line.setFocus();
  line.selectAll();
  QTest::keyClicks(&line, other);
  QTest::keyClick(&line, Qt::Key_Return);
  QTRY_COMPARE_WITH_TIMEOUT(desk_->message("columns"), QString("others.ndjson has other columns than the source says."),
                            kPatience);
  QCOMPARE(value("orders", "params.schema.0.name"), std::string("region"));
  desk_->pressInBar("columns", "Take its columns");
  QCOMPARE(value("orders", "params.schema.0.name"), std::string("city"));
  QCOMPARE(value("orders", "params.event_time"), std::string("null"));
}

WEIR_TEST(DataTest)
#include "data_test.moc"
