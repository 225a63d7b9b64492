// What an engine does when one of its tasks fails.
#include "runtime/engine/engine.hpp"

#include "fake_operators.hpp"

#include <QTest>

#include <thread>

using namespace weir;
using namespace weir::runtime;

namespace {

using topology::NodeRole;
using Rows = std::vector<std::string>;

topology::PlannedNode node(const std::string& id, NodeRole role, std::size_t topic = 0) {
  topology::PlannedNode node;
  node.id = id;
  node.role = role;
  node.topic = topic;
  node.params = "{}";
  if (role != NodeRole::Source && role != NodeRole::TopicRead) node.inputs = {fakeSchema()};
  if (role != NodeRole::TopicWrite) node.outputs = {fakeSchema()};
  if (role == NodeRole::Source) {
    node.use = "fake.source";
    node.format = "fake.format";
    node.eventTime = topology::EventTime{"ts", 0};
  }
  return node;
}

topology::PlannedNode leadingOn(topology::PlannedNode node, std::size_t to) {
  node.edges = {{0, to, 0}};
  return node;
}

// For each name: a source, an operator of that name, and a topic; with `moved`, a repartition between the first two.
topology::Plan plan(const std::vector<std::string>& names, bool moved = false) {
  topology::Plan plan;
  for (const std::string& name : names) {
    topology::PlannedTopic out;
    out.name = "out-" + name;
    out.schema = fakeSchema();
    plan.topics.push_back(out);
    const std::size_t result = plan.topics.size() - 1;
    topology::PlannedNode middle = node(name, NodeRole::Processor);
    middle.use = "fake." + name;
    topology::SubTopology part{"rows-" + name, {}, 1, topology::Guarantee::ExactlyOnce};
    part.nodes.push_back(leadingOn(node("rows-" + name, NodeRole::Source), 1));
    if (moved) {
      topology::PlannedTopic way = out;
      way.name = "repartition." + name + ".in";
      way.repartition = true;
      plan.topics.push_back(way);
      const std::size_t topic = plan.topics.size() - 1;
      part.nodes.push_back(node(name + ".in.repartition", NodeRole::TopicWrite, topic));
      plan.parts.push_back(part);
      part = {name + ".in.repartition", {}, 1, topology::Guarantee::ExactlyOnce};
      part.nodes.push_back(leadingOn(node(name + ".in.repartition", NodeRole::TopicRead, topic), 1));
    }
    part.nodes.push_back(leadingOn(middle, 2));
    part.nodes.push_back(node("out-" + name, NodeRole::TopicWrite, result));
    plan.parts.push_back(part);
  }
  return plan;
}

// Operators that a test tells what to do with each batch, by node.
class Plugins final : public PluginHost {
 public:
  using OnBatch = std::function<Result<void>(const Batch& batch)>;

  Result<std::unique_ptr<OperatorInstance>> create(const InstanceSpec& spec) override {
    if (spec.use == "fake.source") return sources.create(spec);
    const std::lock_guard lock(mutex_);
    ++made[spec.node];
    class Passing final : public FakeOperator {
     public:
      Passing(NodeServices& services, OnBatch& onBatch, std::atomic<int>& gone)
          : services_(services), onBatch_(onBatch), gone_(gone) {}
      Result<Progress> process(std::uint32_t, const Batch& batch) override {
        if (onBatch_) WEIR_TRY(onBatch_(batch));
        services_.emit(0, batch.get());
        return Progress::Done;
      }
      void cancel() override { ++gone_; }

     private:
      NodeServices& services_;
      OnBatch& onBatch_;
      std::atomic<int>& gone_;
    };
    return std::unique_ptr<OperatorInstance>(
        std::make_unique<Passing>(*spec.services, onBatch[spec.node], cancelled[spec.node]));
  }
  Result<std::unique_ptr<FormatInstance>> createFormat(const std::string& node, const std::string& use,
                                                       const std::string& params, const SchemaRef& schema,
                                                       NodeServices* services) override {
    return sources.createFormat(node, use, params, schema, services);
  }
  Result<std::vector<Schema>> deriveSchemas(const std::string&, weir_stage, const std::string&,
                                            std::span<const Schema>) override {
    return fatalError("Nothing is derived here.");
  }

  FakePlugins sources;
  std::map<std::string, OnBatch> onBatch;
  std::map<std::string, int> made;
  std::map<std::string, std::atomic<int>> cancelled;  // calls, by node

 private:
  std::mutex mutex_;
};

// Fails so often after some rows, in each try.
Plugins::OnBatch failing(int times, int afterRows) {
  struct Left {
    int failures;
    int rows = 0;
  };
  // Shared between the copies that std::function makes.
  auto left = std::make_shared<Left>(Left{times});
  return [left, afterRows](const Batch& batch) -> Result<void> {
    left->rows += static_cast<int>(batch.selectedCount());
    if (left->failures == 0 || left->rows < afterRows) return {};
    --left->failures;
    left->rows = 0;
    return retryableError("The world is away.");
  };
}

class Subject {
 public:
  Subject() {
    options.threads = 2;
    options.task.untilEnd = true;
    options.task.batchRows = 1;
    options.task.commitInterval = kMillisecond;
    options.restarts = {3, kMillisecond, 2 * kMillisecond};
    for (int row = 0; row < 200; ++row) {
      plugins.sources.input.splits["a"].push_back({std::to_string(row * 1000) + "\n", {}});
    }
  }
  // Empty: all went well.
  std::string run(const topology::Plan& drawn) {
    auto engine = Engine::make(drawn, {log, state, plugins, clock, logger}, options);
    if (!engine.ok()) return engine.error().message;
    auto done = (*engine)->run();
    if (!done.ok()) return done.error().message;
    summary = *done;
    return "";
  }
  Rows out(const std::string& name) { return rowsOf(log, "out-" + name, fakeSchema()); }

  const SystemClock clock;
  SilentLogger logger;
  MemoryLog log;
  MemoryStateStore state;
  Plugins plugins;
  EngineOptions options;
  RunSummary summary;
};

Rows undisturbed() {
  Subject subject;
  return subject.run(plan({"x"})).empty() ? subject.out("x") : Rows();
}

}  // namespace

class EngineTest : public QObject {
  Q_OBJECT

 private slots:
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
    std::vector<topology::PlannedNode>& before = drawn.parts[0].nodes;
    std::vector<topology::PlannedNode>& behind = drawn.parts[1].nodes;
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

QTEST_APPLESS_MAIN(EngineTest)
#include "engine_test.moc"
