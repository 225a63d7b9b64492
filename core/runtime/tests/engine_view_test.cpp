// Looking into an engine that runs: figures, taps on output ports, and jobs that are posted to tasks.
#include "core/runtime/tests/engine_words.hpp"

#include <future>
#include <optional>
#include <thread>

#include "core/runtime/engine/state_query.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

const TaskId kTask{"rows-x", 0};

// An engine that runs in a thread of its own until its input ends, or it is asked to stop.
class Running {
 public:
  // Empty: it is made.
  std::string make(const topology::Plan& plan) {
    auto made = subject.make(plan);
    if (!made.ok()) return made.error().message;
    engine = std::move(*made);
    return "";
  }
  void start() {
    thread_ = std::thread([this] {
      auto done = engine->run();
      if (done.ok()) summary = std::move(*done);
    });
  }
  void end() {
    if (thread_.joinable()) thread_.join();
  }
  ~Running() {
    if (engine) engine->requestStop();
    end();
  }

  Subject subject;
  std::unique_ptr<Engine> engine;
  std::optional<RunSummary> summary;

 private:
  std::thread thread_;
};

// A source whose rows are numbered, without a repartition.
topology::Plan countingPlan() {
  topology::Plan drawn = plan({"x"});
  drawn.subTopologies[0].nodes[1].use = "fake.counting";
  drawn.subTopologies[0].nodes[1].stateStamp = "counts";
  return drawn;
}

std::int64_t rowsIn(const Tap::Taken& taken) {
  std::int64_t rows = 0;
  for (const TappedBatch& tapped : taken.batches) rows += tapped.batch.selectedCount();
  return rows;
}

std::string countOf(Engine& engine, const std::string& split) {
  std::promise<std::string> answer;
  readState(engine, {kTask, "x", "counts"}, split, [&](const Result<StateEntries>& found) {
    answer.set_value(!found.ok() ? found.error().message : found->entries.empty() ? "" : found->entries[0].value);
  });
  return answer.get_future().get();
}

std::string whyRefused(Engine& engine, const TaskId& task) {
  std::string why = "it was not";
  engine.post(task, [&](const Result<TaskView>& view) { why = view.ok() ? "it was not" : view.error().message; });
  return why;
}

}  // namespace

class EngineViewTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void figuresAreThereWhileATaskIsInTheMiddleOfACall() {
    Running running;
    std::optional<EngineFigures> seen;
    running.subject.plugins.onBatch["x"] = [&, batches = 0](const Batch&) mutable -> Result<void> {
      // In its own thread: whoever waited for the task here would wait for ever.
      if (++batches == 150) seen = running.engine->figures();
      return {};
    };
    QCOMPARE(running.make(plan({"x"})), std::string());
    running.start();
    running.end();
    QVERIFY(seen && seen->tasks.size() == 1);
    QVERIFY(seen->tasks[0]->id == kTask);
    QVERIFY(seen->tasks[0]->state == TaskState::Running);
    QVERIFY(seen->totals.eventsIn < 200);
  }

  void figuresNameWhoIsBlockedWhileItIs() {
    Running running;
    running.subject.plugins.blocking.insert("x");
    running.subject.options.task.commitInterval = 3'600 * kSecond;  // only coming to rest shows it
    QCOMPARE(running.make(plan({"x"})), std::string());
    running.start();
    const std::vector<std::string> blocked{"x"};
    while (running.engine->figures().tasks[0]->blocked != blocked) std::this_thread::yield();
    running.subject.plugins.letGo();
    running.end();
    QVERIFY(running.engine->figures().tasks[0]->blocked.empty());
    QCOMPARE(running.summary->eventsIn, std::int64_t{200});
  }

  void whatIsShownAtTheEndIsWhatTheRunAnswers() {
    Running running;
    running.subject.plugins.onBatch["x"] = failing(2, 50);
    QCOMPARE(running.make(plan({"x"}, true)), std::string());
    running.start();
    running.end();
    const EngineFigures figures = running.engine->figures();
    QCOMPARE(figures.totals.eventsIn, std::int64_t{200});
    QCOMPARE(running.summary->eventsIn, std::int64_t{200});
    QCOMPARE(figures.totals.nodes.size(), running.summary->nodes.size());
    for (const SharedSnapshot& task : figures.tasks) QVERIFY(task->state == TaskState::Ended);
  }

  void aCommitIsShownWhenItIsMade() {
    Running running;
    running.subject.options.task.untilEnd = false;
    running.subject.options.task.commitInterval = 3'600 * kSecond;  // what is shown without a commit is too late
    QCOMPARE(running.make(plan({"x"})), std::string());
    running.start();
    // It commits when its input is dry, comes to rest, and nothing wakes it any more.
    const auto isShown = [&] {
      const EngineFigures figures = running.engine->figures();
      return figures.totals.eventsIn == 200 && figures.tasks[0]->epoch > 0;
    };
    while (!isShown()) std::this_thread::yield();
    QVERIFY(isShown());
  }

  void aTapShowsWhatLeavesAPort() {
    Running running;
    QCOMPARE(running.make(plan({"x"})), std::string());
    auto tap = running.engine->openTap({"rows-x"}, {});
    QVERIFY(tap.ok());
    running.start();
    running.end();
    const Tap::Taken taken = (*tap)->take();
    QCOMPARE(rowsIn(taken), std::int64_t{200});
    QCOMPARE(taken.passedOver, std::int64_t{0});
    QVERIFY(taken.batches[0].task == kTask);
    QVERIFY(rowText(taken.batches[0].batch, 0) == running.subject.out("x")[0]);
    QVERIFY((*tap)->take().batches.empty());
  }

  void aTapKeepsTheNewestAndCountsTheRest() {
    Running running;
    QCOMPARE(running.make(plan({"x"})), std::string());
    auto few = running.engine->openTap({"x"}, {.rows = 30});
    auto small = running.engine->openTap({"x", 0, "rows-x", 0}, {.bytes = 1});
    QVERIFY(few.ok() && small.ok());
    running.start();
    running.end();
    const Tap::Taken taken = (*few)->take();
    QCOMPARE(rowsIn(taken), std::int64_t{30});
    QCOMPARE(taken.passedOver, std::int64_t{170});
    QCOMPARE(rowText(taken.batches.back().batch, 0), running.subject.out("x").back());
    QCOMPARE(rowsIn((*small)->take()), std::int64_t{1});
  }

  void aBatchOfMoreRowsThanATapKeepsIsKeptToItsEnd() {
    Tap tap({.rows = 2});
    BatchBuilder rows(fakeSchema());
    for (int row = 0; row < 5; ++row) rows.row("a", row);
    const Batch batch = rows.finish();
    tap.keep(kTask, batch);
    const Tap::Taken taken = tap.take();
    QCOMPARE(taken.passedOver, std::int64_t{3});
    QCOMPARE(taken.batches[0].batch.selectedCount(), std::int64_t{2});
    QCOMPARE(rowText(taken.batches[0].batch, 1), rowText(batch, 4));
  }

  void whatATapHasLetGoTakesNoRoom() {
    Tap tap({.rows = 2, .bytes = 1000});
    for (int row = 0; row < 500; ++row) tap.keep(kTask, BatchBuilder(fakeSchema()).row("a", row).finish());
    QCOMPARE(rowsIn(tap.take()), std::int64_t{2});
  }

  // Of a port that nobody looks at not even the batch is: a closed point could not tell that this one is none.
  void nobodyLooksAtABatchWhereNoTapIsOpen() {
    TapPoint point(kTask);
    const Batch none;
    point.passes(none);
    const auto tap = std::make_shared<Tap>(TapLimits());
    point.open(tap);
    point.passes(BatchBuilder(fakeSchema()).row("a", 1).finish());
    point.close(*tap);
    point.passes(none);
    QCOMPARE(rowsIn(tap->take()), std::int64_t{1});
  }

  void aTapStaysOpenWhenItsTaskIsMadeAnew() {
    Running running;
    running.subject.plugins.onBatch["x"] = failing(3, 50);
    QCOMPARE(running.make(plan({"x"})), std::string());
    auto tap = running.engine->openTap({"x"}, {});
    QVERIFY(tap.ok());
    running.start();
    running.end();
    QCOMPARE(running.subject.plugins.made["x"], 4);
    const Tap::Taken taken = (*tap)->take();
    QVERIFY(rowsIn(taken) >= 200);
    QCOMPARE(rowText(taken.batches.back().batch, 0), running.subject.out("x").back());
  }

  void aTapWhereThereIsNoPortIsRefused() {
    Running running;
    QCOMPARE(running.make(plan({"x"})), std::string());
    QVERIFY(!running.engine->openTap({"y"}).ok());
    QVERIFY(!running.engine->openTap({"x", 1}).ok());
    QVERIFY(!running.engine->openTap({"x", 0, "rows-y"}).ok());
    QVERIFY(!running.engine->openTap({"out-x"}).ok());
  }

  void whatATaskHasCommittedCanBeReadWhileItRuns() {
    Running running;
    running.subject.options.task.untilEnd = false;
    QCOMPARE(running.make(countingPlan()), std::string());
    running.start();
    while (countOf(*running.engine, "a") != "200") std::this_thread::yield();
    QCOMPARE(countOf(*running.engine, "b"), std::string());
    const auto scan = [&](std::size_t most) {
      std::promise<StateEntries> all;
      scanState(*running.engine, {kTask, "x", "counts"}, "", "", most,
                [&](const Result<StateEntries>& found) { all.set_value(found.ok() ? *found : StateEntries()); });
      return all.get_future().get();
    };
    for (const std::size_t most : {10, 1}) {
      const StateEntries entries = scan(most);
      QVERIFY(entries.entries == (std::vector<StateEntry>{{"a", "200"}}));
      QVERIFY(!entries.more);
    }
    QVERIFY(scan(0).entries.empty());
    QVERIFY(scan(0).more);
  }

  void aQueryForWhatIsNotThereSaysSo() {
    Running running;
    running.subject.options.task.untilEnd = false;
    QCOMPARE(running.make(countingPlan()), std::string());
    running.start();
    const auto ask = [&](const StorePlace& place) {
      std::promise<std::string> answer;
      readState(*running.engine, place, "a", [&](const Result<StateEntries>& found) {
        answer.set_value(found.ok() ? "it is there" : found.error().message);
      });
      return answer.get_future().get();
    };
    QCOMPARE(ask({kTask, "y", "counts"}), std::string("Sub-topology 'rows-x' has no node 'y'."));
    QCOMPARE(ask({kTask, "x", "count"}).substr(0, 32), std::string("Node 'x' has no store 'count', b"));
    QCOMPARE(ask({{"rows-x", 7}, "x", "counts"}), std::string("There is no task 7 of sub-topology 'rows-x'."));
  }

  void jobsTakeTurnsWithTheTask() {
    Running running;
    running.subject.options.threads = 1;
    QCOMPARE(running.make(plan({"x"})), std::string());
    std::vector<std::int64_t> rows;
    for (int job = 0; job < 3; ++job) {
      running.engine->post(
          kTask, [&](const Result<TaskView>& task) { rows.push_back(task.ok() ? task->figures().rowsRead : -1); });
    }
    running.start();
    running.end();
    QCOMPARE(rows.size(), std::size_t{3});
    QCOMPARE(rows[0], std::int64_t{0});
    QVERIFY(rows[0] < rows[1] && rows[1] < rows[2]);
  }

  void aTaskThatIsBlockedStillAnswers() {
    Running running;
    running.subject.plugins.blocking.insert("x");
    QCOMPARE(running.make(plan({"x"})), std::string());
    running.start();
    while (running.engine->figures().tasks[0]->blocked.empty()) std::this_thread::yield();
    std::promise<std::int64_t> rows;
    running.engine->post(kTask, [&](const Result<TaskView>& task) { rows.set_value(task->figures().rowsRead); });
    QVERIFY(rows.get_future().get() > 0);
    running.subject.plugins.letGo();
  }

  void aJobForATaskThatHasEndedIsAnsweredWithTheReason() {
    Running running;
    QCOMPARE(running.make(plan({"x"})), std::string());
    running.start();
    running.end();
    QCOMPARE(whyRefused(*running.engine, kTask), std::string("Task 0 of sub-topology 'rows-x' has ended."));
  }

  void aJobThatWaitsWhenAllIsOverIsAnswered() {
    std::string why;
    {
      Running running;
      QCOMPARE(running.make(plan({"x"})), std::string());
      running.engine->post(kTask, [&](const Result<TaskView>& task) { why = task.ok() ? "" : task.error().message; });
    }
    QCOMPARE(why, std::string("The run is over."));
  }
};

WEIR_TEST(EngineViewTest)
#include "engine_view_test.moc"
