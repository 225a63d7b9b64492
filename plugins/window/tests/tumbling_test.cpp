// Which window a row joins, when windows close, and what is late.
#include "plugins/window/tests/window_harness.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::window;

class TumblingTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rowsOfAKeyAndAWindowAreCountedTogether() {
    OperatorHarness harness(minutes(kCount));
    harness.push(at("0") + at("59999.999") + at("1", "us") + at("60000"));
    QCOMPARE(atTheEnd(harness), (Lines{counted("eu", 0, 2), counted("us", 0, 1), counted("eu", 1, 1)}));
  }

  void windowsBeforeTheEpochBeginAtMultiplesOfTheirSizeToo() {
    OperatorHarness harness(minutes(kCount));
    harness.push(at("-0.001") + at("-60000") + at("0"));
    QCOMPARE(atTheEnd(harness), (Lines{counted("eu", -1, 2), counted("eu", 0, 1)}));
  }

  void aWindowClosesWhenTheWatermarkReachesItsLastInstant() {
    OperatorHarness harness(minutes(kCount));
    harness.push(at("10") + watermark("59999.998"));
    QVERIFY(harness.takeRows().empty());
    harness.push(watermark("59999.999"));
    QCOMPARE(harness.takeRows(), (Lines{counted("eu", 0, 1)}));
    QCOMPARE(harness.counter("closed_windows"), std::int64_t{1});
  }

  void graceKeepsAWindowOpen() {
    OperatorHarness harness(minutes(kCount, R"("grace": "10s")"));
    harness.push(at("10") + watermark("69999.998") + at("20"));
    QVERIFY(harness.takeRows().empty());
    harness.push(watermark("69999.999"));
    QCOMPARE(harness.takeRows(), (Lines{counted("eu", 0, 2)}));
    QVERIFY(harness.takeRows(1).empty());
  }

  void aWatermarkBetweenTwoRowsClosesBetweenThem() {
    OperatorHarness harness(minutes(kCount));
    harness.push(at("10") + watermark("60000") + at("70000") + at("20"));
    QCOMPARE(harness.takeRows(), (Lines{counted("eu", 0, 1)}));
    QCOMPARE(harness.takeRows(1).size(), std::size_t{1});
  }

  void closedWindowsLeaveInTheOrderOfEndAndKey() {
    OperatorHarness harness(minutes(kCount));
    harness.push(at("120000", "b") + at("60000", "z") + at("1", "us") + at("2", "eu") + at("60001", "") +
                 at("3", "eu-"));
    QCOMPARE(atTheEnd(harness), (Lines{counted("eu", 0, 1), counted("eu-", 0, 1), counted("us", 0, 1),
                                       counted("", 1, 1), counted("z", 1, 1), counted("b", 2, 1)}));
  }

  void aResultHasTheLastInstantOfItsWindowAsItsTime() {
    OperatorHarness harness(minutes(kCount));
    harness.push(at("10"));
    harness.end();
    const std::vector<Batch> batches = harness.takeBatches();
    QCOMPARE(batches.at(0).eventTime(0), kMinute - 1);
  }

  void theWatermarkThatGoesOnIsHeldBackByTheGrace() {
    OperatorHarness harness(minutes(kCount, R"("grace": "10s")"));
    harness.advanceWatermark(100 * kMinute);
    QCOMPARE(harness.watermark(0), 100 * kMinute - 10'000 * kMillisecond);
    harness.end();
    QCOMPARE(harness.watermark(0), WEIR_WATERMARK_MAX);
  }

  void resultsComeBeforeTheWatermarkThatClosedThem() {
    OperatorHarness harness(minutes(kCount));
    harness.push(at("10"));
    harness.takeBatches();
    harness.advanceWatermark(2 * kMinute);
    std::int64_t before = WEIR_WATERMARK_MIN;
    for (const Batch& batch : harness.takeBatches()) {
      if (batch.rowCount() != 0) QVERIFY(before < batch.eventTime(0));
      if (!batch.steps().empty()) before = batch.steps().back().watermark;
    }
    QCOMPARE(before, 2 * kMinute);
  }

  // --- late rows ---
  void theWatermarkOfItsSplitDecidesWhetherARowIsLate() {
    OperatorHarness harness(minutes(kCount));
    harness.push(origin("59999.998") + at("10") + origin("59999.999") + at("20") + origin("100") + at("30"));
    QCOMPARE(harness.takeRows(1), (Lines{R"({"region":"eu","n":null})"}));
    QCOMPARE(atTheEnd(harness), (Lines{counted("eu", 0, 2)}));
    QCOMPARE(harness.counter("late_rows"), std::int64_t{1});
  }

  void aRowIsLateOnlyBeyondTheGrace() {
    OperatorHarness harness(minutes(kCount, R"("grace": "10s")"));
    harness.push(origin("69999.998") + at("10") + origin("69999.999") + at("20"));
    QCOMPARE(harness.takeRows(1).size(), std::size_t{1});
    QCOMPARE(atTheEnd(harness), (Lines{counted("eu", 0, 1)}));
  }

  void aRowBehindTheNodesOwnWatermarkIsLateToo() {
    OperatorHarness harness(minutes(kCount));
    harness.push(watermark("60000") + origin("0") + at("10") + at("60000"));
    QCOMPARE(harness.takeRows(1).size(), std::size_t{1});
    QCOMPARE(atTheEnd(harness), (Lines{counted("eu", 1, 1)}));
  }

  void lateRowsLeaveAsTheyWere() {
    OperatorHarness harness(minutes(kCount));
    harness.push(origin("60000") + at("10", "eu", R"("n": 7)") + at("60001") + at("20", "us", R"("n": 8)"));
    const std::vector<Batch> late = harness.takeBatches(1);
    QCOMPARE(late.size(), std::size_t{1});
    QCOMPARE(late[0].selectedCount(), std::int64_t{2});
    late[0].forEachRow([&](std::int64_t row) {
      const std::int64_t n = FixedView<std::int64_t>(late[0].column(1))[row];
      QCOMPARE(late[0].eventTime(row), (n == 7 ? 10 : 20) * kMillisecond);
    });
    // Another window behind this port judges them by the same watermark.
    QCOMPARE(late[0].originSteps().back().watermark, 60'000 * kMillisecond);
  }

  // --- rows that fit into no window ---
  void aRowWithoutTimeIsADeadLetter() {
    OperatorHarness harness(minutes(kCount));
    harness.push(R"({"region": "eu", "n": 1})");
    const Lines dead = harness.takeDeadLetters();
    QCOMPARE(dead.size(), std::size_t{1});
    QVERIFY(has(dead[0], "no event time") && has(dead[0], R"("n":1)"));
    QVERIFY(atTheEnd(harness).empty());
  }

  void aRowWithoutKeyIsADeadLetterAndNotLate() {
    OperatorHarness harness(minutes(kCount));
    harness.push(origin("60000") + R"({"@time": 10, "region": null, "n": 1})");
    const Lines dead = harness.takeDeadLetters();
    QCOMPARE(dead.size(), std::size_t{1});
    QVERIFY(has(dead[0], "is null"));
    QVERIFY(harness.takeRows(1).empty());
  }

  void aTimeWhoseWindowCannotBeToldIsADeadLetter() {
    OperatorHarness harness(minutes(kCount, R"("grace": "10s")"));
    harness.push(at("9223372036854775.000") + at("-9223372036854775.000") + at("10"));
    QCOMPARE(harness.takeDeadLetters().size(), std::size_t{2});
    QCOMPARE(atTheEnd(harness), (Lines{counted("eu", 0, 1)}));
  }

  // --- on_update ---
  void onUpdateGivesEveryNewValueAndNothingAtTheEnd() {
    OperatorHarness harness(minutes(kCount, R"("emit": "on_update")"));
    harness.push(at("1") + at("2", "us") + at("3"));
    QCOMPARE(harness.takeRows(), (Lines{counted("eu", 0, 1), counted("us", 0, 1), counted("eu", 0, 2)}));
    QVERIFY(atTheEnd(harness).empty());
  }

  // --- restarts ---
  void whatWasCommittedSurvivesACrashAndTheRestDoesNot() {
    OperatorHarness harness(minutes(kCount));
    harness.push(at("1"));
    harness.commit();
    harness.push(at("2"));
    harness.crash();
    harness.push(at("3", "us"));
    QCOMPARE(atTheEnd(harness), (Lines{counted("eu", 0, 1), counted("us", 0, 1)}));
  }

  void aClosedWindowStaysClosedAfterARestart() {
    OperatorHarness harness(minutes(kCount));
    harness.push(at("1") + watermark("60000"));
    harness.commit();
    harness.takeRows();
    harness.crash();
    harness.push(at("2") + at("60000"));
    QCOMPARE(harness.takeRows(1).size(), std::size_t{1});
    QCOMPARE(atTheEnd(harness), (Lines{counted("eu", 1, 1)}));
  }

  void aWindowThatClosedBeforeACrashButNotInACommitClosesAgain() {
    OperatorHarness harness(minutes(kCount));
    harness.push(at("1"));
    harness.commit();
    harness.push(watermark("60000"));
    QCOMPARE(harness.takeRows().size(), std::size_t{1});
    harness.crash();
    QCOMPARE(atTheEnd(harness), (Lines{counted("eu", 0, 1)}));
  }

  void closedWindowsLeaveNothingInState() {
    OperatorHarness harness(minutes(kCount));
    for (int minute = 0; minute < 100; ++minute) {
      const std::string time = std::to_string(minute * 60'000);
      harness.push(at(time) + at(time, "us") + watermark(time));
      harness.commit();
    }
    // Segments of eight windows each, and the entry that says how far windows have closed.
    QVERIFY2(harness.stateSize("windows") <= 2 * 16 + 1, std::to_string(harness.stateSize("windows")).c_str());
  }

  // --- flow ---
  void aWindowOfManyGroupsLeavesInBatches() {
    OperatorHarness harness(minutes(kCount));
    std::string rows;
    for (int key = 0; key < 10'000; ++key) rows += at("1", std::to_string(key));
    harness.push(rows);
    harness.end();
    std::int64_t all = 0;
    for (const Batch& batch : harness.takeBatches()) {
      QVERIFY2(batch.rowCount() <= 4096, std::to_string(batch.rowCount()).c_str());
      all += batch.rowCount();
    }
    QCOMPARE(all, std::int64_t{10'000});
  }

  void aFullOutputIsGoneOnWithWhereItStopped() {
    Setup setup = minutes(kCount);
    setup.outputCapacity = 1;
    OperatorHarness harness(setup);
    std::string rows;
    for (int key = 0; key < 10'000; ++key) rows += at("1", std::to_string(key));
    harness.push(rows);
    QCOMPARE(atTheEnd(harness).size(), std::size_t{10'000});
    QCOMPARE(harness.watermark(0), WEIR_WATERMARK_MAX);
  }

  // --- parameters ---
  void aWindowOfNothingIsRefused() {
    Setup setup = minutes(kCount);
    setup.params = R"({"group_by": ["region"], "size": "0s", "aggregates": [{"name": "rows", "function": "count"}]})";
    QVERIFY2(has(whyRefused(setup), "size"), whyRefused(setup).c_str());
  }
  void anUnknownKeyIsRefused() {
    Setup setup = minutes(kCount, "", "country string");
    QVERIFY2(has(whyRefused(setup), "region"), whyRefused(setup).c_str());
  }
  void twoColumnsOfOneNameAreRefused() {
    for (const char* name : {"region", "window_start", "rows"}) {
      const Setup setup = minutes(kCount + R"(, {"name": ")" + name + R"(", "function": "count"})");
      QVERIFY2(has(whyRefused(setup), name), whyRefused(setup).c_str());
    }
  }
};

WEIR_TEST(TumblingTest)
#include "tumbling_test.moc"
