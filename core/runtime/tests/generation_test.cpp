// Those who write a topic change from one start to the next: what the home does about it, and what readers see.
#include "core/runtime/tests/fake_operators.hpp"

#include "core/runtime/engine/home_registry.hpp"
#include "core/runtime/engine/prepare_home.hpp"
#include "core/runtime/input/source_positions.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

using topology::NodeRole;

constexpr std::int64_t kMin = WEIR_WATERMARK_MIN;
constexpr topology::Guarantee kOnce = topology::Guarantee::ExactlyOnce;

topology::PlannedNode node(const std::string& id, NodeRole role, std::size_t topic = 0) {
  topology::PlannedNode node;
  node.id = id;
  node.role = role;
  node.topic = topic;
  node.params = "{}";
  if (role != NodeRole::Source && role != NodeRole::TopicRead) node.inputs = {fakeSchema()};
  if (role == NodeRole::Source || role == NodeRole::TopicRead) node.outputs = {fakeSchema()};
  if (role == NodeRole::Source) {
    node.use = "fake.source";
    node.format = "fake.format";
    node.eventTime = topology::EventTime{"ts", 0};
  }
  return node;
}

// Sources -> topic "moved" -> topic "result".
topology::Plan plan(const std::vector<std::pair<std::string, std::int32_t>>& sources, std::int32_t partitions = 1) {
  topology::Plan plan;
  for (const char* name : {"moved", "result"}) {
    topology::PlannedTopic topic;
    topic.name = name;
    topic.schema = fakeSchema();
    plan.topics.push_back(topic);
  }
  plan.topics[0].repartition = true;
  plan.topics[0].partitions = partitions;
  for (const auto& [id, tasks] : sources) {
    topology::PlannedNode source = node(id, NodeRole::Source);
    source.edges = {{0, 1, 0}};
    plan.subTopologies.push_back({id, {source, node("moved.write", NodeRole::TopicWrite, 0)}, tasks, kOnce});
  }
  topology::PlannedNode read = node("moved.read", NodeRole::TopicRead, 0);
  read.edges = {{0, 1, 0}};
  plan.subTopologies.push_back({read.id, {read, node("result", NodeRole::TopicWrite, 1)}, partitions, kOnce});
  return plan;
}

// Chunks of one row each, at these seconds.
std::vector<FakeInput::Chunk> rowsAt(const std::vector<int>& seconds) {
  std::vector<FakeInput::Chunk> chunks;
  chunks.reserve(seconds.size());
  for (const int second : seconds) chunks.push_back({std::to_string(second * 1000) + "\n", {}});
  return chunks;
}

// The watermark after rows up to a second.
std::int64_t upTo(int second) {
  return second * kSecond - 1;
}

// A home in memory, on which one run follows another.
class Home {
 public:
  // Runs so many steps; answers whether all went well and, of a run until the end, whether it came there. The reader's
  // watermark stands in `watermark` after it.
  bool run(const topology::Plan& drawn, bool untilEnd, int steps = 20'000) {
    problem.clear();
    TaskOptions options;
    options.untilEnd = untilEnd;
    options.commitInterval = 5 * kMillisecond;
    SteppedHost host(log, ++seed_);
    const StateResources state{log, store, budget};
    auto prepared =
        prepareHome(drawn, {state, plugins, host.clock(), logger_}, {.untilEnd = untilEnd, .forget = forget});
    if (!prepared.ok()) {
      problem = prepared.error().message;
      return false;
    }
    generations = prepared->generations;
    const topology::Plan& plan = prepared->plan;
    OpenFlow flow;
    const TaskResources resources{plugins,     state,         host, flow, [](const auto&) { return nullptr; },
                                  generations, prepared->home};
    std::vector<std::unique_ptr<Task>> tasks;
    std::vector<Task*> running;
    for (std::size_t subTopology = 0; subTopology < plan.subTopologies.size(); ++subTopology) {
      for (std::int32_t index = 0; index < plan.subTopologies[subTopology].tasks; ++index) {
        auto task =
            Task::make({&plan, subTopology, static_cast<std::uint32_t>(index), options, prepared->sequence}, resources);
        if (!task.ok()) {
          problem = task.error().message;
          return false;
        }
        running.push_back(task->get());
        tasks.push_back(std::move(*task));
      }
    }
    const bool finished = host.run(running, steps);
    for (const auto& task : tasks) {
      if (task->failure()) problem = task->failure()->message;
    }
    watermark = running.back()->watermark();
    return untilEnd ? finished : problem.empty();
  }
  std::string descriptionOf(const std::string& topic) const {
    const auto topics = log.topics();
    for (const TopicSpec& spec : *topics) {
      if (spec.name == topic) return spec.description;
    }
    return "there is no such topic";
  }
  std::size_t results() { return rowsOf(log, "result", fakeSchema()).size(); }

  MemoryLog log;
  MemoryStateStore store;
  MemoryBudget budget{1 << 20};
  FakePlugins plugins;
  std::vector<std::string> forget;
  std::vector<std::int64_t> generations;
  std::int64_t watermark = kMin;
  std::string problem;

 private:
  SilentLogger logger_;
  unsigned seed_ = 0;
};

#define RUNS(home, ...) QVERIFY2((home).run(__VA_ARGS__), (home).problem.c_str())

}  // namespace

class GenerationTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theSameWritersGoOnInTheirGeneration() {
    Home home;
    RUNS(home, plan({{"rows", 2}}), false);
    QCOMPARE(home.generations, (std::vector<std::int64_t>{0, 0}));
    RUNS(home, plan({{"rows", 2}}), false);
    QCOMPARE(home.generations, (std::vector<std::int64_t>{0, 0}));
  }

  void otherWritersAreAGenerationOfTheirOwn() {
    Home home;
    RUNS(home, plan({{"rows", 2}}), false);
    RUNS(home, plan({{"rows", 3}}), false);
    QCOMPARE(home.generations, (std::vector<std::int64_t>{1, 0}));
    RUNS(home, plan({{"others", 3}}), false);
    QCOMPARE(home.generations, (std::vector<std::int64_t>{2, 0}));
    RUNS(home, plan({{"others", 3}, {"rows", 3}}), false);
    QCOMPARE(home.generations, (std::vector<std::int64_t>{3, 0}));
  }

  void timeStandsUntilAllNewWritersHaveSpoken() {
    for (unsigned tasks = 1; tasks <= 4; ++tasks) {
      Home home;
      home.plugins.input.splits = {{"a", rowsAt({10, 20})}, {"b", rowsAt({5, 15})}};
      RUNS(home, plan({{"rows", 2}}), false);
      QCOMPARE(home.watermark, upTo(15));
      home.plugins.input.splits["a"].push_back(rowsAt({60})[0]);
      // Nothing new of b: whoever reads it now says again where it stands.
      RUNS(home, plan({{"rows", static_cast<std::int32_t>(tasks)}}), false);
      QCOMPARE(home.watermark, upTo(15));
      home.plugins.input.splits["b"].push_back(rowsAt({40})[0]);
      RUNS(home, plan({{"rows", static_cast<std::int32_t>(tasks)}}), false);
      QCOMPARE(home.watermark, upTo(40));
      QCOMPARE(home.results(), std::size_t{6});
    }
  }

  void aKillBetweenTwoNumbersOfTasksLosesAndDoublesNothing() {
    for (int steps = 10; steps < 400; steps += 13) {
      Home home;
      for (const char* split : {"a", "b", "c"}) home.plugins.input.splits[split] = rowsAt(std::vector<int>(30, 7));
      for (const std::int32_t tasks : {2, 4, 1, 3}) RUNS(home, plan({{"rows", tasks}}), false, steps);
      RUNS(home, plan({{"rows", 2}}), true);
      QCOMPARE(home.results(), std::size_t{90});
    }
  }

  void aTaskWithoutASplitHoldsNoTimeBack() {
    Home home;
    home.plugins.input.splits = {{"a", rowsAt({10, 20})}};
    RUNS(home, plan({{"rows", 4}}), false);
    QCOMPARE(home.watermark, upTo(20));
  }

  void aTaskWhoseSplitsAreAllSilentTellsThatItIsIdle() {
    for (const Duration idleAfter : {Duration{-1}, 5 * kMillisecond}) {
      Home home;
      std::string other = "b";
      while (taskOfSplit("a", 2) == taskOfSplit(other, 2)) other += 'b';
      home.plugins.input.splits = {{"a", rowsAt({10})}, {other, rowsAt({50})}};
      topology::Plan two = plan({{"rows", 2}});
      two.subTopologies[0].nodes[0].idleAfter = idleAfter;
      RUNS(home, two, false);
      // Whoever is silent holds time back for ever, unless the topology says for how long.
      home.plugins.input.splits[other].push_back(rowsAt({70})[0]);
      RUNS(home, two, false);
      QCOMPARE(home.watermark, idleAfter < 0 ? upTo(10) : upTo(70));
    }
  }

  void whoReadsATopicOfOthersSaysAgainWhereItStands() {
    Home home;
    topology::Plan alone = plan({});
    alone.topics[0].repartition = false;
    alone.topics[0].eventTime = topology::EventTime{"ts", 0};
    RUNS(home, alone, false, 10);
    auto others = TopicWriter::make(alone.topics[0], {0, 0, 0}, [](const Batch&, const auto&) {});
    QVERIFY(others.ok() && others->write(BatchBuilder(fakeSchema()).row("x", 20 * kSecond).finish()).ok());
    std::vector<PartitionAppend> rows;
    others->take(WriterState::Active, rows);
    QVERIFY(home.log.append(rows).ok());
    RUNS(home, alone, false);
    QCOMPARE(home.watermark, upTo(20));
    topology::Plan more = alone;
    topology::PlannedNode source = node("others", NodeRole::Source);
    source.edges = {{0, 1, 0}};
    more.subTopologies.push_back({"others", {source, node("result", NodeRole::TopicWrite, 1)}, 1, kOnce});
    // No row comes, and yet the writers of the new generation are heard.
    RUNS(home, more, false);
    QCOMPARE(home.generations, (std::vector<std::int64_t>{0, 1}));
    std::int64_t told = kMin;
    auto reader = home.log.read({"result", 0}, Position());
    for (auto run = (*reader)->next(); run.ok() && *run; run = (*reader)->next()) {
      const WriterMark& mark = (*run)->header.mark;
      if (mark.generation == 1 && mark.writer == 0) told = mark.watermark;
    }
    QCOMPARE(told, upTo(20));
  }

  void writersThatAreDrawnAwayHoldNoTimeBack() {
    Home home;
    home.plugins.input.splits = {{"a", rowsAt({10})}};
    RUNS(home, plan({{"rows", 1}, {"others", 1}}), false);
    QCOMPARE(home.watermark, upTo(10));
    home.plugins.input.splits["a"].push_back(rowsAt({30})[0]);
    home.forget = {"others"};
    RUNS(home, plan({{"rows", 1}}), false);
    QCOMPARE(home.watermark, upTo(30));
  }

  void aSecondRunToTheEndReadsWhatHasComeSince() {
    Home home;
    home.plugins.input.splits = {{"a", rowsAt({10})}};
    RUNS(home, plan({{"rows", 1}}), true);
    QCOMPARE(home.results(), std::size_t{1});
    home.plugins.input.splits["a"].push_back(rowsAt({20})[0]);
    home.plugins.input.splits["b"] = rowsAt({30});
    RUNS(home, plan({{"rows", 1}}), true);
    QCOMPARE(home.results(), std::size_t{3});
  }

  void aRunToTheEndThatWasCutOffIsFinishedByTheNextOne() {
    for (int steps = 20; steps < 600; steps += 23) {
      Home home;
      home.plugins.input.splits = {{"a", rowsAt(std::vector<int>(20, 1))}, {"b", rowsAt(std::vector<int>(20, 1))}};
      home.run(plan({{"rows", 2}}), true, steps);
      QVERIFY2(home.problem.empty(), home.problem.c_str());
      RUNS(home, plan({{"rows", 2}}), true);
      QCOMPARE(home.results(), std::size_t{40});
    }
  }

  void stateOfAProcessorDoesNotMove() {
    Home home;
    const auto stateful = [](std::int32_t tasks) {
      topology::Plan out = plan({{"rows", tasks}});
      topology::PlannedNode sums = node("sums", NodeRole::Processor);
      sums.use = "fake.sums";
      sums.outputs = {fakeSchema()};
      sums.stateStamp = "meaning for " + std::to_string(tasks);
      out.subTopologies[0].nodes.push_back(sums);
      return out;
    };
    RUNS(home, stateful(2), false);
    // It has kept nothing so far.
    RUNS(home, stateful(3), false);
    topology::Plan three = stateful(3);
    NodeState state(three.subTopologies[0].nodes[2], 0, {home.log, home.store, home.budget});
    state.put("sums", "key", "value");
    QVERIFY(home.log.append({*state.takeDirty()}).ok());
    QVERIFY(!home.run(stateful(4), false));
    QVERIFY2(home.problem.find("state of node 'sums' for 3 tasks, and it would now run in 4") != std::string::npos,
             home.problem.c_str());
  }

  void anotherNumberOfPartitionsIsRefusedWithWhatToWrite() {
    Home home;
    home.plugins.input.splits["a"] = rowsAt({1, 2});
    RUNS(home, plan({{"rows", 2}}, 2), true);
    QVERIFY(!home.run(plan({{"rows", 4}}, 4), true));
    QVERIFY2(home.problem.find("say \"partitions\": 2 on the node that it leads to") != std::string::npos,
             home.problem.c_str());
  }

  void aTopicThatHasNoRowsYetGetsAnyNumberOfPartitions() {
    Home home;
    RUNS(home, plan({{"rows", 2}}, 2), false);
    for (const std::int32_t partitions : {4, 1}) {
      home.plugins.input.splits.clear();
      RUNS(home, plan({{"rows", 2}}, partitions), false);
    }
    home.plugins.input.splits["a"] = rowsAt({1, 2});
    RUNS(home, plan({{"rows", 2}}, 3), true);
    QCOMPARE(home.results(), std::size_t{2});
  }

  void aStartThatAnOperatorRefusesLeavesTheHomeAsItWas() {
    Home home;
    home.plugins.input.splits["a"] = rowsAt({1, 2});
    RUNS(home, plan({{"rows", 1}, {"more", 1}}), true);
    const Position remembered = *home.log.publishedEnd({kRegistryTopic, 0});
    const std::string described = home.descriptionOf("result");
    // A source is renamed and gets another task, another one is given up, and a topic gets a column.
    topology::Plan other = plan({{"lines", 2}});
    other.formerIds["lines"] = {"rows"};
    other.topics[1].schema.fields.push_back({"note", TypeId::String, true});
    home.forget = {"more"};
    home.plugins.refused = "lines";
    QVERIFY(!home.run(other, true));
    QCOMPARE(home.problem, std::string("The node 'lines' is refused."));
    QVERIFY(*home.log.publishedEnd({kRegistryTopic, 0}) == remembered);
    QCOMPARE(home.descriptionOf("result"), described);
    home.plugins.refused.clear();
    home.forget.clear();
    home.plugins.input.splits["a"] = rowsAt({1, 2, 3});
    RUNS(home, plan({{"rows", 1}, {"more", 1}}), true);
    QCOMPARE(home.results(), std::size_t{6});  // two sources read the same split, and nothing of it once more
  }

  void whatAHomeRemembersComesBackAsItWas() {
    MemoryLog log;
    TopicSpec topic;
    topic.name = kRegistryTopic;
    QVERIFY(log.ensureTopic(topic).ok());
    for (int round = 0; round < 3; ++round) {
      auto registry = HomeRegistry::load(log);
      QVERIFY(registry.ok());
      if (round > 0) QCOMPARE(registry->generation("a topic")->groups.at(1).tasks, round - 1);
      QCOMPARE(registry->countStart(), std::int64_t{round + 1});
      registry->setNode("node", {"was", round, "a.use", "", "a topic"});
      registry->setNode("older", {"older", 1, "", ""});
      registry->setGeneration("a topic", {round, round % 2 == 1, {{"part one", 3}, {"two", round}}});
      QVERIFY(log.append({*registry->takeChanges()}).ok());
      QVERIFY(!registry->takeChanges());
      QVERIFY(registry->committed(log).ok());
    }
    auto registry = HomeRegistry::load(log);
    QVERIFY(registry.ok());
    QCOMPARE(*registry->node("node"), (HomeNode{"was", 2, "a.use", "", "a topic"}));
    QCOMPARE(*registry->node("older"), (HomeNode{"older", 1, "", ""}));
    QVERIFY(registry->node("another") == nullptr);
    const WriterGeneration* const generation = registry->generation("a topic");
    QCOMPARE(generation->number, 2);
    QVERIFY(!generation->ends);
    QVERIFY((generation->groups == std::vector<WriterGroup>{{"part one", 3}, {"two", 2}}));
  }
};

WEIR_TEST(GenerationTest)
#include "generation_test.moc"
