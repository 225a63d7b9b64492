// The commits of a task: when one is due, how its operators are asked for what they keep, and what they are told of it.
#include "core/runtime/commit/commit_cycle.hpp"

#include "core/runtime/tests/fake_operators.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

using Epochs = std::vector<std::uint64_t>;

// Is ready for a commit, and done with one, when the test says so.
class Preparing final : public FakeOperator {
 public:
  Result<Progress> prepareCommit(std::uint64_t) override {
    asked += 1;
    if (onPrepare) onPrepare();
    return ready ? Progress::Done : Progress::Blocked;
  }
  Result<Progress> committed(std::uint64_t epoch) override {
    told.push_back(epoch);
    return done ? Progress::Done : Progress::Blocked;
  }
  void abort(std::uint64_t epoch) override { aborted.push_back(epoch); }

  bool ready = true;
  bool done = true;
  int asked = 0;
  Epochs told;
  Epochs aborted;
};

// Gives nothing, and counts what it is told.
class SilentInput final : public TaskInput {
 public:
  Result<void> open() override { return {}; }
  Result<InputOutcome> poll(Batch&) override { return InputOutcome::Dry; }
  Result<void> prepareCommit() override {
    prepared += 1;
    return {};
  }
  Result<void> committed() override {
    told += 1;
    return {};
  }
  bool wouldReadAgain() const override { return onlyTime; }
  std::int64_t watermark() const override { return WEIR_WATERMARK_MIN; }
  bool idle() const override { return false; }

  bool onlyTime = false;
  int prepared = 0;
  int told = 0;
};

// Two operators, the second of which is not ready, and an input.
class Nodes final : public NodeOwner {
 public:
  explicit Nodes(topology::Guarantee guarantee = topology::Guarantee::ExactlyOnce) {
    std::vector<std::unique_ptr<TaskNode>> nodes;
    for (std::size_t i = 0; i < plans_.size(); ++i) {
      plans_[i].id = "node-" + std::to_string(i);
      auto state = std::make_unique<NodeState>(plans_[i], 0, StateResources{log, store, budget_, 0});
      nodes.push_back(std::make_unique<TaskNode>(i, plans_[i], *this, std::move(state), logger_));
      auto instance = std::make_unique<Preparing>();
      (i == 0 ? first : second) = instance.get();
      nodes[i]->setInstance(std::move(instance));
    }
    second->ready = false;
    graph.emplace(std::move(nodes));
    auto made = std::make_unique<SilentInput>();
    input = made.get();
    inputs.add(0, std::move(made), true);
    counts.emplace(*graph, inputs);
    const auto handOver = [this](CommitRequest request) { handed.push_back(std::move(request)); };
    commits = std::make_unique<CommitCycle>(CommitParts{*graph, inputs, outputs, *counts},
                                            CommitTerms{options, guarantee}, time, log, handOver);
  }
  // One is handed over, with all operators ready.
  bool handOver() {
    second->ready = true;
    const std::size_t before = handed.size();
    commits->advance();
    return handed.size() == before + 1 && !commits->isPreparing();
  }
  void answer(CommitResult result) {
    commits->answer(std::move(result));
    commits->hear();
  }
  void letter() { outputs.deadLetters().add(0, "node", "It is not good.", "", "x"); }
  TaskNode& node(std::size_t index) { return *graph->nodes()[index]; }

  bool emitFrom(std::size_t node, std::size_t port, const Batch& batch) override {
    return graph->emit(node, port, batch);
  }
  void deadLetterFrom(const std::string&, const Batch&, std::span<const std::uint32_t>, std::string_view) override {}
  void linesDropped() override {}
  void wakeTask() override {}
  void requestCommit() override {}
  const Clock& clock() const override { return time; }

  ManualClock time{3600 * kSecond};
  Preparing* first = nullptr;
  Preparing* second = nullptr;

  MemoryLog log;
  MemoryStateStore store;

 private:
  MemoryBudget budget_{1 << 20};
  SilentLogger logger_;
  std::vector<topology::PlannedNode> plans_ = std::vector<topology::PlannedNode>(2);

 public:
  std::optional<TaskGraph> graph;
  TaskOptions options;
  SilentInput* input = nullptr;
  TaskInputs inputs;
  TaskOutputs outputs;
  std::optional<TaskCounts> counts;
  std::vector<CommitRequest> handed;
  std::unique_ptr<CommitCycle> commits;
};

CommitResult refusal() {
  return {CommitFailure::Aborted, retryableError("It is refused.")};
}

}  // namespace

class CommitCycleTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void anOperatorThatIsNotReadyIsAskedAgainOnceItIsWoken() {
    Nodes nodes;
    QVERIFY(!nodes.commits->advance());
    QVERIFY(!nodes.commits->advance());
    QCOMPARE(nodes.second->asked, 1);
    nodes.second->ready = true;
    nodes.node(1).wake();
    QVERIFY(nodes.commits->advance());
    QCOMPARE(nodes.second->asked, 2);
    QCOMPARE(nodes.first->asked, 1);
  }

  void itsTimerAsksItOnceAndFiresWhenTheCommitIsPrepared() {
    Nodes nodes;
    QVERIFY(!nodes.commits->advance());
    nodes.node(1).wakeAt(nodes.time.now() + kSecond);
    nodes.time.advance(2 * kSecond);
    QVERIFY(!nodes.commits->advance());
    QVERIFY(!nodes.commits->advance());
    QCOMPARE(nodes.second->asked, 2);
    nodes.second->ready = true;
    nodes.node(1).wake();
    QVERIFY(nodes.commits->advance());
    QVERIFY(nodes.node(1).timer().hasCome(nodes.time.monotonic()));
  }

  // One that was not ready has nothing to take back.
  void whatWasPreparedIsTakenBackWhenTheTaskIsTornDown() {
    Nodes nodes;
    QVERIFY(!nodes.commits->advance());
    nodes.commits->abandon();
    QCOMPARE(nodes.first->aborted, Epochs{1});
    QCOMPARE(nodes.second->aborted, Epochs{});
  }

  void aWakeAsksOnce() {
    Nodes nodes;
    QVERIFY(!nodes.commits->advance());
    nodes.node(1).wake();
    QVERIFY(!nodes.commits->advance());
    QVERIFY(!nodes.commits->advance());
    QCOMPARE(nodes.second->asked, 2);
  }

  void eachOneDrainsTheOperators() {
    Nodes nodes;
    int drained = 0;
    nodes.first->onDrain = [&drained] {
      ++drained;
      return Result<Progress>(Progress::Done);
    };
    for (int commit = 1; commit < 4; ++commit) {
      QVERIFY(nodes.handOver());
      nodes.answer({});
      QCOMPARE(drained, commit);
    }
  }

  void whatAnOperatorKeepsIsAppliedAndSaysItsEpoch() {
    Nodes nodes;
    nodes.first->onPrepare = [&nodes] { QVERIFY(nodes.node(0).setRecovery("as far as this").ok()); };
    QVERIFY(nodes.handOver());
    QCOMPARE(nodes.handed[0].changelogs.size(), std::size_t{1});
    QVERIFY(Committer::commitGroup(nodes.log, nodes.handed, {}));
    nodes.answer({});
    QVERIFY(!nodes.graph->failure());
    QVERIFY(*nodes.store.appliedUpTo("node-0", 0) != Position());
    QCOMPARE(*nodes.node(0).lastEpoch(), std::uint64_t{1});
  }

  void oneIsDueWhenSomethingWouldBeLostAndItsTimeHasCome() {
    Nodes nodes;
    nodes.time.advance(kSecond);
    QVERIFY(!nodes.commits->isDue());
    QCOMPARE(nodes.commits->dueWhenDry(), Instant::never());
    nodes.commits->need().mustKeep();
    QVERIFY(nodes.commits->isDue());
    QVERIFY(nodes.handOver());
    nodes.answer({});
    QVERIFY(!nodes.commits->isDue());
    nodes.commits->need().mustKeep();
    QVERIFY(!nodes.commits->isDue());
    nodes.time.advance(nodes.options.idleCommitInterval);
    QVERIFY(nodes.commits->dueWhenDry() <= nodes.time.monotonic());
    QVERIFY(!nodes.commits->isDue());
    nodes.commits->need().lookedInVain(true);
    QVERIFY(nodes.commits->isDue());
    nodes.commits->need().lookedInVain(false);
    QVERIFY(!nodes.commits->isDue());
    nodes.time.advance(nodes.options.commitInterval - nodes.options.idleCommitInterval);
    QVERIFY(nodes.commits->isDue());
  }

  void rowsThatHaveMovedAreSeenByThemselves() {
    Nodes nodes;
    nodes.graph->nodes()[0]->addOutput(fakeSchema());
    nodes.graph->nodes()[0]->connect(0, nodes.node(1), 0);
    nodes.graph->emit(0, 0, BatchBuilder(fakeSchema()).watermark(kSecond).finish());
    QVERIFY(!nodes.commits->need().isDirty());
    nodes.graph->emit(0, 0, BatchBuilder(fakeSchema()).row("a", kSecond).finish());
    QVERIFY(nodes.commits->need().isDirty());
    QVERIFY(nodes.handOver());
    QVERIFY(!nodes.commits->need().isDirty());
  }

  void anInputThatWouldGiveTheSameAgainMakesNobodyDirty() {
    Nodes nodes;
    nodes.input->onlyTime = true;
    nodes.commits->need().tookIn();
    QVERIFY(!nodes.commits->need().isDirty());
    nodes.input->onlyTime = false;
    nodes.commits->need().tookIn();
    QVERIFY(nodes.commits->need().isDirty());
  }

  void timeAloneIsTakenOnceAndCommittedWhereAnOperatorAsks() {
    Nodes nodes;
    CommitNeed& need = nodes.commits->need();
    nodes.input->onlyTime = true;
    need.tookIn();
    QVERIFY(need.takeTimeAlone());
    QVERIFY(!need.takeTimeAlone());
    need.tookIn();
    need.ask();
    QVERIFY(!need.takeTimeAlone());
    QVERIFY(nodes.commits->isDue());
    QVERIFY(nodes.handOver());
    QCOMPARE(nodes.input->prepared, 0);  // it would give the same again
  }

  void whoAsksGetsOneAtOnceWhereThereIsSomethingToKeep() {
    Nodes nodes;
    nodes.commits->need().ask();
    QVERIFY(!nodes.commits->isDue());
    nodes.commits->need().mustKeep();
    QVERIFY(nodes.commits->isDue());
    QVERIFY(nodes.handOver());
    QVERIFY(!nodes.commits->mustBeOver());  // it has got it
    nodes.commits->need().ask();
    QVERIFY(nodes.commits->mustBeOver());
    nodes.answer({});
    QVERIFY(!nodes.commits->mustBeOver());
  }

  void everyOperatorIsToldOnceAndTheNextOneComesAfterwards() {
    Nodes nodes;
    nodes.second->done = false;
    nodes.commits->need().mustKeep();
    QVERIFY(nodes.handOver());
    QCOMPARE(nodes.input->prepared, 1);
    nodes.commits->need().mustKeep();  // is not in it
    nodes.time.advance(kSecond);
    nodes.commits->hear();
    QCOMPARE(nodes.first->told, Epochs{});
    QVERIFY(!nodes.commits->last());
    nodes.answer({});
    QVERIFY(nodes.commits->last() && nodes.commits->last()->ok());
    QCOMPARE(nodes.first->told, Epochs{1});
    QCOMPARE(nodes.input->told, 1);
    QVERIFY(nodes.commits->waitsFor(nodes.node(1)) && nodes.commits->awaitsWake());
    QVERIFY(!nodes.commits->isPreparing() && !nodes.commits->isDue());
    nodes.commits->hear();
    QCOMPARE(nodes.second->told, Epochs{1});
    nodes.second->done = true;
    nodes.node(1).wake();
    nodes.commits->hear();
    nodes.commits->hear();
    QCOMPARE(nodes.second->told, (Epochs{1, 1}));
    QCOMPARE(nodes.first->told, Epochs{1});
    QCOMPARE(nodes.input->told, 1);
    QVERIFY(!nodes.commits->waitsFor(nodes.node(1)) && !nodes.commits->awaitsWake());
    QVERIFY(nodes.commits->isDue());
    QVERIFY(nodes.handOver());
    nodes.answer({});
    QCOMPARE(nodes.first->told, (Epochs{1, 2}));
  }

  void oneThatIsRefusedFailsTheTaskAndIsNotCounted() {
    Nodes nodes;
    nodes.counts->read(7);
    QVERIFY(nodes.handOver());
    nodes.answer(refusal());
    QCOMPARE(nodes.graph->failure()->message, std::string("It is refused."));
    QVERIFY(nodes.commits->refused().failure() == CommitFailure::Aborted);
    QVERIFY(nodes.commits->last()->failure() == CommitFailure::Aborted);
    QCOMPARE(nodes.first->told, Epochs{});
    QCOMPARE(nodes.input->told, 0);
    nodes.commits->settle();
    QCOMPARE(nodes.counts->rowsCommitted(), 0);
  }

  // The task may have failed of something else meanwhile.
  void oneThatHasComeThroughAndWasNotHeardOfCounts() {
    for (const bool through : {true, false}) {
      Nodes nodes;
      nodes.counts->read(7);
      QVERIFY(nodes.handOver());
      nodes.commits->answer(through ? CommitResult() : refusal());
      nodes.commits->settle();
      QCOMPARE(nodes.counts->rowsCommitted(), through ? 7 : 0);
    }
  }

  void theLastOneComesThoughNothingIsToBeKept() {
    Nodes nodes;
    nodes.second->ready = true;
    nodes.commits->need().stop();
    QVERIFY(nodes.commits->isDue());
    QVERIFY(!nodes.commits->advance());
    QCOMPARE(nodes.handed.size(), std::size_t{1});
    QVERIFY(!nodes.commits->isDue() && !nodes.commits->isOver());
    nodes.answer({});
    QVERIFY(nodes.commits->isOver() && !nodes.commits->isDue());
  }

  // Whether it is in the log, nobody knows.
  void whatWasHandedOverIsNotTakenBack() {
    Nodes nodes;
    QVERIFY(nodes.handOver());
    nodes.commits->abandon();
    QCOMPARE(nodes.first->aborted, Epochs{});
  }

  void outputThatIsShownEarlyIsNoCommit() {
    Nodes nodes(topology::Guarantee::AtLeastOnce);
    nodes.commits->publishEarly();
    QVERIFY(nodes.handed.empty());
    nodes.letter();
    nodes.commits->need().mustKeep();
    nodes.commits->publishEarly();
    nodes.commits->publishEarly();
    QCOMPARE(nodes.handed.size(), std::size_t{1});
    QVERIFY(nodes.handed[0].outputsOnly);
    nodes.counts->read(7);
    nodes.time.advance(kSecond);
    QVERIFY(!nodes.commits->isDue());
    nodes.answer({});
    QCOMPARE(nodes.first->told, Epochs{});
    QCOMPARE(nodes.counts->rowsCommitted(), 0);
    QVERIFY(nodes.commits->isDue());
    QVERIFY(nodes.handOver());
    QVERIFY(!nodes.handed[1].outputsOnly);
    nodes.answer({});
    QCOMPARE(nodes.counts->rowsCommitted(), 7);
  }
};

WEIR_TEST(CommitCycleTest)
#include "commit_cycle_test.moc"
