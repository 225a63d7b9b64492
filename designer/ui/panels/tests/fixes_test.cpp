// Quick fixes, each on a topology: offered, applied as one undo step, and the problem is gone.
#include "core/topology/model/problem_codes.hpp"
#include "designer/model/edits/paths.hpp"
#include "designer/model/help/fixes_time.hpp"
#include "designer/ui/panels/tests/fixes_fixture.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;
using test::kColumns;
using test::kTime;
using test::topologyText;
namespace codes = weir::topology::codes;

namespace {

const std::string kWindow =
    R"({ "id": "per_minute", "use": "window.tumbling", "params": { "group_by": ["region"], "size": "1m",
         "aggregates": [{ "name": "orders", "function": "count" }, { "name": "total", "function": "sum", "field": "amount" }] } })";
const std::string kFilter =
    R"({ "id": "large", "use": "std.filter", "params": { "where": "amount > 100 and region <> 'eu'" } })";
const std::string kKeyed =
    R"j({ "id": "keyed", "use": "std.select", "params": { "fields": [{ "name": "key", "expression": "upper(region)"
}]
}
})j";

}  // namespace

class FixesTest : public test::FixesFixture {
  Q_OBJECT

 private Q_SLOTS:
  void aMisspeltColumnIsCorrected();
  void aWireToNowhereIsRemoved();
  void oneOfTwoEqualWiresIsRemoved();
  void aCircleLosesTheWireThatWasDrawnLast();
  void theEventTimeIsTakenFromTheSource();
  void anEventTimeOfAnotherTypeIsDeclaredAsTimestamp();
  void aStoreGetsABoundWithItsBytesADay();
  void aSecretIsTakenFromTheEnvironment();
  void aRenamedColumnIsRenamedDownstreamToo();
  void aRenamingStopsWhereTheNameIsMadeAnew();
  void aMissingConversionIsInserted();
  void theTypeOfBeforeIsTheFirstConversion();
  void noFixIsOfferedWithoutReason();
};

void FixesTest::aMisspeltColumnIsCorrected() {
  const auto topology = test::topologyOf(topologyText(
      test::sourceText(kColumns) + R"(, { "id": "less", "use": "std.drop", "params": { "fields": ["regoin"] } })",
      R"({ "from": "orders.out", "to": "less.in" })"));
  fix(topology, codes::kUnknownField, "Change to \"region\"");
  QCOMPARE(valueAt(after_, "less", "params.fields.0").asText(), std::string("region"));
  QVERIFY(!has(after_, codes::kUnknownField));
}

void FixesTest::aWireToNowhereIsRemoved() {
  const auto topology =
      test::topologyOf(topologyText(test::sourceText(kColumns), R"({ "from": "orders.out", "to": "gone.in" })"));
  fix(topology, codes::kUnknownNode, "Remove the wire");
  QVERIFY(after_.edges.empty());
}

void FixesTest::oneOfTwoEqualWiresIsRemoved() {
  const auto topology = test::topologyOf(
      topologyText(test::sourceText(kColumns) + "," + kFilter,
                   R"({ "from": "orders.out", "to": "large.in" }, { "from": "orders.out", "to": "large.in" })"));
  fix(topology, codes::kDuplicateEdge, "Remove the second one");
  QCOMPARE(after_.edges.size(), std::size_t{1});
  QVERIFY(!has(after_, codes::kDuplicateEdge));
}

void FixesTest::aCircleLosesTheWireThatWasDrawnLast() {
  const auto topology = test::topologyOf(
      topologyText(test::sourceText(kColumns) + "," + kFilter +
                       R"(, { "id": "again", "use": "std.filter", "params": { "where": "true" } })",
                   R"({ "from": "orders.out", "to": "large.in" }, { "from": "large.out", "to": "again.in" },
                 { "from": "again.out", "to": "large.in" })"));
  fix(topology, codes::kCycle, "Remove the wire again.out -> large.in");
  QVERIFY(!has(after_, codes::kCycle));
}

void FixesTest::theEventTimeIsTakenFromTheSource() {
  const auto topology = test::topologyOf(
      topologyText(test::sourceText(kColumns + R"(, { "name": "shipped", "type": "timestamp" })") + "," + kWindow,
                   R"({ "from": "orders.out", "to": "per_minute.in" })"));
  const Checked checked = test::check(topology, catalog_);
  const std::vector<TimeCandidate> candidates = timeCandidates(topology, *catalog_, *checked, "per_minute");
  QCOMPARE(candidates.size(), std::size_t{2});
  QVERIFY(timeCandidates(topology, *catalog_, *checked, "orders").empty());
  fix(topology, codes::kNoEventTime, "Take \"shipped\" of \"orders\"");
  QCOMPARE(valueAt(after_, "orders", "params.event_time.field").asText(), std::string("shipped"));
  QVERIFY(!has(after_, codes::kNoEventTime));
}

void FixesTest::anEventTimeOfAnotherTypeIsDeclaredAsTimestamp() {
  const auto topology =
      test::topologyOf(topologyText(test::sourceText(R"({ "name": "ts", "type": "string" })", kTime), ""));
  fix(topology, codes::kTimeFieldType, "Declare \"ts\" as timestamp");
  QCOMPARE(valueAt(after_, "orders", "params.schema.0.type").asText(), std::string("timestamp"));
  QVERIFY(!has(after_, codes::kTimeFieldType));
}

void FixesTest::aStoreGetsABoundWithItsBytesADay() {
  catalog_ = test::pluginCatalogAnd(R"({ "manifest_version": 1, "plugin": "table", "title": "Tables", "version": "1",
    "vendor": "x", "licence": "x", "operators": [ { "id": "latest", "kind": "processor", "title": "Latest", "category": "State",
    "icon": "layers", "doc": "Keeps the latest row.", "keywords": [], "summary": ["x"], "inputs": [{ "name": "in" }],
    "outputs": [{ "name": "out", "schema": [{ "rule": "pass" }] }],
    "params": [{ "name": "keep", "type": "duration", "title": "Keep" }],
    "stores": [{ "name": "rows", "bound": "param:keep" }], "metrics": [] } ] })");
  const auto topology =
      test::topologyOf(topologyText(test::sourceText(kColumns) + R"(, { "id": "latest", "use": "table.latest" })",
                                    R"({ "from": "orders.out", "to": "latest.in" })"));
  // 32 beside the columns, 24 of text, twice 8: 72 bytes, 1,000 times a second.
  fix(topology, codes::kUnboundedStore, "Keep 7d (at 1,000 rows/s about 6.2 GB a day)");
  QCOMPARE(valueAt(after_, "latest", "params.keep").asText(), std::string("7d"));
  QVERIFY(!has(after_, codes::kUnboundedStore));
  catalog_ = test::pluginCatalog();
}

void FixesTest::aSecretIsTakenFromTheEnvironment() {
  catalog_ = test::pluginCatalogAnd(R"({ "manifest_version": 1, "plugin": "web", "title": "Web", "version": "1",
    "vendor": "x", "licence": "x", "operators": [ { "id": "post", "kind": "sink", "title": "Post", "category": "Web",
    "icon": "globe", "doc": "Posts.", "keywords": [], "summary": ["x"], "inputs": [{ "name": "in" }], "outputs": [],
    "params": [{ "name": "token", "type": "text", "secret": true, "required": true, "title": "Token" }],
    "stores": [], "metrics": [] } ] })");
  const auto topology = test::topologyOf(topologyText(
      test::sourceText(kColumns) + R"(, { "id": "post", "use": "web.post", "params": { "token": "abc" } })",
      R"({ "from": "orders.out", "to": "post.in" })"));
  fix(topology, codes::kSecretLiteral, "Take it from the environment: TOKEN");
  QCOMPARE(valueAt(after_, "post", "params.token").asText(), std::string("${env:TOKEN}"));
  QVERIFY(!has(after_, codes::kSecretLiteral));
  catalog_ = test::pluginCatalog();
}

void FixesTest::aRenamedColumnIsRenamedDownstreamToo() {
  const auto text = [&](const std::string& columns) {
    return topologyText(test::sourceText(columns, kTime) + "," + kFilter + "," + kWindow + "," + kKeyed,
                        R"({ "from": "orders.out", "to": "large.in" }, { "from": "large.out", "to": "per_minute.in" },
                      { "from": "per_minute.out", "to": "keyed.in" })");
  };
  const Checked before = test::check(test::topologyOf(text(kColumns)), catalog_);
  QVERIFY(!missesColumns(*before));
  const auto renamed = test::topologyOf(text(
      R"({ "name": "area", "type": "string" }, { "name": "amount", "type": "float64" }, { "name": "ts", "type": "timestamp" })"));
  QVERIFY(missesColumns(*test::check(renamed, catalog_)));
  fix(renamed, codes::kExpression, "Rename \"region\" to \"area\" downstream too (3 nodes)", before.get());
  QCOMPARE(valueAt(after_, "large", "params.where").asText(), std::string("amount > 100 and area <> 'eu'"));
  QCOMPARE(valueAt(after_, "per_minute", "params.group_by.0").asText(), std::string("area"));
  QCOMPARE(valueAt(after_, "keyed", "params.fields.0.expression").asText(), std::string("upper(area)"));
  QVERIFY(!missesColumns(*test::check(after_, catalog_)));
  // The event time of the source itself is named, too.
  const auto timeRenamed = test::topologyOf(text(
      R"({ "name": "region", "type": "string" }, { "name": "amount", "type": "float64" }, { "name": "at", "type": "timestamp" })"));
  fix(timeRenamed, codes::kUnknownField, "Rename \"ts\" to \"at\"", before.get());
  QCOMPARE(valueAt(after_, "orders", "params.event_time.field").asText(), std::string("at"));
}

void FixesTest::aRenamingStopsWhereTheNameIsMadeAnew() {
  const std::string after = R"j({ "id": "upper", "use": "std.select", "params": { "fields": [
      { "name": "region", "expression": "upper(region)" }] } },
    { "id": "eu", "use": "std.filter", "params": { "where": "region = 'EU'" } })j";
  const auto text = [&](const std::string& name) {
    return topologyText(test::sourceText(R"({ "name": ")" + name + R"(", "type": "string" })") + "," + after,
                        R"({ "from": "orders.out", "to": "upper.in" }, { "from": "upper.out", "to": "eu.in" })");
  };
  const Checked before = test::check(test::topologyOf(text("region")), catalog_);
  fix(test::topologyOf(text("area")), codes::kExpression, "Rename \"region\" to \"area\" here too", before.get());
  QCOMPARE(valueAt(after_, "upper", "params.fields.0.expression").asText(), std::string("upper(area)"));
  QCOMPARE(valueAt(after_, "upper", "params.fields.0.name").asText(), std::string("region"));
  QCOMPARE(valueAt(after_, "eu", "params.where").asText(), std::string("region = 'EU'"));
}

void FixesTest::aMissingConversionIsInserted() {
  const auto topology = test::topologyOf(
      topologyText(test::sourceText(R"({ "name": "amount", "type": "string" })") +
                       R"(, { "id": "large", "use": "std.filter", "params": { "where": "amount > 100" } })",
                   R"({ "from": "orders.out", "to": "large.in" })"));
  fix(topology, codes::kExpression, "Convert: cast(amount as int64)");
  QCOMPARE(valueAt(after_, "large", "params.where").asText(), std::string("cast(amount as int64) > 100"));
  QVERIFY(!has(after_, codes::kExpression));
}

void FixesTest::theTypeOfBeforeIsTheFirstConversion() {
  const auto text = [&](const std::string& type) {
    return topologyText(test::sourceText(R"({ "name": "amount", "type": ")" + type + R"(" })") +
                            R"(, { "id": "large", "use": "std.filter", "params": { "where": "amount > 100" } })",
                        R"({ "from": "orders.out", "to": "large.in" })");
  };
  const Checked before = test::check(test::topologyOf(text("float64")), catalog_);
  fix(test::topologyOf(text("string")), codes::kExpression, "Convert", before.get());
  QCOMPARE(valueAt(after_, "large", "params.where").asText(), std::string("cast(amount as float64) > 100"));
}

void FixesTest::noFixIsOfferedWithoutReason() {
  const auto topology = test::topologyOf(topologyText(
      test::sourceText(kColumns) + R"(, { "id": "less", "use": "std.drop", "params": { "fields": ["xyzzy"] } })",
      R"({ "from": "orders.out", "to": "less.in" })"));
  const Checked checked = test::check(topology, catalog_);
  QVERIFY(!checked->problems.empty());
  for (const auto& problem : checked->problems) {
    if (problem.code == codes::kUnknownField) QVERIFY(fixesFor(problem, topology, *catalog_, *checked).empty());
  }
}

WEIR_TEST(FixesTest)
#include "fixes_test.moc"
