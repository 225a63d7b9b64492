// Who may read on, and who waits for whom.
#include "core/runtime/engine/flow_limits.hpp"

#include "core/runtime/tests/fake_operators.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

constexpr std::int64_t kBound = 1'000;

// Parts of sources that all write the repartition topic "moved", of one partition.
topology::Plan sources(const std::vector<std::int32_t>& tasksOfSubTopologies) {
  topology::Plan plan;
  topology::PlannedTopic topic;
  topic.name = "moved";
  topic.schema = fakeSchema();
  topic.repartition = true;
  plan.topics.push_back(topic);
  for (std::size_t i = 0; i < tasksOfSubTopologies.size(); ++i) {
    topology::PlannedNode source;
    source.id = "rows-" + std::to_string(i);
    source.use = "fake.source";
    source.role = topology::NodeRole::Source;
    source.outputs = {fakeSchema()};
    source.edges = {{0, 1, 0}};
    topology::PlannedNode write;
    write.id = "window.in.repartition";
    write.role = topology::NodeRole::TopicWrite;
    write.inputs = {fakeSchema()};
    plan.subTopologies.push_back(
        {source.id, {source, write}, tasksOfSubTopologies[i], topology::Guarantee::ExactlyOnce});
  }
  return plan;
}

class Subject {
 public:
  explicit Subject(const std::vector<std::int32_t>& tasksOfSubTopologies)
      : plan_(sources(tasksOfSubTopologies)), host(log_), flow(log_, kBound) {
    TopicSpec moved;
    moved.name = "moved";
    ready = log_.ensureTopic(moved).ok();
    flow.addRepartition("moved", 1);
    for (std::size_t subTopology = 0; subTopology < plan_.subTopologies.size(); ++subTopology) {
      TopicSpec changelog;
      changelog.name = changelogTopic(plan_.subTopologies[subTopology].id);
      changelog.partitions = plan_.subTopologies[subTopology].tasks;
      ready = ready && log_.ensureTopic(changelog).ok();
      const TaskResources resources{plugins_,
                                    {log_, store_, budget_},
                                    host,
                                    flow,
                                    [this](const std::string& topic) { return flow.progressOf(topic); },
                                    {}};
      for (std::int32_t index = 0; index < plan_.subTopologies[subTopology].tasks; ++index) {
        auto task = Task::make({&plan_, subTopology, static_cast<std::uint32_t>(index), {}}, resources);
        ready = ready && task.ok();
        if (!task.ok()) continue;
        flow.add(**task, subTopology, (*task)->readsSource(), (*task)->repartitionsWritten());
        tasks.push_back(std::move(*task));
      }
    }
  }

  // So much lies before the reader, who waits for a writer.
  void fall(std::int32_t holder, std::int64_t bytes = kBound * 3 / 4) {
    RunToAppend run;
    run.header.rows = 10;
    run.body.resize(static_cast<std::size_t>(bytes));
    QVERIFY(log_.append({{{"moved", 0}, {run}}}).ok());
    flow.published({{{"moved", 0}, {}}});
    flow.progressOf("moved")->readUpTo(0, Position(), holder);
  }
  void catchUp() { flow.progressOf("moved")->readUpTo(0, Position::of(10), -1); }
  void startAgain() { flow.progressOf("moved")->readUpTo(0, Position(), -1); }
  // It has moved so many bytes, has come to this time, and has more rows.
  void advance(std::size_t task, std::int64_t bytes, std::int64_t watermark) {
    flow.advanced(*tasks[task], {watermark, bytes, true});
  }
  bool mayRead(std::size_t task) { return flow.mayRead(*tasks[task]); }
  bool wasWoken(std::size_t task) { return host.woken.contains(tasks[task].get()); }

 private:
  topology::Plan plan_;
  MemoryLog log_;
  MemoryStateStore store_;
  MemoryBudget budget_{1 << 20};
  FakePlugins plugins_;

 public:
  bool ready = false;
  SteppedHost host;
  FlowLimits flow;
  std::vector<std::unique_ptr<Task>> tasks;
};

}  // namespace

class FlowLimitsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aWriterWaitsWhileItsReaderHasTooMuchBeforeIt() {
    Subject subject({1});
    QVERIFY(subject.ready);
    QVERIFY(subject.mayRead(0));
    subject.fall(-1);
    QVERIFY(!subject.mayRead(0));
    QVERIFY(!subject.wasWoken(0));
    subject.catchUp();
    QVERIFY(subject.wasWoken(0));
    QVERIFY(subject.mayRead(0));
  }

  void theWriterThatHoldsTimeBackHasTheOtherHalfOfTheBound() {
    Subject subject({3});
    QVERIFY(subject.ready);
    subject.fall(1);
    QVERIFY(!subject.mayRead(0));
    QVERIFY(subject.mayRead(1));
    QVERIFY(!subject.mayRead(2));
  }

  void theBoundHoldsForASingleWriterToo() {
    Subject subject({1});
    QVERIFY(subject.ready);
    subject.fall(0, kBound + 1);  // which is always the one that time waits for
    QVERIFY(!subject.mayRead(0));
    subject.catchUp();
    QVERIFY(subject.wasWoken(0));
    QVERIFY(subject.mayRead(0));
  }

  void aReaderThatStartsAgainHasEverythingBeforeIt() {
    Subject subject({1});
    QVERIFY(subject.ready);
    subject.fall(-1);
    subject.catchUp();
    QVERIFY(subject.mayRead(0));
    subject.startAgain();
    QVERIFY(!subject.mayRead(0));
  }

  void writersOfSeveralPartsAreToldApart() {
    Subject subject({2, 1});
    QVERIFY(subject.ready);
    subject.fall(2);  // the only task of the second part
    QVERIFY(!subject.mayRead(0));
    QVERIFY(!subject.mayRead(1));
    QVERIFY(subject.mayRead(2));
  }

  void aSourceThatMovesMuchWaitsForTheOneBehindIt() {
    Subject subject({2});
    subject.advance(0, 0, 100);
    subject.advance(1, 0, 50);
    QVERIFY(subject.mayRead(0));
    subject.advance(0, kBound, 200);
    QVERIFY(subject.mayRead(0));
    subject.advance(0, kBound + 1, 300);
    QVERIFY(!subject.mayRead(0));
    QVERIFY(subject.mayRead(1));
    subject.advance(1, 0, 300);
    QVERIFY(subject.wasWoken(0));
    QVERIFY(subject.mayRead(0));
    // From where they met it may move as much again.
    subject.advance(0, 2 * kBound + 1, 400);
    QVERIFY(subject.mayRead(0));
    subject.advance(0, 2 * kBound + 2, 400);
    QVERIFY(!subject.mayRead(0));
  }

  void nobodyWaitsForWhoHasNoRowsOrIsFinished() {
    for (const bool finished : {true, false}) {
      Subject subject({2});
      subject.advance(1, 0, 0);
      subject.advance(0, 0, 10);
      QVERIFY(subject.mayRead(0));
      subject.advance(0, 10 * kBound, 1000);
      QVERIFY(!subject.mayRead(0));
      if (finished) {
        subject.flow.finished(*subject.tasks[1]);
      } else {
        subject.flow.advanced(*subject.tasks[1], {0, 0, false});
      }
      QVERIFY(subject.wasWoken(0));
      QVERIFY(subject.mayRead(0));
    }
  }

  void howFarAheadInTimeSomebodyIsDoesNotMatter() {
    Subject subject({2});
    subject.advance(1, 0, 0);
    subject.advance(0, 1, std::int64_t{400} * 365 * 86'400 * kSecond);
    QVERIFY(subject.mayRead(0));
  }
};

WEIR_TEST(FlowLimitsTest)
#include "flow_limits_test.moc"
