// The operator harness on an operator that is as it should be, once in C++ and once in C.
#include <algorithm>

#include <QtTest/QtTest>

#include "tests/plugins/fixtures.hpp"
#include "tests/program/test.hpp"
#include "weir/testkit/operator_harness.hpp"

using namespace weir;  // NOLINT: a test
using testkit::HarnessError;
using testkit::OperatorHarness;
using testkit::Setup;

namespace {

using Lines = std::vector<std::string>;

Setup echo(const std::string& params = "{}") {
  Setup setup;
  setup.library = fixture("good");
  setup.op = "echo";
  setup.params = params;
  setup.inputs = {"n int64 not null, at timestamp"};
  setup.timeField = "at";
  return setup;
}

// JSON in a form that is easy on the eye.
std::string quoted(std::string text) {
  std::replace(text.begin(), text.end(), '\'', '"');
  return text;
}

}  // namespace

class HarnessTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void rowsGoThrough() {
    OperatorHarness harness(echo());
    harness.push("{\"n\":1,\"at\":1000}\n{\"n\":2,\"at\":\"1970-01-01T00:00:02Z\"}\n");
    QCOMPARE(harness.takeRows(), (Lines{"{\"n\":1,\"at\":1000}", "{\"n\":2,\"at\":2000}"}));
    QCOMPARE(harness.takeRows(), Lines());
    QCOMPARE(harness.counter("rows"), 2);
  }

  void aPluginInCWorksTheSame() {
    Setup setup = echo();
    setup.library = fixture("plain_c");
    OperatorHarness harness(setup);
    harness.push("{\"n\":1}");
    QCOMPARE(harness.takeRows(), (Lines{"{\"n\":1,\"at\":null}"}));
  }

  void eventTimeAndWatermarkStepsArrive() {
    OperatorHarness harness(echo());
    harness.push("{\"n\":1,\"at\":5}\n{\"@watermark\":4.999}\n{\"n\":2,\"@time\":7}");
    const std::vector<Batch> batches = harness.takeBatches();
    QCOMPARE(batches.size(), std::size_t{1});
    QCOMPARE(batches[0].eventTime(0), 5000);
    QCOMPARE(batches[0].eventTime(1), 7000);
    QCOMPARE(batches[0].steps().size(), std::size_t{1});
    QCOMPARE(batches[0].steps()[0].row, 1);
    QCOMPARE(harness.watermark(), 4999);
  }

  void theWatermarkAdvancesWithoutRows() {
    OperatorHarness harness(echo());
    harness.advanceWatermark(1234567);
    QCOMPARE(harness.watermark(), 1234567);
    harness.end();
    QCOMPARE(harness.watermark(), WEIR_WATERMARK_MAX);
  }

  void onlyPoisonedRowsBecomeDeadLetters() {
    OperatorHarness harness(echo());
    harness.push("{\"n\":1}\n{\"n\":-2}\n{\"@watermark\":9}\n{\"n\":3}\n{\"n\":-4}\n{\"@watermark\":10}");
    QCOMPARE(harness.takeRows(), (Lines{"{\"n\":1,\"at\":null}", "{\"n\":3,\"at\":null}"}));
    QCOMPARE(harness.takeDeadLetters(),
             (Lines{"{\"reason\":\"the value is negative\",\"row\":{\"n\":-2,\"at\":null}}",
                    "{\"reason\":\"the value is negative\",\"row\":{\"n\":-4,\"at\":null}}"}));
    QCOMPARE(harness.watermark(), 10000);
    QCOMPARE(harness.counter("rows"), 2);
  }

  void stepsBesidePoisonedRowsAreGivenOnceAndInPlace() {
    OperatorHarness harness(echo());
    harness.push("{\"@watermark\":1}\n{\"n\":-1}\n{\"@watermark\":2}\n{\"n\":5}\n{\"@watermark\":3}");
    std::vector<std::int64_t> seen;
    for (const Batch& batch : harness.takeBatches()) {
      for (const WatermarkStep& step : batch.steps()) {
        seen.push_back(step.watermark);
        if (batch.selectedCount() == 1) QVERIFY(step.row <= 1);
      }
    }
    QCOMPARE(seen, (std::vector<std::int64_t>{1000, 2000, 3000}));
  }

  void theClockFiresTimers() {
    OperatorHarness harness(echo("{\"every\":\"5s\"}"));
    QCOMPARE(harness.wakeTime(), 5'000'000);
    harness.setClock(4'999'999);
    QCOMPARE(harness.counter("ticks"), 0);
    harness.setClock(5'000'000);
    harness.setClock(10'000'000);
    QCOMPARE(harness.counter("ticks"), 2);
  }

  void aCrashGoesBackToTheLastCommit() {
    OperatorHarness harness(echo("{\"label\":\"x\"}"));
    harness.push("{\"n\":1}");
    harness.commit();
    harness.push("{\"n\":2}");
    harness.prepare();  // but nothing durable
    static_cast<void>(harness.takeLog());
    harness.crash();
    QCOMPARE(harness.takeLog(), (Lines{"info: label x", "info: recovered 1"}));
    QCOMPARE(harness.takeRows(), Lines());
  }

  void rowsThatDoNotFitTheSchemaAreNamedWithTheirLine() {
    OperatorHarness harness(echo());
    try {
      harness.push("{\"n\":1}\n{\"m\":2}");
      QFAIL("it was taken");
    } catch (const HarnessError& error) {
      QVERIFY(contains(error.what(), "Row line 2: The schema has no field 'm'"));
    }
  }

  void everyTypeIsReadAndWrittenBack() {
    Setup setup = echo();
    setup.library = fixture("plain_c");
    setup.timeField = "";
    setup.inputs = {
        "b bool, i int32, l int64, f float64, d decimal(10,2), s string, y bytes, t timestamp, a date, "
        "li list<int64>, st struct<x int64, y string>"};
    OperatorHarness harness(setup);
    const std::string row = quoted(
        "{'b':true,'i':-7,'l':9223372036854775807,'f':0.1,'d':-12.30,'s':'a\\n\\u0001\u00e9','y':'AP8=',"
        "'t':1500.25,'a':'2024-02-29','li':[1,null,3],'st':{'x':1,'y':null}}");
    const std::string nulls = quoted(
        "{'b':null,'i':null,'l':null,'f':null,'d':null,'s':null,'y':null,'t':null,'a':null,'li':null,'st':null}");
    harness.push(row + "\n" + nulls);
    QCOMPARE(harness.takeRows(), (Lines{row, nulls}));
  }

  void anUnknownOperatorIsRefused() {
    Setup setup = echo();
    setup.op = "ecko";
    QVERIFY_THROWS_EXCEPTION(HarnessError, OperatorHarness{setup});
  }
};

WEIR_TEST(HarnessTest)
#include "harness_test.moc"
