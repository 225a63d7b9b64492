// What is offered has been tried, and examples hold where they are offered.
#include <algorithm>

#include "core/topology/model/problem_codes.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/model/edits/paths.hpp"
#include "designer/ui/panels/tests/fixes_fixture.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;
using test::kColumns;
using test::topologyText;
namespace codes = weir::topology::codes;

class FixCheckTest : public test::FixesFixture {
  Q_OBJECT

 private Q_SLOTS:
  void anExampleNamesAColumnThatComesIn();
  void noExampleIsOfferedWhereNoColumnIsKnown();
  void twoSinksAreGivenTwoFiles();
  void aFixThatMakesAnErrorIsNotOffered();
  void whatAFixBringsToLightIsNotItsFault();
};

void FixCheckTest::anExampleNamesAColumnThatComesIn() {
  const std::string columns = R"({ "name": "carrier", "type": "string" }, { "name": "delay", "type": "int64" })";
  const auto with = [&](const std::string& node) {
    return test::topologyOf(
        topologyText(test::sourceText(columns) + "," + node, R"({ "from": "orders.out", "to": "m.in" })"));
  };
  fix(with(R"({ "id": "m", "use": "std.filter" })"), codes::kMissingParameter, "Add an example");
  QCOMPARE(QString::fromStdString(valueAt(after_, "m", "params.where").asText()), QString("carrier is not null"));
  QVERIFY(!has(after_, codes::kExpression));
  fix(with(R"({ "id": "m", "use": "std.drop" })"), codes::kMissingParameter, "Add an example: [\"carrier\"]");
  QVERIFY(!has(after_, codes::kUnknownField));
  fix(with(R"({ "id": "m", "use": "std.select" })"), codes::kMissingParameter, "Add an example");
  QVERIFY(!has(after_, codes::kExpression));
  QVERIFY(!has(after_, codes::kMissingParameter));
}

void FixCheckTest::noExampleIsOfferedWhereNoColumnIsKnown() {
  const auto topology = test::topologyOf(topologyText(R"({ "id": "m", "use": "std.filter" })", ""));
  const Checked checked = test::check(topology, catalog_);
  for (const auto& problem : checked->problems) QVERIFY(fixesFor(problem, topology, *catalog_, *checked).empty());
}

void FixCheckTest::twoSinksAreGivenTwoFiles() {
  const std::string sinks = R"({ "id": "eu", "use": "file.sink" }, { "id": "us", "use": "file.sink" })";
  const auto topology = test::topologyOf(
      topologyText(test::sourceText(kColumns) + "," + sinks,
                   R"({ "from": "orders.out", "to": "eu.in" }, { "from": "orders.out", "to": "us.in" })"));
  fix(topology, codes::kMissingParameter, "Add an example");
  QCOMPARE(valueAt(after_, "eu", "params.path").asText(), std::string("out/eu-{task}.ndjson"));
  const weir::topology::Topology one = after_;
  fix(one, codes::kMissingParameter, "Add an example");
  QCOMPARE(valueAt(after_, "us", "params.path").asText(), std::string("out/us-{task}.ndjson"));
  QVERIFY(!has(after_, codes::kWrittenTwice));
  const weir::Result<Edit> same =
      setValue(after_, "us", "params.path", weir::json::Value::text("out/eu-{task}.ndjson"));
  QVERIFY(same.ok());
  QVERIFY(has(same->after, codes::kWrittenTwice));
}

void FixCheckTest::aFixThatMakesAnErrorIsNotOffered() {
  catalog_ = test::pluginCatalogAnd(R"({ "manifest_version": 1, "plugin": "chart", "title": "Charts", "version": "1",
    "vendor": "x", "licence": "x", "operators": [ { "id": "plot", "kind": "sink", "title": "Plot", "category": "Charts",
    "icon": "globe", "doc": "Plots.", "keywords": [], "summary": ["x"], "inputs": [{ "name": "in" }], "outputs": [],
    "params": [{ "name": "y", "type": "field", "types": ["number"], "required": true, "title": "Y" }],
    "stores": [], "metrics": [] } ] })");
  const auto topology = test::topologyOf(topologyText(
      test::sourceText(kColumns) + R"(, { "id": "plot", "use": "chart.plot", "params": { "y": "regin" } })",
      R"({ "from": "orders.out", "to": "plot.in" })"));
  const Checked checked = test::check(topology, catalog_);
  const auto problem = std::find_if(checked->problems.begin(), checked->problems.end(),
                                    [](const auto& one) { return one.code == codes::kUnknownField; });
  QVERIFY(problem != checked->problems.end());
  QVERIFY(problem->fix.has_value());  // "region", which is no number
  QVERIFY(fixesFor(*problem, topology, *catalog_, *checked).empty());
}

void FixCheckTest::whatAFixBringsToLightIsNotItsFault() {
  const auto topology = test::topologyOf(
      topologyText(test::sourceText(R"({ "name": "region", "type": "strin" })") +
                       R"(, { "id": "eu", "use": "std.filter", "params": { "where": "continent = 'eu'" } })",
                   R"({ "from": "orders.out", "to": "eu.in" })"));
  fix(topology, codes::kUnknownType, "Change to \"string\"");
  QVERIFY(has(after_, codes::kExpression));
}

WEIR_TEST(FixCheckTest)
#include "fix_check_test.moc"
