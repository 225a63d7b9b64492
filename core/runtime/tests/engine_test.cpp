// What an engine does when one of its tasks fails.
#include "core/runtime/engine/engine.hpp"

#include "core/runtime/tests/engine_words.hpp"
#include "tests/program/test.hpp"

#include <thread>

using namespace weir;
using namespace weir::runtime;

namespace {

Rows undisturbed() {
  Subject subject;
  return subject.run(plan({"x"})).empty() ? subject.out("x") : Rows();
}

}  // namespace

class EngineTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aTaskThatFailsIsMadeAnewAndTheOthersAreNot() {
    const Rows wanted = undisturbed();
    QCOMPARE(wanted.size(), std::size_t{200});
    Subject subject;
    subject.plugins.onBatch["x"] = failing(3, 50);
    QCOMPARE(subject.run(plan({"x", "y"})), std::string());
    QCOMPARE(subject.plugins.made["x"], 4);
    QCOMPARE(subject.plugins.made["y"], 1);
    QVERIFY(subject.out("x") == wanted);
    QVERIFY(subject.out("y") == wanted);
    QCOMPARE(subject.summary.eventsIn, std::int64_t{400});
  }

  void behindARepartitionNothingIsLostOrDoubledEither() {
    const Rows wanted = undisturbed();
    for (int afterRows = 1; afterRows < 200; afterRows += 33) {
      Subject subject;
      subject.plugins.onBatch["x"] = failing(3, afterRows);
      QCOMPARE(subject.run(plan({"x"}, true)), std::string());
      QVERIFY(subject.out("x") == wanted);
      QVERIFY(subject.plugins.made["x"] > 1);
    }
  }

  void whatATaskThatFailedWritesIsHeardOnItsOtherSide() {
    topology::Plan drawn = plan({"x"}, true);
    // The operator stands before the repartition.
    std::vector<topology::PlannedNode>& before = drawn.subTopologies[0].nodes;
    std::vector<topology::PlannedNode>& behind = drawn.subTopologies[1].nodes;
    before = {before[0], leadingOn(behind[1], 2), before[1]};
    behind = {leadingOn(behind[0], 1), behind[2]};
    Subject subject;
    subject.plugins.onBatch["x"] = failing(3, 50);
    QCOMPARE(subject.run(drawn), std::string());
    QCOMPARE(subject.plugins.made["x"], 4);
    QVERIFY(subject.out("x") == undisturbed());
  }

  void aTaskIsNotMadeBeforeItsLastCommitIsOver() {
    Subject subject;
    std::atomic<bool> committing{false};
    std::atomic<bool> failed{false};
    std::atomic<bool> waited{false};
    subject.options.task.commitInterval = 1;  // after the first batch
    subject.plugins.onBatch["x"] = [&, batches = 0](const Batch&) mutable -> Result<void> {
      if (++batches != 3) return {};
      while (!committing) std::this_thread::yield();
      failed = true;
      return retryableError("The world is away.");
    };
    // The commit that is under way when the task fails takes longer than the wait for the next try.
    subject.options.committer.reached = [&](std::string_view point) {
      if (point != "commit.begin" || waited.exchange(true)) return;
      committing = true;
      while (!failed) std::this_thread::yield();
      const Instant since = subject.clock.monotonic();
      while (subject.clock.monotonic() - since < 50 * kMillisecond) std::this_thread::yield();
    };
    QCOMPARE(subject.run(plan({"x"})), std::string());
    QCOMPARE(subject.plugins.made["x"], 2);
    QVERIFY(subject.out("x") == undisturbed());
  }

  void whatATaskThatFailedHasCommittedIsCountedOnce() {
    Subject subject;
    std::atomic<bool> committed{false};
    std::vector<FakeInput::Chunk>& chunks = subject.plugins.sources.input.splits["a"];
    chunks.front().unreadable = {{"x", 1, 0, "It is not good."}};
    chunks.back().unreadable = {{"y", 1, 9, "It is not good."}};
    subject.options.task.commitInterval = 1;  // after the first batch
    subject.options.committer.reached = [&](std::string_view point) {
      committed = committed || point == "commit.done";
    };
    subject.plugins.onBatch["x"] = [&, batches = 0](const Batch&) mutable -> Result<void> {
      if (++batches != 3) return {};
      while (!committed) std::this_thread::yield();
      return retryableError("The world is away.");
    };
    QCOMPARE(subject.run(plan({"x"})), std::string());
    QCOMPARE(subject.plugins.made["x"], 2);
    QCOMPARE(subject.summary.eventsIn, std::int64_t{200});
    QCOMPARE(subject.summary.deadLetters, std::int64_t{2});
  }

  void waitsDoubleAndTriesThatGetOnAreNotCounted() {
    Restarts restarts({3, 10, 25});
    const auto wait = [&restarts](bool gotOn) { return restarts.failed(gotOn).value_or(-1); };
    for (const Duration expected : {10, 20, 25, -1}) QCOMPARE(wait(false), expected);
    Restarts others({3, 10, 25});
    restarts = others;
    for (const Duration expected : {10, 20}) QCOMPARE(wait(false), expected);
    for (int round = 0; round < 10; ++round) QCOMPARE(wait(true), Duration{10});
    for (const Duration expected : {20, 25, -1}) QCOMPARE(wait(false), expected);
  }

  void whatFailsInTheSameWayIsNewsOnceUntilItGetsOn() {
    Restarts restarts({3, 10, 25});
    const auto news = [&restarts](const std::string& problem, bool gotOn = false) {
      static_cast<void>(restarts.failed(gotOn));
      return restarts.isNews(problem);
    };
    QVERIFY(news("away"));
    QVERIFY(!news("away"));
    QVERIFY(news("full"));
    QVERIFY(news("away"));
    QVERIFY(news("away", true));
    QVERIFY(!news("away"));
  }

  void repeatedFailureEndsWithItsSentenceAfterSoManyTries() {
    Subject subject;
    subject.plugins.onBatch["x"] = failing(1000, 1);
    const std::string problem = subject.run(plan({"x"}));
    QCOMPARE(problem, std::string("The world is away. It was tried 3 more times from the last commit, in vain."));
    QCOMPARE(subject.plugins.made["x"], 4);
  }

  void whatCannotPassIsNotTriedAgain() {
    Subject subject;
    subject.plugins.onBatch["x"] = [](const Batch&) -> Result<void> { return fatalError("A defect."); };
    QCOMPARE(subject.run(plan({"x"})), std::string("A defect."));
    QCOMPARE(subject.plugins.made["x"], 1);
  }

  void aPlanIsGivenUpWhenWhatLiesInItsRepartitionsHasBeenRead() {
    const Rows wanted = undisturbed();
    for (const int threads : {1, 2}) {
      Subject subject;
      subject.options.threads = threads;
      subject.changeSchema();
      QCOMPARE(subject.run(plan({"x"}, true)), std::string());
      QCOMPARE(subject.summary.schemaChanges.size(), std::size_t{1});
      QCOMPARE(subject.summary.schemaChanges[0].node, std::string("rows-x"));
      QVERIFY(subject.out("x") == Rows(wanted.begin(), wanted.begin() + 120));
      subject.plugins.sources.input.plannedVersion = 1;
      QCOMPARE(subject.run(plan({"x"}, true)), std::string());
      QVERIFY(subject.summary.schemaChanges.empty());
      QVERIFY(subject.out("x") == wanted);
    }
  }

  void aPartThatFailsMeanwhileIsTriedAgainAndReadToItsEnd() {
    Subject subject;
    subject.changeSchema();
    subject.plugins.onBatch["x"] = failing(1, 115);
    QCOMPARE(subject.run(plan({"x"}, true)), std::string());
    QCOMPARE(subject.out("x").size(), std::size_t{120});
    QVERIFY(subject.plugins.made["x"] > 1);
  }

  void otherSourcesStopToo() {
    Subject subject;
    subject.options.task.untilEnd = false;  // it waits for more for ever
    subject.changeSchema();
    subject.plugins.others.input.splits["a"].push_back({"7\n", {}});
    QCOMPARE(subject.run(plan({"x", "y"})), std::string());
    QCOMPARE(subject.summary.schemaChanges.size(), std::size_t{1});
    QCOMPARE(subject.out("x").size(), std::size_t{120});
    QVERIFY(!subject.summary.stopped);
  }

  void figuresOfEarlierPlansAddUp() {
    RunSummary earlier;
    earlier.eventsIn = 3;
    earlier.late = 1;
    earlier.nodes.push_back({"a", 3, std::nullopt, {{"rows", 2}}, {}, {}});
    earlier.topics.push_back({});
    RunSummary later;
    later.eventsIn = 4;
    later.deadLetters = 2;
    later.nodes.push_back({"a", 4, std::nullopt, {{"rows", 5}}, {}, {}});
    later.addEarlier(earlier);
    QCOMPARE(later.eventsIn, std::int64_t{7});
    QCOMPARE(later.late, std::int64_t{1});
    QCOMPARE(later.deadLetters, std::int64_t{2});
    QCOMPARE(later.nodes.size(), std::size_t{1});
    QCOMPARE(later.nodes[0].rowsIn, std::int64_t{7});
    QCOMPARE(later.nodes[0].counters[0].second, std::int64_t{7});
    QVERIFY(later.topics.empty());
  }

  void theFirstFailureInTimeIsReported() {
    Subject subject;
    Plugins& plugins = subject.plugins;
    plugins.onBatch["y"] = [](const Batch&) -> Result<void> { return fatalError("The first."); };
    // The task that stands first fails only when it is told that all is over.
    std::atomic<int>& over = plugins.cancelled["x"];
    plugins.onBatch["x"] = [&over](const Batch&) -> Result<void> {
      while (over == 0) std::this_thread::yield();
      return fatalError("The second.");
    };
    QCOMPARE(subject.run(plan({"x", "y"})), std::string("The first."));
  }
};

WEIR_TEST(EngineTest)
#include "engine_test.moc"
