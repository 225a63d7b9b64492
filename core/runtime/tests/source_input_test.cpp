// Rows of a source through a task: in which order, with which time, whatever threads, commits and kills do.
#include "runtime/task/source_input.hpp"

#include "fake_operators.hpp"

#include <QTest>

#include <numeric>

#include "runtime/engine/prepare_home.hpp"
#include "runtime/task/dead_letters.hpp"
#include "runtime/task/source_positions.hpp"

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
  plan.parts.push_back({"rows", {source, write}, tasks, topology::Guarantee::ExactlyOnce});
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

// A home in memory on which runs follow each other.
class Home {
 public:
  explicit Home(FakeInput input) { plugins.input = std::move(input); }

  // Runs every task, one after the other, for so many steps each; answers whether all have finished.
  bool run(std::int32_t tasks, unsigned seed, int steps, TaskOptions options = {}) {
    const topology::Plan plan = sourceToTopic(tasks);
    options.untilEnd = true;
    options.commitInterval = kMillisecond * 5;
    SteppedHost host(log, seed);
    SilentLogger logger;
    const StateResources state{log, store, budget};
    auto start = prepareHome(plan, {state, plugins, host.clock(), logger}, true);
    if (!start.ok()) {
      problem = start.error().message;
      return false;
    }
    OpenFlow flow;
    const TaskResources resources{
        plugins, state, host, flow, [](const auto&) { return nullptr; }, start->generations, start->home};
    bool finished = true;
    for (std::int32_t index = 0; index < tasks; ++index) {
      auto task = Task::make({&plan, 0, static_cast<std::uint32_t>(index), options, start->sequence}, resources);
      if (!task.ok()) {
        problem = task.error().message;
        return false;
      }
      host.run({task->get()}, steps);
      if ((*task)->failure()) problem = (*task)->failure()->message;
      finished = finished && (*task)->finished();
      host.forget();
    }
    return finished;
  }
  Lines rows() { return rowsOf(log, "out", fakeSchema()); }

  MemoryLog log;
  MemoryStateStore store;
  MemoryBudget budget{1 << 20};
  FakePlugins plugins;
  std::string problem;
};

constexpr int kEnough = 1'000'000;

// A row at a time, so that a kill comes in the middle.
TaskOptions slowly() {
  TaskOptions options;
  options.batchRows = 1;
  return options;
}

Lines undisturbed() {
  Home home(threeSplits());
  TaskOptions alone;
  alone.shareDecoding = false;
  if (!home.run(1, 1, kEnough, alone)) return {home.problem};
  return home.rows();
}

Lines sorted(Lines rows) {
  std::sort(rows.begin(), rows.end());
  return rows;
}

}  // namespace

class SourceInputTest : public QObject {
  Q_OBJECT

 private slots:
  void theSplitThatIsFurthestBehindIsReadFirst() {
    Home home(threeSplits());
    TaskOptions one;
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

  void splitsThatAreFarApartEndWhenThereIsNothingLeftToRead() {
    FakeInput input;
    for (int split = 0; split < 20; ++split) {
      input.splits[std::string(1, static_cast<char>('a' + split))] = {{std::to_string(split * 3'600'000) + "\n", {}}};
    }
    Home home(input);
    QVERIFY2(home.run(1, 1, kEnough), home.problem.c_str());
    QVERIFY2(home.run(1, 2, 10'000), "the second run, which finds nothing, does not end");
    QCOMPARE(home.rows().size(), std::size_t{20});
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
        NodeState state(sourceToTopic(tasks).parts[0].nodes[0], task, {home.log, home.store, home.budget});
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

QTEST_APPLESS_MAIN(SourceInputTest)
#include "source_input_test.moc"
