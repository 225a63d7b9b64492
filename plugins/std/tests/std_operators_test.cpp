#include <QtTest>

#include "tests/program/places.hpp"
#include "tests/program/test.hpp"
#include "weir/sdk/batch_builder.hpp"
#include "weir/testkit/operator_harness.hpp"

using namespace weir;
using namespace weir::testkit;

namespace {

using Lines = std::vector<std::string>;

const std::string kOrders = "id int64 not null, region string, amount int32";
const std::string kThreeOrders =
    R"({"id": 1, "region": "eu", "amount": 5}
{"id": 2, "region": "us", "amount": 0}
{"id": 3, "region": null, "amount": 7})";

Setup setup(std::string op, std::string params) {
  Setup out;
  out.library = weir::places::inBuild("plugins/std.so").toStdString();
  out.op = std::move(op);
  out.params = std::move(params);
  out.inputs = {kOrders};
  return out;
}

std::string whyRefused(const Setup& wrong) {
  try {
    OperatorHarness harness(wrong);
  } catch (const HarnessError& error) {
    return error.what();
  }
  return "it was not refused";
}

Schema orderSchema() {
  return {{{"id", TypeId::Int64, false}, {"region", TypeId::String}, {"amount", TypeId::Int32}}};
}

// Two rows with everything around them that a batch can have.
Batch enveloped() {
  return BatchBuilder(orderSchema())
      .watermark(900)
      .row(1, "eu", 5)
      .time(1000)
      .key("k1")
      .row(2, "us", 0)
      .time(2000)
      .key("k2")
      .watermark(1900)
      .finish();
}

}  // namespace

class StdOperatorsTest : public QObject {
  Q_OBJECT

  static void verifySentence(const std::string& text, const char* part) {
    QVERIFY2(text.find(part) != std::string::npos, text.c_str());
  }

 private Q_SLOTS:
  void filterPassesTheRowsThatAreTrue() {
    OperatorHarness harness(setup("filter", R"({"where": "region = 'eu' or amount > 6"})"));
    harness.push(kThreeOrders);
    QCOMPARE(harness.takeRows(),
             (Lines{R"({"id":1,"region":"eu","amount":5})", R"({"id":3,"region":null,"amount":7})"}));
    QCOMPARE(harness.counter("filtered_rows"), std::int64_t{1});
  }

  void filterLeavesOutRowsWhoseConditionIsNull() {
    OperatorHarness harness(setup("filter", R"({"where": "region <> 'us'"})"));
    harness.push(kThreeOrders);
    QCOMPARE(harness.takeRows(), (Lines{R"({"id":1,"region":"eu","amount":5})"}));
    QVERIFY(harness.takeDeadLetters().empty());
  }

  void filterSendsRowsThatItCannotJudgeToTheDeadLetters() {
    OperatorHarness harness(setup("filter", R"({"where": "10 / amount > 0"})"));
    harness.push(kThreeOrders);
    QCOMPARE(harness.takeRows().size(), std::size_t{2});
    const Lines dead = harness.takeDeadLetters();
    QCOMPARE(dead.size(), std::size_t{1});
    verifySentence(dead[0], "division by zero in `10 / amount`");
    verifySentence(dead[0], R"("id":2)");
    QCOMPARE(harness.counter("filtered_rows"), std::int64_t{0});
  }

  void filterCopiesNothing() {
    OperatorHarness harness(setup("filter", R"({"where": "id > 1"})"));
    const Batch batch = enveloped();
    harness.push(batch);
    const std::vector<Batch> out = harness.takeBatches();
    QCOMPARE(out.size(), std::size_t{1});
    QCOMPARE(out[0].selectedCount(), std::int64_t{1});
    for (std::size_t i = 0; i < 3; ++i) {
      QCOMPARE(out[0].column(i).array().buffers[1], batch.column(i).array().buffers[1]);
    }
    QCOMPARE(out[0].steps().size(), std::size_t{2});
  }

  void filterPassesWatermarksWithoutRows() {
    OperatorHarness harness(setup("filter", R"({"where": "false"})"));
    harness.push(enveloped());
    QVERIFY(harness.takeRows().empty());
    QCOMPARE(harness.watermark(), std::int64_t{1900});
  }

  void filterHonoursTheSelectionOfItsInput() {
    OperatorHarness harness(setup("filter", R"({"where": "10 / amount > 0"})"));
    harness.push(BatchMaker::from(enveloped()).selection({0}).finish(0));
    QCOMPARE(harness.takeRows().size(), std::size_t{1});
    QVERIFY(harness.takeDeadLetters().empty());
  }

  void selectMakesNewColumns() {
    OperatorHarness harness(setup("select", R"j({"fields": [
        {"name": "key", "expression": "coalesce(region, '?') || ':' || cast(id as string)"},
        {"name": "amount", "expression": "amount"}]})j"));
    QCOMPARE(harness.outputSchema(), std::string("struct<key string not null, amount int32>"));
    harness.push(kThreeOrders);
    QCOMPARE(harness.takeRows(),
             (Lines{R"({"key":"eu:1","amount":5})", R"({"key":"us:2","amount":0})", R"({"key":"?:3","amount":7})"}));
  }

  void selectKeepsWhatIsAroundTheRows() {
    OperatorHarness harness(setup("select", R"({"fields": [{"name": "n", "expression": "amount"}]})"));
    const Batch batch = enveloped();
    harness.push(batch);
    const std::vector<Batch> out = harness.takeBatches();
    QCOMPARE(out.size(), std::size_t{1});
    QCOMPARE(out[0].column(0).array().buffers[1], batch.column(2).array().buffers[1]);  // a plain column is shared
    QCOMPARE(out[0].eventTime(1), std::int64_t{2000});
    QCOMPARE(std::string(StringView(ColumnView(*out[0].get()->key))[1]), std::string("k2"));
    QCOMPARE(out[0].steps().size(), std::size_t{2});
    QCOMPARE(out[0].steps()[1].row, std::int64_t{2});
  }

  void selectSendsARowToTheDeadLettersOnceWithItsFirstReason() {
    OperatorHarness harness(setup("select", R"j({"fields": [
        {"name": "a", "expression": "1 / amount"}, {"name": "b", "expression": "2 / amount"},
        {"name": "id", "expression": "id"}]})j"));
    harness.push(kThreeOrders);
    QCOMPARE(harness.takeRows(), (Lines{R"({"a":0,"b":0,"id":1})", R"({"a":0,"b":0,"id":3})"}));
    const Lines dead = harness.takeDeadLetters();
    QCOMPARE(dead.size(), std::size_t{1});
    verifySentence(dead[0], "`1 / amount`");
  }

  void extendAddsAndReplacesColumns() {
    OperatorHarness harness(setup("extend", R"j({"fields": [
        {"name": "double", "expression": "amount * 2"}, {"name": "region", "expression": "upper(region)"}]})j"));
    QCOMPARE(harness.outputSchema(),
             std::string("struct<id int64 not null, region string, amount int32, double int32>"));
    harness.push(R"({"id": 1, "region": "eu", "amount": 5})");
    QCOMPARE(harness.takeRows(), (Lines{R"({"id":1,"region":"EU","amount":5,"double":10})"}));
  }

  void dropLeavesColumnsOut() {
    OperatorHarness harness(setup("drop", R"({"fields": ["region", "id"]})"));
    QCOMPARE(harness.outputSchema(), std::string("struct<amount int32>"));
    harness.push(kThreeOrders);
    QCOMPARE(harness.takeRows(), (Lines{R"({"amount":5})", R"({"amount":0})", R"({"amount":7})"}));
  }

  void renameLetsNamesChangePlaces() {
    OperatorHarness harness(setup("rename", R"j({"fields": [
        {"from": "id", "to": "amount"}, {"from": "amount", "to": "id"}]})j"));
    QCOMPARE(harness.outputSchema(), std::string("struct<amount int64 not null, region string, id int32>"));
    harness.push(R"({"id": 1, "region": "eu", "amount": 5})");
    QCOMPARE(harness.takeRows(), (Lines{R"({"amount":1,"region":"eu","id":5})"}));
  }

  void wrongParametersAreRefusedWithASentence() {
    verifySentence(whyRefused(setup("filter", R"({"where": "amount + 1"})")), "must be a condition");
    verifySentence(whyRefused(setup("filter", R"({"where": "regio = 'eu'"})")), "Did you mean \"region\"?");
    verifySentence(whyRefused(setup("select", R"({"fields": []})")), "at least one column");
    verifySentence(whyRefused(setup("select", R"({"fields": [{"name": "a", "expression": "id"},
                                                             {"name": "a", "expression": "id"}]})")),
                   "names 'a' twice");
    verifySentence(whyRefused(setup("select", R"({"fields": [{"name": "a", "expression": "id +"}]})")),
                   "fields.0.expression");
    verifySentence(whyRefused(setup("drop", R"({"fields": ["price"]})")), "no column 'price'");
    verifySentence(whyRefused(setup("rename", R"({"fields": [{"from": "id", "to": "region"}]})")),
                   "two columns 'region'");
  }
};

WEIR_TEST(StdOperatorsTest)
#include "std_operators_test.moc"
