// One task: which input it polls, and when it commits.
#include "core/runtime/task/task.hpp"
#include "core/runtime/codec/batch_writer.hpp"

#include "core/runtime/tests/fake_operators.hpp"

#include <numeric>

#include "core/adapters/memory/memory_broker.hpp"
#include "core/runtime/engine/prepare_home.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

using topology::NodeRole;

topology::PlannedTopic topic(const std::string& name) {
  topology::PlannedTopic topic;
  topic.name = name;
  topic.schema = fakeSchema();
  return topic;
}

topology::PlannedNode node(const std::string& id, NodeRole role, std::size_t topic) {
  topology::PlannedNode node;
  node.id = id;
  node.role = role;
  node.topic = topic;
  node.params = "{}";
  (role == NodeRole::TopicWrite ? node.inputs : node.outputs) = {fakeSchema()};
  return node;
}

// A source whose rows go into the topic "out".
topology::Plan sourceToTopic() {
  topology::Plan plan;
  plan.topics = {topic("out")};
  topology::PlannedNode source = node("rows", NodeRole::Source, 0);
  source.use = "fake.source";
  source.format = "fake.format";
  source.edges = {{0, 1, 0}};
  plan.subTopologies.push_back(
      {"rows", {source, node("out", NodeRole::TopicWrite, 0)}, 1, topology::Guarantee::ExactlyOnce});
  return plan;
}

// Topics that others write meet in the topic "out". Those in `timed` have an event time.
topology::Plan topicsToTopic(const std::vector<std::string>& names, const std::set<std::string>& timed) {
  topology::Plan plan;
  topology::SubTopology subTopology{names[0], {}, 1, topology::Guarantee::ExactlyOnce};
  for (std::size_t i = 0; i < names.size(); ++i) {
    plan.topics.push_back(topic(names[i]));
    if (timed.contains(names[i])) plan.topics.back().eventTime = topology::EventTime{"ts", 0};
    subTopology.nodes.push_back(node(names[i], NodeRole::TopicRead, i));
    subTopology.nodes.back().edges = {{0, names.size(), 0}};
  }
  plan.topics.push_back(topic("out"));
  subTopology.nodes.push_back(node("out", NodeRole::TopicWrite, names.size()));
  plan.subTopologies.push_back(subTopology);
  return plan;
}

// A source, or a topic, before an operator that is a sink.
topology::Plan toSink(NodeRole from) {
  topology::Plan plan;
  plan.topics = {topic("in")};
  topology::PlannedNode rows = node("in", from, 0);
  rows.use = "fake.source";
  rows.format = "fake.format";
  rows.edges = {{0, 1, 0}};
  topology::PlannedNode sink = node("sink", NodeRole::Sink, 0);
  sink.use = "fake.sink";
  sink.inputs = {fakeSchema()};
  sink.outputs.clear();
  plan.subTopologies.push_back({"in", {rows, sink}, 1, topology::Guarantee::ExactlyOnce});
  return plan;
}

// A topic that others write, an operator, and the topic "out".
topology::Plan throughOperator() {
  topology::Plan plan = topicsToTopic({"in"}, {});
  std::vector<topology::PlannedNode>& nodes = plan.subTopologies[0].nodes;
  topology::PlannedNode middle = node("middle", NodeRole::Processor, 0);
  middle.use = "fake.middle";
  middle.inputs = {fakeSchema()};
  middle.edges = {{0, 2, 0}};
  nodes.insert(nodes.begin() + 1, middle);
  return plan;
}

// One task over a home in memory.
class Subject {
 public:
  explicit Subject(topology::Plan drawn, std::unique_ptr<Log> over = std::make_unique<MemoryLog>())
      : plan(std::move(drawn)), owned_(std::move(over)), log(*owned_), host(log) {
    options.commitInterval = 5 * kMillisecond;
  }

  bool start() {
    SilentLogger logger;
    const StateResources state{log, store_, budget_};
    auto prepared = prepareHome(plan, {state, plugins, host.clock(), logger}, {});
    if (!prepared.ok()) return false;
    const TaskResources resources{
        plugins, state, host, flow_, [](const auto&) { return nullptr; }, prepared->generations, prepared->home};
    auto made = Task::make({&plan, 0, 0, options}, resources);
    if (made.ok()) task = std::move(*made);
    return made.ok();
  }
  // A run of one row in a topic, at these seconds each.
  bool write(std::size_t index, const std::vector<int>& seconds) {
    auto writer = TopicWriter::make(plan.topics[index], {0, 0, 0}, [](const Batch&, const auto&) {});
    for (const int second : seconds) {
      const Batch row = BatchBuilder(fakeSchema()).row(plan.topics[index].name, second * kSecond).finish();
      std::vector<PartitionAppend> rows;
      if (!writer.ok() || !writer->write(row).ok()) return false;
      writer->take(WriterState::Active, rows);
      if (!log.append(rows).ok()) return false;
    }
    return true;
  }
  // A word about time alone, in every partition.
  bool tell(std::size_t index, std::int64_t watermark) {
    RunToAppend mark;
    mark.header.mark = {0, 1, 1, kSequencesPerStart + ++told_, watermark, WriterState::Active};
    PartitionedBatchWriter empty(makeSchema(fakeSchema()), 1);
    mark.body = empty.take(0).body;
    return log.append({{{plan.topics[index].name, kEveryPartition}, {mark}}}).ok();
  }
  // What those who read "out" know of the time of its one writer.
  std::int64_t toldOut() {
    std::int64_t told = WEIR_WATERMARK_MIN;
    auto reader = log.read({"out", 0}, Position());
    while (reader.ok()) {
      auto run = (*reader)->next();
      if (!run.ok() || !*run) break;
      told = std::max(told, (*run)->header.mark.watermark);
    }
    return told;
  }
  // Entries of all changelogs.
  std::int64_t entriesKept() {
    std::int64_t entries = 0;
    const auto all = log.figures();
    for (const TopicFigures& figures : *all) {
      if (figures.topic != plan.topics[0].name) entries += figures.rows + figures.rowsRemoved;
    }
    return entries;
  }
  // Which split or topic the rows of "out" came from, in order.
  std::vector<std::string> origins() {
    std::vector<std::string> found;
    for (const std::string& row : rowsOf(log, "out", fakeSchema())) {
      const std::size_t begin = row.find(":\"") + 2;
      found.push_back(row.substr(begin, row.find('"', begin) - begin));
    }
    return found;
  }

  topology::Plan plan;

 private:
  std::unique_ptr<Log> owned_;

 public:
  Log& log;
  SteppedHost host;
  FakePlugins plugins;
  TaskOptions options;

 private:
  MemoryStateStore store_;
  MemoryBudget budget_{1 << 20};
  OpenFlow flow_;
  std::int64_t told_ = 0;

 public:
  std::unique_ptr<Task> task;
};

// Operators that pass on what comes, and do something with it first.
auto passing(std::function<void(NodeServices& services, const Batch& batch)> first) {
  return [first = std::move(first)](const InstanceSpec& spec, FakeOperator& made) {
    made.onProcess = [first, services = spec.services](std::uint32_t, const Batch& batch) {
      if (first) first(*services, batch);
      services->emit(0, batch.get());
      return Progress::Done;
    };
  };
}

// Of the first `count` rows, those of one origin.
std::ptrdiff_t share(const std::vector<std::string>& origins, const std::string& of, std::ptrdiff_t count) {
  return std::count(origins.begin(), origins.begin() + std::min<std::ptrdiff_t>(count, std::ssize(origins)), of);
}

}  // namespace

class TaskTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void commitsGoOnWhenTheTimeOfDayIsSetBackByAnHour() {
    Subject subject(sourceToTopic());
    subject.plugins.input.splits["a"] = {{"1\n", {}}};
    QVERIFY(subject.start());
    subject.host.run({subject.task.get()}, 2'000);
    QCOMPARE(subject.origins().size(), std::size_t{1});
    subject.host.time.setTimeOfDay(subject.host.time.now() - 3600 * kSecond);
    subject.plugins.input.splits["a"].push_back({"2\n", {}});
    subject.host.run({subject.task.get()}, 2'000);
    QCOMPARE(subject.origins().size(), std::size_t{2});
  }

  void timeAloneIsToldOnWithoutACommit() {
    Subject subject(throughOperator());
    subject.plugins.prepare = passing({});
    QVERIFY(subject.start());
    QVERIFY(subject.write(0, {1}));
    subject.host.run({subject.task.get()}, 2'000);
    const int before = subject.host.commits;
    QVERIFY(before > 0);
    for (int second = 2; second < 20; ++second) {
      QVERIFY(subject.tell(0, second * kSecond));
      subject.host.run({subject.task.get()}, 2'000);
      QCOMPARE(subject.toldOut(), second * kSecond);
    }
    QCOMPARE(subject.host.commits, before);
    QVERIFY(subject.write(0, {30}));
    subject.host.run({subject.task.get()}, 2'000);
    QCOMPARE(subject.host.commits, before + 1);
  }

  void whatWasToldWithoutACommitIsToldAgainAfterARestart() {
    Subject subject(throughOperator());
    subject.plugins.prepare = passing({});
    QVERIFY(subject.start());
    QVERIFY(subject.tell(0, 7 * kSecond));
    subject.host.run({subject.task.get()}, 2'000);
    QCOMPARE(subject.toldOut(), 7 * kSecond);
    QCOMPARE(subject.host.commits, 0);
    QVERIFY(subject.log.dropTopic("out").ok());  // nobody has kept it
    QVERIFY(subject.start());
    QCOMPARE(subject.toldOut(), WEIR_WATERMARK_MIN);
    subject.host.run({subject.task.get()}, 2'000);
    QCOMPARE(subject.toldOut(), 7 * kSecond);
  }

  void whatAnOperatorDoesBecauseOfTimeIsCommitted_data() {
    QTest::addColumn<bool>("asks");
    QTest::newRow("it sends a row") << false;
    QTest::newRow("it asks for a commit") << true;
  }
  void whatAnOperatorDoesBecauseOfTimeIsCommitted() {
    QFETCH(bool, asks);
    Subject subject(throughOperator());
    subject.plugins.prepare = passing([asks](NodeServices& services, const Batch& batch) {
      if (batch.steps().empty() || batch.steps().back().watermark != 7 * kSecond) return;
      if (asks) return services.requestCommit();
      services.emit(0, BatchBuilder(fakeSchema()).row("closed", 7 * kSecond).finish().get());
    });
    QVERIFY(subject.start());
    for (int second = 1; second < 20; ++second) {
      QVERIFY(subject.tell(0, second * kSecond));
      subject.host.run({subject.task.get()}, 2'000);
      QCOMPARE(subject.host.commits, second < 7 ? 0 : 1);
    }
    QCOMPARE(subject.origins().size(), asks ? std::size_t{0} : std::size_t{1});
    QCOMPARE(subject.toldOut(), 19 * kSecond);
  }

  void aLogThatTellsOnlyWhatItKeepsHasTimeCommittedAndNothingElseKept() {
    MemoryBroker broker;
    Subject subject(throughOperator(), broker.open("runner"));
    int prepared = 0;
    subject.plugins.prepare = [&](const InstanceSpec& spec, FakeOperator& made) {
      passing({})(spec, made);
      made.onPrepare = [&prepared, services = spec.services] {
        ++prepared;
        QVERIFY(services->setRecovery("as far as this").ok());
      };
    };
    QVERIFY(subject.start());
    QVERIFY(subject.write(0, {1}));
    subject.host.run({subject.task.get()}, 2'000);
    const std::int64_t before = subject.entriesKept();
    const int preparedBefore = prepared;
    QVERIFY(before > 0);
    for (int second = 2; second < 20; ++second) {
      QVERIFY(subject.tell(0, second * kSecond));
      subject.host.run({subject.task.get()}, 2'000);
      QCOMPARE(subject.toldOut(), second * kSecond);
    }
    QVERIFY2(!subject.task->failure(), subject.task->failure() ? subject.task->failure()->message.c_str() : "");
    QVERIFY(prepared > preparedBefore);
    QCOMPARE(subject.entriesKept(), before);
    QVERIFY(subject.write(0, {30}));
    subject.host.run({subject.task.get()}, 2'000);
    QVERIFY(subject.entriesKept() > before);
  }

  void aCommitThatTakesLongKeepsWhatGathersWithinItsBound_data() {
    QTest::addColumn<QString>("what");
    for (const char* what : {"output", "dead letters", "state"}) QTest::newRow(what) << what;
  }
  void aCommitThatTakesLongKeepsWhatGathersWithinItsBound() {
    QFETCH(QString, what);
    constexpr std::size_t kChunks = 2'000;
    constexpr std::int64_t kBound = 64 << 10;
    constexpr std::int64_t kEntry = 2'000;
    Subject subject(what == "state" ? toSink(NodeRole::Source) : sourceToTopic());
    subject.options.commitBytes = kBound;
    for (std::size_t chunk = 0; chunk < kChunks; ++chunk) {
      FakeInput::Chunk next;
      for (int row = 0; row < 100 && what == "output"; ++row)
        next.lines += std::to_string(chunk * 7919 + row * 104'729 % 9973) + "\n";
      if (what == "state") next.lines = "1\n";
      if (what == "dead letters") next.unreadable = {{std::string(kEntry, 'x'), kEntry, 12, "It is not good."}};
      subject.plugins.input.splits["a"].push_back(std::move(next));
    }
    std::int64_t overlay = 0;
    subject.plugins.prepare = [&](const InstanceSpec& spec, FakeOperator& made) {
      auto store = spec.services->store("rows");
      QVERIFY(store.ok());
      // What is new is handed over at the commit, and only then known again.
      made.onProcess = [&, store = *store](std::uint32_t, const Batch& batch) {
        overlay += batch.rowCount() * kEntry;
        store->budget(overlay);
        return Progress::Done;
      };
      made.onPrepare = [&, store = *store] {
        const std::string value(static_cast<std::size_t>(overlay), 'v');
        const weir_state_entry entry{0, toSlice("k"), toSlice(value)};
        QVERIFY(store->put(std::span(&entry, 1)).ok());
        store->budget(overlay = 0);
      };
    };
    QVERIFY(subject.start());
    subject.host.stalled = true;
    subject.host.run({subject.task.get()}, 20'000);
    const int read = subject.plugins.input.reads["a"];
    QVERIFY(read > 4);
    subject.host.run({subject.task.get()}, 20'000);
    QCOMPARE(subject.plugins.input.reads["a"], read);  // it has come to rest, with most of the input unread
    QVERIFY2(read < static_cast<int>(kChunks) / 4, std::to_string(read).c_str());
    const std::int64_t atRest = overlay;
    subject.host.stalled = false;
    subject.host.run({subject.task.get()});
    QVERIFY(subject.plugins.input.reads["a"] >= static_cast<int>(kChunks));
    // As much as asks for a commit, twice where one is under way, and the chunks that were read ahead. What a store may
    // hold between commits is another bound.
    const std::size_t most = what == "state"          ? static_cast<std::size_t>(atRest)
                             : what == "dead letters" ? static_cast<std::size_t>(read * kEntry)
                                                      : subject.host.largestCommit;
    QVERIFY2(most > kBound / 2 && most < 3 * kBound, std::to_string(most).c_str());
  }

  // Whoever has read everything may still hold rows that leave with the end.
  void nobodyIsIdleInARunToItsEnd() {
    for (const bool untilEnd : {false, true}) {
      Subject subject(sourceToTopic());  // which has no split
      subject.options.untilEnd = untilEnd;
      QVERIFY(subject.start());
      QCOMPARE(subject.task->idle(), !untilEnd);
    }
  }

  void inputsWithoutEventTimeTakeTurns() {
    Subject subject(topicsToTopic({"a", "b", "c"}, {}));
    QVERIFY(subject.start());
    for (std::size_t i = 0; i < 3; ++i) QVERIFY(subject.write(i, std::vector<int>(100, 1)));
    subject.host.run({subject.task.get()}, 20'000);
    const auto origins = subject.origins();
    QCOMPARE(origins.size(), std::size_t{300});
    for (const char* name : {"a", "b", "c"}) QCOMPARE(share(origins, name, 60), std::ptrdiff_t{20});
  }

  void anInputWithoutEventTimeTakesTurnsWithTheOneFurthestBehind() {
    Subject subject(topicsToTopic({"untimed", "late", "early"}, {"late", "early"}));
    QVERIFY(subject.start());
    std::vector<int> seconds(100);
    std::iota(seconds.begin(), seconds.end(), 1'000);
    QVERIFY(subject.write(0, seconds) && subject.write(1, seconds));
    std::iota(seconds.begin(), seconds.end(), 1);
    QVERIFY(subject.write(2, seconds));
    subject.host.run({subject.task.get()}, 20'000);
    const auto origins = subject.origins();
    QCOMPARE(origins.size(), std::size_t{300});
    // "late" had a turn before anybody knew its time, and now and then, so that nobody waits for ever.
    QVERIFY(share(origins, "late", 180) <= 5);
    QVERIFY(qAbs(share(origins, "untimed", 180) - share(origins, "early", 180)) <= 5);
  }

  void anInputWhoseTimeStandsStillKeepsNobodyWaitingForEver() {
    Subject subject(topicsToTopic({"still", "ahead"}, {"still", "ahead"}));
    QVERIFY(subject.start());
    QVERIFY(subject.write(0, std::vector<int>(1'000, 1)) && subject.write(1, std::vector<int>(5, 100)));
    subject.host.run({subject.task.get()}, 40'000);
    const auto origins = subject.origins();
    QCOMPARE(origins.size(), std::size_t{1'005});
    QCOMPARE(share(origins, "ahead", 500), std::ptrdiff_t{5});
  }
};

WEIR_TEST(TaskTest)
#include "task_test.moc"
