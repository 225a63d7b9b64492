// Rows of a source through a task: in which order, with which time, whatever threads, commits and kills do.
#include "core/runtime/input/source_input.hpp"

#include "core/runtime/tests/fake_operators.hpp"

#include <numeric>

#include "core/base/murmur2.hpp"
#include "core/runtime/engine/prepare_home.hpp"
#include "core/runtime/engine/topics.hpp"
#include "core/runtime/input/source_positions.hpp"
#include "core/runtime/output/dead_letters.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

using Lines = std::vector<std::string>;

// A source whose rows go into the topic "out".
topology::Plan sourceToTopic(std::int32_t tasks, Duration idleAfter = -1) {
  topology::Plan plan;
  topology::PlannedTopic topic;
  topic.name = "out";
  topic.schema = fakeSchema();
  plan.topics.push_back(topic);
  topology::PlannedNode source;
  source.id = "rows";
  source.use = "fake.source";
  source.role = topology::NodeRole::Source;
  source.params = "{}";
  source.outputs = {fakeSchema()};
  source.edges = {{0, 1, 0}};
  source.eventTime = topology::EventTime{"ts", 0};
  source.format = "fake.format";
  source.idleAfter = idleAfter;
  topology::PlannedNode write;
  write.id = "out";
  write.role = topology::NodeRole::TopicWrite;
  write.params = "{}";
  write.inputs = {fakeSchema()};
  plan.subTopologies.push_back({"rows", {source, write}, tasks, topology::Guarantee::ExactlyOnce});
  return plan;
}

FakeInput threeSplits() {
  FakeInput input;
  for (const char* split : {"a", "b", "c"}) {
    std::int64_t time = split[0] == 'b' ? 3'000 : 0;
    for (int chunk = 0; chunk < 40; ++chunk) {
      std::string lines;
      for (int row = 0; row < 5; ++row) lines += std::to_string(time += split[0] * 7 % 5 + 1) + "\n";
      input.splits[split].push_back({lines, {}});
    }
  }
  return input;
}

// From a chunk on.
void changeSchema(FakeInput& input, const std::string& split, std::size_t chunk) {
  for (; chunk < input.splits[split].size(); ++chunk) input.splits[split][chunk].version = 1;
}

TaskOptions endingRun() {
  TaskOptions options;
  options.untilEnd = true;
  return options;
}

// Three of forty chunks of a row, and a small one.
FakeInput splitsWithoutTime() {
  FakeInput input;
  for (const char* split : {"a", "b", "c", "z"}) {
    for (int chunk = 0; chunk < (split[0] == 'z' ? 1 : 40); ++chunk) {
      input.splits[split].push_back({std::to_string(chunk) + "\n", {}});
    }
  }
  return input;
}

// A home in memory on which runs follow each other.
class Home {
 public:
  explicit Home(FakeInput input) { plugins.input = std::move(input); }

  // Runs every task, one after the other, for so many steps each; answers whether all have finished.
  bool run(std::int32_t tasks, unsigned seed, int steps, TaskOptions options = endingRun()) {
    topology::Plan plan = sourceToTopic(tasks);
    changes.clear();
    plan.subTopologies[0].nodes[0].eventTime->maxAhead = maxAhead;
    if (!timed) plan.subTopologies[0].nodes[0].eventTime.reset();
    options.commitInterval = kMillisecond * 5;
    SteppedHost host(log, seed, now);
    SilentLogger logger;
    const StateResources state{log, store, budget};
    auto prepared = prepareHome(plan, {state, plugins, host.clock(), logger}, {options.untilEnd});
    if (!prepared.ok()) {
      problem = prepared.error().message;
      return false;
    }
    OpenFlow flow;
    const TaskResources resources{
        plugins, state, host, flow, [](const auto&) { return nullptr; }, prepared->generations, prepared->home};
    bool finished = true;
    for (std::int32_t index = 0; index < tasks; ++index) {
      auto task = Task::make({&plan, 0, static_cast<std::uint32_t>(index), options, prepared->sequence}, resources);
      if (!task.ok()) {
        problem = task.error().message;
        return false;
      }
      for (int done = 0; done < steps && whileItRuns; done += kSlice) {
        host.run({task->get()}, kSlice);
        whileItRuns();
      }
      if (!whileItRuns) host.run({task->get()}, steps);
      if ((*task)->failure()) problem = (*task)->failure()->message;
      finished = finished && (*task)->finished();
      changes = host.schemaChanges;
      host.forget();
    }
    return finished;
  }

  Lines rows() { return rowsOf(log, "out", fakeSchema()); }
  // One task that waits for more.
  void follow(int steps, TaskOptions options = {}) {
    options.untilEnd = false;
    run(1, 1, steps, options);
  }

  MemoryLog log;
  MemoryStateStore store;
  MemoryBudget budget{1 << 20};
  FakePlugins plugins;
  Duration maxAhead = -1;
  bool timed = true;        // the source has an event time
  Timestamp now = kSecond;  // what the clock says when a run begins
  std::function<void()> whileItRuns;
  std::string problem;
  std::vector<SchemaChange> changes;  // that the last run was told of

 private:
  static constexpr int kSlice = 100;
};

constexpr int kEnough = 1'000'000;

// A row at a time, so that a kill comes in the middle.
TaskOptions slowly() {
  TaskOptions options = endingRun();
  options.batchRows = 1;
  return options;
}

Lines undisturbed() {
  Home home(threeSplits());
  TaskOptions alone = endingRun();
  alone.shareDecoding = false;
  if (!home.run(1, 1, kEnough, alone)) return {home.problem};
  return home.rows();
}

char splitOf(const std::string& row) {
  return row.at(std::string_view("{\"split\":\"").size());
}

Lines sorted(Lines rows) {
  std::sort(rows.begin(), rows.end());
  return rows;
}

}  // namespace

class SourceInputTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theSplitThatIsFurthestBehindIsReadFirst() {
    Home home(threeSplits());
    TaskOptions one = endingRun();
    one.decodeAhead = 1;
    QVERIFY2(home.run(1, 1, kEnough, one), home.problem.c_str());
    // Split b begins three seconds later than the others, and has its second turn when they are there.
    const Lines rows = home.rows();
    const auto isOfB = [](const std::string& row) { return row.find(R"("split":"b")") != std::string::npos; };
    const auto first = std::find_if(rows.begin(), rows.end(), isOfB);
    const auto second = std::find_if(first + 5, rows.end(), isOfB);
    QCOMPARE(rows.size(), std::size_t{600});
    QCOMPARE(second - rows.begin(), std::ptrdiff_t{405});
  }

  void splitsWithoutATimeTakeTurns() {
    Home home(splitsWithoutTime());
    home.timed = false;
    QVERIFY2(home.run(1, 1, kEnough), home.problem.c_str());
    const Lines rows = home.rows();
    QCOMPARE(rows.size(), std::size_t{121});
    std::map<char, int> given;
    for (const std::string& row : rows) {
      const char split = splitOf(row);
      ++given[split];
      for (const char other : {'a', 'b', 'c'})
        QVERIFY2(std::abs(given[split] - given[other]) <= (split == 'z' ? 40 : 1), row.c_str());
    }
    QVERIFY2(rows[3].find(R"("split":"z")") != std::string::npos, rows[3].c_str());
  }

  void theTurnsOfSplitsWithoutATimeDoNotDependOnKills() {
    Home undisturbedHome(splitsWithoutTime());
    undisturbedHome.timed = false;
    QVERIFY(undisturbedHome.run(1, 1, kEnough));
    for (unsigned seed = 1; seed <= 20; ++seed) {
      Home home(splitsWithoutTime());
      home.timed = false;
      int runs = 1;
      while (!home.run(1, seed * 100 + static_cast<unsigned>(runs), 8 + runs, slowly())) QVERIFY(++runs < 200);
      QVERIFY(runs > 2);
      QCOMPARE(home.rows(), undisturbedHome.rows());
    }
  }

  void aSplitThatHasEndedOrIsDryKeepsNoOtherWaiting() {
    // A rotated file of 10 rows from last week, and the one that is written: 20,010 rows over two weeks.
    for (const bool follow : {false, true}) {
      FakeInput input;
      constexpr std::int64_t kWeek = std::int64_t{7} * 86'400'000;
      std::string old;
      for (int row = 0; row < 10; ++row) old += std::to_string(row) + "\n";
      input.splits["app.log.1"] = {{old, {}}};
      for (int chunk = 0; chunk < 2001; ++chunk) {
        std::string lines;
        for (int row = 0; row < 10; ++row)
          lines += std::to_string(kWeek + (chunk * 10 + row) * 2 * kWeek / 20'010) + "\n";
        input.splits["app.log"].push_back({lines, {}});
      }
      Home home(input);
      TaskOptions options;
      options.untilEnd = !follow;
      home.run(1, 1, follow ? 100'000 : kEnough, options);
      QVERIFY2(home.problem.empty(), home.problem.c_str());
      QCOMPARE(home.rows().size(), std::size_t{20'020});
    }
  }

  void aRowOfTheFarFutureIsADeadLetterAndMovesNoTime() {
    constexpr std::int64_t kDay = std::int64_t{86'400'000};
    // A row of 2099 and one of the year 10000 among 5,000, the clock stands at 2026.
    const std::int64_t now = std::int64_t{1'790'000'000'000};
    FakeInput input;
    for (int chunk = 0; chunk < 500; ++chunk) {
      std::string lines;
      for (int row = 0; row < 10; ++row) lines += std::to_string(now - 5'000 + chunk * 10 + row) + "\n";
      if (chunk == 60) lines += std::to_string(std::int64_t{4'070'908'800'000}) + "\n";
      if (chunk == 61)
        lines += std::to_string(std::int64_t{253'402'300'800'000}) + "\n" + std::to_string(now + kDay) + "\n";
      if (chunk == 62) lines += std::to_string(now + kDay + 60'000) + "\n";
      input.splits["a"].push_back({lines, {}});
    }
    for (const bool limited : {true, false}) {
      for (unsigned seed = 1; seed <= 5; ++seed) {
        Home home(input);
        home.now = now * 1000;
        if (limited) home.maxAhead = kDay * 1000;
        home.plugins.input.tellsPlaces = seed % 2 == 0;
        int runs = 1;
        while (!home.run(1, seed * 100 + static_cast<unsigned>(runs), 20 + runs * 5)) {
          QVERIFY2(home.problem.empty(), home.problem.c_str());
          QVERIFY(++runs < 400);
          home.now += 3 * kMillisecond;  // what is judged again after a kill is judged as before, or was not committed
        }
        const Lines letters = rowsOf(home.log, kDeadLetterTopic, deadLetterSchema());
        QCOMPARE(home.rows().size(), limited ? std::size_t{5001} : std::size_t{5003});
        QCOMPARE(letters.size(), limited ? std::size_t{3} : std::size_t{1});
        const char* const wanted[] = {
            "The event time 2099-01-01T00:00:00Z is more than 1d ahead of the clock, which said 2026-09-21T",
            "The event time +10000-01-01T00:00:00Z is not within the years 1 to 9999.",
        };
        for (std::size_t i = limited ? 0 : 1; i < 2; ++i) {
          const std::string& letter = letters[limited ? i : 0];
          QVERIFY2(letter.find(wanted[i]) != std::string::npos, letter.c_str());
          QVERIFY2(letter.find(R"("node":"rows")") != std::string::npos, letter.c_str());
          // Where its line begins, as every line has 14 bytes; or its number.
          const std::size_t line = (60 + i) * 10 + 10 + i;
          const std::size_t place = seed % 2 == 0 ? line * 14 : line;
          const std::string where = "\"position\":\"a@" + std::to_string(place) + '"';
          QVERIFY2(letter.find(where) != std::string::npos, letter.c_str());
        }
        NodeState state(sourceToTopic(1).subTopologies[0].nodes[0], 0, {home.log, home.store, home.budget});
        const auto stored = state.get("$input", "split/a");
        QVERIFY(stored.ok() && *stored);
        std::string_view bytes = **stored;
        // Of the rows that came through: one that is a day ahead is allowed.
        QCOMPARE(takeWatermark(bytes), (limited ? now + kDay : std::int64_t{4'070'908'800'000}) * 1000 - 1);
      }
    }
  }

  void aSourceThatTellsOfChangesIsAskedForNothingElse() {
    FakeInput input;
    for (int split = 0; split < 1000; ++split) input.splits["s:" + std::to_string(split)] = {{"1\n", {}}};
    input.tellsChanges = true;
    Home home(input);
    home.follow(2'000);
    QCOMPARE(home.rows().size(), std::size_t{1000});
    home.plugins.input.discoveries = 0;
    home.plugins.input.reads.clear();
    home.whileItRuns = [&home, told = false]() mutable {
      if (std::exchange(told, true)) return;
      home.plugins.input.splits["s:7"].push_back({"2\n", {}});
      home.plugins.input.changes = {{{"s:7", "", "seven"}, false}};
    };
    home.follow(2'000);
    QCOMPARE(home.rows().size(), std::size_t{1001});
    QCOMPARE(home.plugins.input.discoveries, 1);
    // Each once at the start, and the one that had news until it had none.
    int reads = 0;
    for (const auto& [split, count] : home.plugins.input.reads) reads += count;
    QVERIFY2(reads <= 1003, std::to_string(reads).c_str());
  }

  // A file that was renamed may end under its old name, and be told of under the new one, before its last rows went on.
  void aSplitThatIsToldOfAfterItsEndGoesOn() {
    std::string hundred;
    for (int row = 0; row < 100; ++row) hundred += "1\n";
    FakeInput input;
    input.splits["s"].assign(10, {hundred, {}});
    input.later["s"] = {"2\n", {}};
    input.tellsChanges = true;
    Home home(input);
    home.follow(5'000, slowly());
    QCOMPARE(home.rows().size(), std::size_t{1001});
  }

  void aSplitThatIsGoneIsForgottenOnceItHasBeenRead() {
    FakeInput input = threeSplits();
    input.tellsChanges = true;
    Home home(input);
    home.whileItRuns = [&home, told = false]() mutable {
      if (home.rows().size() < 600 || std::exchange(told, true)) return;
      home.plugins.input.splits.erase("b");
      home.plugins.input.changes = {{{"b", "", ""}, true}};
    };
    home.follow(20'000);
    QCOMPARE(home.rows().size(), std::size_t{600});
    home.whileItRuns = nullptr;
    home.follow(100);
    std::vector<std::string> stored;
    for (const SourceSplit& split : home.plugins.input.restored) stored.push_back(split.id);
    QCOMPARE(stored, (std::vector<std::string>{"a", "c"}));
  }

  void aSplitThatIsNotThereForAMonthIsForgotten() {
    Home home(threeSplits());
    QVERIFY(home.run(1, 1, kEnough));
    const auto storedWithoutB = [&home](Duration later) {
      home.plugins.input.restored.clear();
      home.now += later;
      home.run(1, 2, kEnough);
      return home.plugins.input.restored.size();
    };
    const std::vector<FakeInput::Chunk> b = home.plugins.input.splits.extract("b").mapped();
    const Duration day = 24 * 3600 * kSecond;
    QCOMPARE(storedWithoutB(day), std::size_t{3});
    QCOMPARE(storedWithoutB(29 * day), std::size_t{3});
    // There again, it goes on where it was, and its time without begins anew.
    home.plugins.input.splits["b"] = b;
    QCOMPARE(storedWithoutB(day), std::size_t{3});
    QCOMPARE(home.rows().size(), std::size_t{600});
    home.plugins.input.splits.erase("b");
    QCOMPARE(storedWithoutB(29 * day), std::size_t{3});
    QCOMPARE(storedWithoutB(29 * day), std::size_t{3});
    QCOMPARE(storedWithoutB(2 * day), std::size_t{3});
    QCOMPARE(storedWithoutB(day), std::size_t{2});
  }

  void splitsThatWerePlacedByAnOlderRuleGoOnInTheTaskThatReadsThemNow() {
    // An earlier version decided by the whole id.
    const auto placedBefore = [](const std::string& id) { return partitionOf(id, 2); };
    FakeInput input;
    int moved = 0;
    for (int i = 0; i < 20; ++i) {
      const std::string id = "2049:" + std::to_string(i) + ":" + std::to_string(i * 7919);
      input.splits[id] = {{"1\n", {}}, {"2\n", {}}};
      moved += placedBefore(id) != taskOfSplit(id, 2) ? 1 : 0;
    }
    QVERIFY(moved > 0);
    Home home(input);
    const topology::Plan plan = sourceToTopic(2);
    QVERIFY(makeMissing(*planTopics(plan, home.log), home.log).ok());
    for (std::int32_t task = 0; task < 2; ++task) {
      NodeState state(plan.subTopologies[0].nodes[0], task, {home.log, home.store, home.budget});
      for (const auto& [id, chunks] : input.splits) {
        if (placedBefore(id) == task) state.put("$input", "split/" + id, withWatermark(0, "1"));
      }
      QVERIFY(home.log.append({*state.takeDirty()}).ok());
    }
    QVERIFY2(home.run(2, 1, kEnough), home.problem.c_str());
    QCOMPARE(home.rows().size(), std::size_t{20});
  }

  void splitsWithTheSameEndOfTheirIdAreInOneTask() {
    for (std::int32_t tasks = 1; tasks < 20; ++tasks) {
      QCOMPARE(taskOfSplit("file:1:abc", tasks), taskOfSplit("2049:77:abc", tasks));
      QCOMPARE(taskOfSplit("file:1:abc", tasks), taskOfSplit("abc", tasks));
    }
  }

  void theOrderOfReadingDoesNotDependOnThreads() {
    const Lines wanted = undisturbed();
    QCOMPARE(wanted.size(), std::size_t{600});
    for (unsigned seed = 1; seed <= 20; ++seed) {
      Home home(threeSplits());
      QVERIFY2(home.run(1, seed, kEnough), home.problem.c_str());
      QCOMPARE(home.rows(), wanted);
    }
  }

  void theOrderOfReadingDoesNotDependOnKills() {
    const Lines wanted = undisturbed();
    for (unsigned seed = 1; seed <= 20; ++seed) {
      Home home(threeSplits());
      int runs = 1;
      while (!home.run(1, seed * 100 + static_cast<unsigned>(runs), 25 + runs, slowly())) QVERIFY(++runs < 200);
      QVERIFY(runs > 2);
      QCOMPARE(home.rows(), wanted);
    }
  }

  void splitsThatMoveToOtherTasksAreReadOnceAndToTheirEnd() {
    const Lines wanted = sorted(undisturbed());
    int moved = 0;  // runs that were in the middle when the tasks changed
    for (unsigned seed = 1; seed <= 20; ++seed) {
      Home home(threeSplits());
      std::vector<std::int32_t> tasks{2, 4, 1, 3};
      unsigned run = 0;
      for (const std::int32_t count : tasks) home.run(count, seed * 100 + run++, 30, slowly());
      const auto half = home.rows().size();
      moved += half > 0 && half < wanted.size() ? 1 : 0;
      QVERIFY2(home.run(2, seed, kEnough), home.problem.c_str());
      QCOMPARE(sorted(home.rows()), wanted);
    }
    QVERIFY(moved >= 10);
  }

  void aSplitTakesItsTimeAlongWhenItMoves() {
    Home home(threeSplits());
    home.run(2, 7, 150);
    const auto watermarks = [&](std::int32_t tasks) {
      std::map<std::string, std::int64_t> found;
      for (std::int32_t task = 0; task < tasks; ++task) {
        NodeState state(sourceToTopic(tasks).subTopologies[0].nodes[0], task, {home.log, home.store, home.budget});
        for (const std::string split : {"a", "b", "c"}) {
          const auto stored = state.get("$input", "split/" + split);
          if (!stored.ok() || !*stored) continue;
          std::string_view bytes = **stored;
          found[split + " of task " + std::to_string(taskOfSplit(split, tasks) == task ? 1 : 0)] = takeWatermark(bytes);
        }
      }
      return found;
    };
    const auto before = watermarks(2);
    QVERIFY(!before.empty());
    home.run(3, 7, 0);
    QCOMPARE(watermarks(3), before);
  }

  void beforeAnotherSchemaEverythingIsCommittedAndNothingMoreIsRead() {
    const Lines wanted = undisturbed();
    for (unsigned seed = 1; seed <= 20; ++seed) {
      FakeInput input = threeSplits();
      changeSchema(input, "b", 20);
      Home home(input);
      QVERIFY2(home.run(1, seed, kEnough, slowly()), home.problem.c_str());
      QCOMPARE(home.changes.size(), std::size_t{1});
      QCOMPARE(home.changes[0].node, std::string("rows"));
      QCOMPARE(home.changes[0].split, std::string("b"));
      QVERIFY(home.changes[0].gotOn);
      const Lines before = home.rows();
      const auto of = [](const Lines& rows, const char* split) {
        return std::count_if(rows.begin(), rows.end(),
                             [&](const std::string& row) { return row.find(split) != std::string::npos; });
      };
      QCOMPARE(of(before, R"("split":"b")"), 100);  // 20 chunks of 5 rows
      QVERIFY(before.size() < wanted.size());
      home.plugins.input.plannedVersion = 1;
      QVERIFY2(home.run(1, seed, kEnough), home.problem.c_str());
      QVERIFY(home.changes.empty());
      QCOMPARE(sorted(home.rows()), sorted(wanted));
    }
  }

  void aSplitThatChangesAtOnceHasNotGotOn() {
    FakeInput input = threeSplits();
    changeSchema(input, "a", 0);
    Home home(input);
    QVERIFY2(home.run(1, 1, kEnough), home.problem.c_str());
    QCOMPARE(home.changes.size(), std::size_t{1});
    QVERIFY(!home.changes[0].gotOn);
  }

  void aKillBeforeTheCommitMeetsTheOtherSchemaAgain() {
    const Lines wanted = sorted(undisturbed());
    int toldInVain = 0;
    for (unsigned seed = 1; seed <= 40; ++seed) {
      FakeInput input = threeSplits();
      changeSchema(input, "b", 20);
      Home home(input);
      int runs = 1;
      while (true) {
        const bool over = home.run(1, seed * 100 + static_cast<unsigned>(runs), 25 + runs * 3, slowly());
        if (over && home.changes.empty()) break;
        if (over) home.plugins.input.plannedVersion = 1;  // the next run has a new plan
        toldInVain += !over && !home.changes.empty() ? 1 : 0;
        QVERIFY(++runs < 300);
      }
      QCOMPARE(sorted(home.rows()), wanted);
    }
    QVERIFY(toldInVain > 0);
  }

  void whatTheSourceCouldNotReadIsADeadLetterOnce() {
    FakeInput input;
    const UnreadableRecord tooLong{std::string(100'000, 'x'), 300'000, 12, "The line is too long."};
    for (int chunk = 0; chunk < 10; ++chunk) {
      input.splits["a"].push_back({chunk % 2 == 0 ? std::to_string(chunk) + "\n" : "", {}});
    }
    input.splits["a"][3].unreadable = {tooLong};
    input.splits["a"][4].unreadable = {tooLong};
    for (unsigned seed = 1; seed <= 10; ++seed) {
      Home home(input);
      int runs = 1;
      while (!home.run(1, seed * 100 + static_cast<unsigned>(runs), 20 + runs * 5)) QVERIFY(++runs < 200);
      QCOMPARE(home.rows().size(), std::size_t{5});
      const Lines letters = rowsOf(home.log, kDeadLetterTopic, deadLetterSchema());
      QCOMPARE(letters.size(), std::size_t{2});
      for (const char* part : {R"("node":"rows")", R"("position":"a@12")",
                               "The line is too long. The value holds the first 65536 of its 300000 bytes."}) {
        QVERIFY2(letters[0].find(part) != std::string::npos, letters[0].substr(0, 300).c_str());
      }
    }
  }
};

WEIR_TEST(SourceInputTest)
#include "source_input_test.moc"
