// One task: which input it polls, and when it commits.
#include "runtime/task/task.hpp"

#include "fake_operators.hpp"

#include <QTest>

#include <numeric>

#include "runtime/engine/prepare_home.hpp"

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
  plan.parts.push_back({"rows", {source, node("out", NodeRole::TopicWrite, 0)}, 1, topology::Guarantee::ExactlyOnce});
  return plan;
}

// Topics that others write meet in the topic "out". Those in `timed` have an event time.
topology::Plan topicsToTopic(const std::vector<std::string>& names, const std::set<std::string>& timed) {
  topology::Plan plan;
  topology::SubTopology part{names[0], {}, 1, topology::Guarantee::ExactlyOnce};
  for (std::size_t i = 0; i < names.size(); ++i) {
    plan.topics.push_back(topic(names[i]));
    if (timed.contains(names[i])) plan.topics.back().eventTime = topology::EventTime{"ts", 0};
    part.nodes.push_back(node(names[i], NodeRole::TopicRead, i));
    part.nodes.back().edges = {{0, names.size(), 0}};
  }
  plan.topics.push_back(topic("out"));
  part.nodes.push_back(node("out", NodeRole::TopicWrite, names.size()));
  plan.parts.push_back(part);
  return plan;
}

// One task over a home in memory.
class Subject {
 public:
  explicit Subject(topology::Plan drawn) : plan(std::move(drawn)), host(log) {
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
      if (!log.commit(rows).ok()) return false;
    }
    return true;
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
  MemoryLog log;
  SteppedHost host;
  FakePlugins plugins;
  TaskOptions options;

 private:
  MemoryStateStore store_;
  MemoryBudget budget_{1 << 20};
  OpenFlow flow_;

 public:
  std::unique_ptr<Task> task;
};

// Of the first `count` rows, those of one origin.
std::ptrdiff_t share(const std::vector<std::string>& origins, const std::string& of, std::ptrdiff_t count) {
  return std::count(origins.begin(), origins.begin() + std::min<std::ptrdiff_t>(count, std::ssize(origins)), of);
}

}  // namespace

class TaskTest : public QObject {
  Q_OBJECT

 private slots:
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

QTEST_APPLESS_MAIN(TaskTest)
#include "task_test.moc"
