// Problems are mended with the keyboard alone, in a whole window: F8 leads to one, Alt+Enter mends it in one step, the
// check says that it is gone, and Ctrl+Z brings it back.
#include <QTableView>
#include <algorithm>

#include "core/topology/model/problem_codes.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/model/edits/paths.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/ui/panels/lists/problems_panel.hpp"
#include "designer/ui/panels/tests/scene.hpp"
#include "designer/ui/workbench/tests/workbench_fixture.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;
namespace codes = weir::topology::codes;
namespace json = weir::json;

namespace {

const char* const kColumns =
    R"({ "name": "region", "type": "string" }, { "name": "amount", "type": "string" }, { "name": "ts", "type": "timestamp" })";
const char* const kTime = R"(, "event_time": { "field": "ts" })";
const char* const kWindow =
    R"({ "id": "it", "use": "window.tumbling", "params": { "group_by": ["region"], "size": "1m",
         "aggregates": [{ "name": "orders", "function": "count" }] } })";
const char* const kToIt = R"({ "from": "orders.out", "to": "it.in" })";

// Operators that ours do not have yet: with a store without bound, and with a secret.
const std::vector<std::string> kManifests = {
    R"({ "manifest_version": 1, "plugin": "table", "title": "Tables", "version": "1", "vendor": "x", "licence": "x",
      "operators": [ { "id": "latest", "kind": "processor", "title": "Latest", "category": "State", "icon": "layers",
        "doc": "Keeps the latest row.", "keywords": [], "summary": ["x"], "inputs": [{ "name": "in" }],
        "outputs": [{ "name": "out", "schema": [{ "rule": "pass" }] }],
        "params": [{ "name": "keep", "type": "duration", "title": "Keep" }],
        "stores": [{ "name": "rows", "bound": "param:keep" }], "metrics": [] } ] })",
    R"({ "manifest_version": 1, "plugin": "web", "title": "Web", "version": "1", "vendor": "x", "licence": "x",
      "operators": [ { "id": "post", "kind": "sink", "title": "Post", "category": "Web", "icon": "globe", "doc": "Posts.",
        "keywords": [], "summary": ["x"], "inputs": [{ "name": "in" }], "outputs": [], "stores": [], "metrics": [],
        "params": [{ "name": "token", "type": "text", "secret": true, "required": true, "title": "Token" }] } ] })"};

std::string topology(const std::string& node, const std::string& edge, const char* time = kTime) {
  return R"({ "weir": 1, "name": "t", "nodes": [)" + test::sourceText(kColumns, time) + (node.empty() ? "" : ", ") +
         node + R"(], "edges": [)" + edge + "] }";
}

}  // namespace

class MendingTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { it_ = std::make_unique<test::WorkbenchFixture>(kManifests); }
  void cleanup() { it_.reset(); }

  void aProblemIsMended_data();
  void aProblemIsMended();
  void aColumnThatIsRenamedAtTheSourceIsRenamedDownstreamToo();
  void f8GoesRoundAndSelectsTheNode();

 private:
  Document& document() { return it_->page().document(); }
  std::size_t count(const QString& code);
  // Until the problem with that code is the current one.
  void goTo(const QString& code);
  QString titleOfFix();
  void mendAndBringBack(const QString& code, const QString& title);

  std::unique_ptr<test::WorkbenchFixture> it_;
};

std::size_t MendingTest::count(const QString& code) {
  const auto& problems = it_->page().topology().checked()->problems;
  return static_cast<std::size_t>(std::count_if(
      problems.begin(), problems.end(), [&](const auto& problem) { return problem.code == code.toStdString(); }));
}

QString MendingTest::titleOfFix() {
  const QTableView& table = it_->find<ProblemsPanel>().table();
  return table.model()->index(table.currentIndex().row(), ProblemsModel::kFix).data().toString();
}

void MendingTest::goTo(const QString& code) {
  ProblemsPanel& panel = it_->find<ProblemsPanel>();
  for (int i = 0; i < panel.count(); ++i) {
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F8);
    const QVariant words = panel.table().currentIndex().data(Qt::ToolTipRole);
    if (words.toString().endsWith(code)) return;
  }
  QFAIL(qPrintable("F8 does not lead to " + code));
}

void MendingTest::mendAndBringBack(const QString& code, const QString& title) {
  const auto before = document().topology();
  const QString lastStep = document().undoLabel();
  const std::size_t problems = count(code);
  QVERIFY(problems > 0);
  goTo(code);
  if (QTest::currentTestFailed()) return;
  QVERIFY2(titleOfFix().startsWith(title), qPrintable(titleOfFix()));
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::AltModifier);
  QVERIFY(document().topology() != before);
  QTRY_VERIFY(it_->isChecked());
  QVERIFY(count(code) < problems);
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier);
  QVERIFY(document().topology() == before);
  QCOMPARE(document().undoLabel(), lastStep);
  QTRY_VERIFY(it_->isChecked());
  QCOMPARE(count(code), problems);
}

void MendingTest::aProblemIsMended_data() {
  QTest::addColumn<QString>("text");
  QTest::addColumn<QString>("code");
  QTest::addColumn<QString>("fix");
  const auto row = [](const char* name, const std::string& text, std::string_view code, const char* fix) {
    QTest::newRow(name) << QString::fromStdString(text) << QString::fromUtf8(code.data(), qsizetype(code.size()))
                        << QString::fromUtf8(fix);
  };
  row("closest name of a column",
      topology(R"({ "id": "it", "use": "std.drop", "params": { "fields": ["regoin"] } })", kToIt), codes::kUnknownField,
      "Change to \"region\"");
  row("closest name of an operator",
      topology(R"({ "id": "it", "use": "std.fliter", "params": { "where": "true" } })", kToIt), codes::kUnknownOperator,
      "Change to \"std.filter\"");
  row("dangling wire", topology("", R"({ "from": "orders.out", "to": "gone.in" })"), codes::kUnknownNode,
      "Remove the wire");
  row("missing conversion",
      topology(R"({ "id": "it", "use": "std.filter", "params": { "where": "amount > 100" } })", kToIt),
      codes::kExpression, "Convert: cast(amount as int64)");
  row("event time", topology(kWindow, kToIt, ""), codes::kNoEventTime, "Take \"ts\" of \"orders\" as event time");
  // 32 beside the columns, 24 for each of two texts, 8: 88 bytes, 1,000 times a second.
  row("bound", topology(R"({ "id": "it", "use": "table.latest" })", kToIt), codes::kUnboundedStore,
      "Keep 7d (at 1,000 rows/s about 7.6 GB a day)");
  row("secret", topology(R"({ "id": "it", "use": "web.post", "params": { "token": "abc" } })", kToIt),
      codes::kSecretLiteral, "Take it from the environment: TOKEN");
}

void MendingTest::aProblemIsMended() {
  QFETCH(QString, text);
  QFETCH(QString, code);
  QFETCH(QString, fix);
  it_->open(test::topologyOf(text.toStdString()));
  mendAndBringBack(code, fix);
}

void MendingTest::aColumnThatIsRenamedAtTheSourceIsRenamedDownstreamToo() {
  it_->open(test::topologyOf(topology(
      kWindow + std::string(R"(, { "id": "eu", "use": "std.filter", "params": { "where": "region = 'eu'" } })"),
      kToIt + std::string(R"(, { "from": "orders.out", "to": "eu.in" })"))));
  document().apply(*setValue(document().topology(), "orders", "params.schema.0.name", json::Value::text("area")));
  QTRY_VERIFY(it_->isChecked());
  mendAndBringBack(QString::fromStdString(std::string(codes::kUnknownField)),
                   "Rename \"region\" to \"area\" downstream too (2 nodes)");
  // Both are mended by the one step.
  goTo(QString::fromStdString(std::string(codes::kUnknownField)));
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::AltModifier);
  QTRY_VERIFY(it_->isChecked());
  QCOMPARE(valueAt(document().topology(), "eu", "params.where").asText(), std::string("area = 'eu'"));
  QCOMPARE(valueAt(document().topology(), "it", "params.group_by.0").asText(), std::string("area"));
  QCOMPARE(it_->find<ProblemsPanel>().errors(), 0);
}

void MendingTest::f8GoesRoundAndSelectsTheNode() {
  it_->open(test::brokenTopology());
  ProblemsPanel& panel = it_->find<ProblemsPanel>();
  QVERIFY(panel.count() > 2);
  Selection seen;
  for (int i = 0; i < panel.count(); ++i) {
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F8);
    QCOMPARE(panel.table().currentIndex().row(), i);
    const Selection& now = document().selection();
    seen.insert(now.begin(), now.end());
  }
  for (const char* id : {"per_minute", "large", "locate_city"}) QVERIFY2(seen.contains(id), id);
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_F8);
  QCOMPARE(panel.table().currentIndex().row(), 0);
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_F8, Qt::ShiftModifier);
  QCOMPARE(panel.table().currentIndex().row(), panel.count() - 1);
}

WEIR_TEST(MendingTest)
#include "mending_test.moc"
