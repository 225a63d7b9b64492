// The way of batches between the nodes of one task.
#include "core/runtime/node/task_graph.hpp"

#include "core/runtime/tests/fake_operators.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

using Rows = std::vector<std::int64_t>;

Schema numbers() {
  return Schema{{{"n", TypeId::Int64, false}}};
}

Batch number(std::int64_t value) {
  return BatchBuilder(numbers()).row(value).finish();
}

std::int64_t valueOf(const Batch& batch) {
  return FixedView<std::int64_t>(batch.column(0))[0];
}

// Nodes in a line, or with the edges that a test adds; each remembers what it was given.
class Graph final : public NodeOwner {
 public:
  ManualClock time{3600 * kSecond};

  explicit Graph(std::size_t nodes, bool inLine = true) : plans_(nodes), seen(nodes), operators(nodes) {
    std::vector<std::unique_ptr<TaskNode>> made;
    for (std::size_t i = 0; i < nodes; ++i) {
      plans_[i].id = "node-" + std::to_string(i);
      auto state = std::make_unique<NodeState>(plans_[i], 0, StateResources{log_, store_, budget_});
      made.push_back(std::make_unique<TaskNode>(i, plans_[i], *this, std::move(state), logger_));
      auto instance = std::make_unique<FakeOperator>();
      operators[i] = instance.get();
      operators[i]->onProcess = [this, i](std::uint32_t, const Batch& batch) { return take(i, batch); };
      made[i]->setInstance(std::move(instance));
      for (int port = 0; port < 2; ++port) made[i]->addOutput(numbers());
    }
    for (std::size_t i = 0; inLine && i + 1 < nodes; ++i) connect(made, i, 0, i + 1);
    nodes_ = std::move(made);
  }
  // Before the first use of the graph.
  static void connect(std::vector<std::unique_ptr<TaskNode>>& nodes, std::size_t from, std::size_t port, std::size_t to,
                      std::size_t toPort = 0) {
    nodes[from]->connect(port, *nodes[to], toPort);
  }
  void connect(std::size_t from, std::size_t port, std::size_t to, std::size_t toPort = 0) {
    connect(nodes_, from, port, to, toPort);
  }
  TaskGraph& operator*() {
    if (!graph_) graph_ = std::make_unique<TaskGraph>(std::move(nodes_));
    return *graph_;
  }
  TaskGraph* operator->() { return &**this; }

  // What an operator does that passes everything on.
  Result<Progress> take(std::size_t node, const Batch& batch) {
    for (std::int64_t row = 0; row < batch.rowCount(); ++row) seen[node].push_back(valueOf(batch));
    if (!batch.steps().empty()) watermarks.emplace_back(node, batch.steps().back().watermark);
    room = graph_->emit(node, 0, batch);
    return Progress::Done;
  }

  bool emitFrom(std::size_t node, std::size_t port, const Batch& batch) override {
    return graph_->emit(node, port, batch);
  }
  void deadLetterFrom(const std::string&, const Batch&, std::span<const std::uint32_t>, std::string_view) override {}
  void linesDropped() override {}
  void wakeTask() override { woken = true; }
  void requestCommit() override {}
  const Clock& clock() const override { return time; }

 private:
  MemoryLog log_;
  MemoryStateStore store_;
  MemoryBudget budget_{1 << 20};
  SilentLogger logger_;
  std::vector<topology::PlannedNode> plans_;
  std::vector<std::unique_ptr<TaskNode>> nodes_;
  std::unique_ptr<TaskGraph> graph_;

 public:
  std::vector<Rows> seen;
  std::vector<FakeOperator*> operators;
  std::vector<std::pair<std::size_t, std::int64_t>> watermarks;
  bool room = true;
  bool woken = false;
};

}  // namespace

class TaskGraphTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aBatchGoesThroughAllNodesBeforeTheNextOne() {
    Graph graph(3);
    std::vector<std::size_t> order;
    for (std::size_t i = 1; i < 3; ++i) {
      graph.operators[i]->onProcess = [&, i](std::uint32_t, const Batch& batch) {
        order.push_back(i);
        return graph.take(i, batch);
      };
    }
    QVERIFY(graph->emit(0, 0, number(1)));
    QVERIFY(graph->emit(0, 0, number(2)));
    QCOMPARE(order, (std::vector<std::size_t>{1, 2, 1, 2}));
    QCOMPARE(graph.seen[2], (Rows{1, 2}));
  }

  void aTimerComesInItsTimeWhereverTheTimeOfDayIsSetTo() {
    for (const Duration jump : {-3600 * kSecond, Duration{0}, 3600 * kSecond}) {
      Graph graph(1);
      std::vector<Timestamp> told;
      graph.operators[0]->onTime = [&](Timestamp now) {
        told.push_back(now);
        return Result<Progress>(Progress::Done);
      };
      const Timestamp asked = graph.time.now() + 5 * kSecond;
      graph->nodes()[0]->wakeAt(asked);
      QCOMPARE(graph->nextTimer(graph.time.monotonic(), false) - graph.time.monotonic(), 5 * kSecond);
      graph.time.setTimeOfDay(graph.time.now() + jump);
      graph.time.advance(5 * kSecond - 1);
      graph->fireTimers(graph.time, false);
      QVERIFY(told.empty());
      graph.time.advance(1);
      graph->fireTimers(graph.time, false);
      // Stores of timers ask what is due at this time: it is never before the one that was asked for.
      QCOMPARE(told, std::vector<Timestamp>{std::max(asked, asked + jump)});
    }
  }

  void whatComesToABlockedNodeWaitsAndKeepsItsOrder() {
    Graph graph(3);
    graph.operators[1]->onProcess = [&](std::uint32_t, const Batch& batch) {
      if (valueOf(batch) == 1) return Result<Progress>(Progress::Blocked);
      return graph.take(1, batch);
    };
    graph.operators[1]->onResume = [&] { return graph.take(1, number(1)); };
    QVERIFY(!graph->emit(0, 0, number(1)));
    QVERIFY(!graph->emit(0, 0, number(2)));
    QVERIFY(!graph->emit(0, 0, number(3)));
    QVERIFY(graph.seen[2].empty());
    // It has not been woken: asking again is of no use.
    QVERIFY(!graph->resume());
    QVERIFY(graph.seen[2].empty());
    graph->nodes()[1]->wake();
    QVERIFY(graph.woken);
    QVERIFY(graph->resume());
    QCOMPARE(graph.seen[2], (Rows{1, 2, 3}));
    QVERIFY(!graph->blocked());
  }

  void whoWasToldFullGoesOnOnlyWhenThereIsRoom() {
    Graph graph(3);
    std::vector<std::string> calls;
    bool wait = true;
    graph.operators[2]->onProcess = [&](std::uint32_t, const Batch& batch) {
      graph.seen[2].push_back(valueOf(batch));
      return Result<Progress>(std::exchange(wait, false) ? Progress::Blocked : Progress::Done);
    };
    graph.operators[2]->onResume = [&] {
      calls.emplace_back("last");
      return Result<Progress>(Progress::Done);
    };
    graph.operators[1]->onProcess = [&](std::uint32_t, const Batch& batch) {
      const bool more = graph->emit(1, 0, batch);
      return Result<Progress>(more ? Progress::Done : Progress::HaveOutput);
    };
    graph.operators[1]->onResume = [&] {
      calls.emplace_back("middle");
      graph->emit(1, 0, number(11));
      return Result<Progress>(Progress::Done);
    };
    QVERIFY(!graph->emit(0, 0, number(1)));
    QVERIFY(!graph->resume());
    QVERIFY(calls.empty());
    graph->nodes()[2]->wake();
    while (!graph->resume()) QVERIFY(calls.size() < 3);
    QCOMPARE(calls, (std::vector<std::string>{"last", "middle"}));
    QCOMPARE(graph.seen[2], (Rows{1, 11}));
  }

  void aNodeOfTwoInputsHasTheTimeOfTheSlower() {
    Graph graph(4, false);
    graph.connect(0, 0, 2);
    graph.connect(1, 0, 2);
    graph.connect(2, 0, 3);
    const auto at = [](std::int64_t watermark) { return BatchBuilder(numbers()).watermark(watermark).finish(); };
    graph->emit(0, 0, at(100));
    QVERIFY(graph.watermarks.empty());
    graph->emit(1, 0, at(40));
    QCOMPARE(graph.watermarks.back(), (std::pair<std::size_t, std::int64_t>{3, 40}));
    graph->emit(1, 0, at(150));
    QCOMPARE(graph.watermarks.back(), (std::pair<std::size_t, std::int64_t>{3, 100}));
  }

  void rowsKeepTheTimeOfTheirOriginWhereStreamsMeet() {
    Graph graph(3, false);
    graph.connect(0, 0, 2);
    graph.connect(1, 0, 2);
    std::int64_t origin = 0;
    graph.operators[2]->onProcess = [&](std::uint32_t, const Batch& batch) {
      if (!batch.originSteps().empty()) origin = batch.originSteps().back().watermark;
      return Result<Progress>(Progress::Done);
    };
    graph->emit(0, 0, BatchBuilder(numbers()).watermark(100).row(1).finish());
    QCOMPARE(origin, 100);
  }

  void aSilentPortLearnsTheTimeOfTheDataPort() {
    Graph graph(3, false);
    graph.connect(0, 0, 1);
    graph.connect(1, 1, 2);
    graph->emit(0, 0, BatchBuilder(numbers()).watermark(70).finish());
    QCOMPARE(graph.watermarks.back(), (std::pair<std::size_t, std::int64_t>{2, 70}));
    QVERIFY(graph.seen[2].empty());
  }

  void aSilentPortLearnsThatTheInputHasEnded() {
    Graph graph(3, false);
    graph.connect(0, 0, 1);
    graph.connect(1, 1, 2);
    graph->emit(0, 0, BatchBuilder(numbers()).watermark(70).watermark(WEIR_WATERMARK_MAX).finish());
    QCOMPARE(graph.watermarks.back(), (std::pair<std::size_t, std::int64_t>{2, WEIR_WATERMARK_MAX}));
    QCOMPARE(graph->nodes()[1]->outputs()[1].told(), WEIR_WATERMARK_MAX);
  }

  void aNodeOfTwoPortsHearsTheTimeOfEach() {
    Graph graph(3, false);
    graph.connect(0, 0, 2, 0);
    graph.connect(1, 0, 2, 1);
    std::map<std::uint32_t, std::int64_t> told;
    std::int64_t together = WEIR_WATERMARK_MIN;
    graph.operators[2]->onProcess = [&](std::uint32_t port, const Batch& batch) {
      if (!batch.portSteps().empty()) told[port] = batch.portSteps().back().watermark;
      if (!batch.steps().empty()) together = batch.steps().back().watermark;
      return Result<Progress>(Progress::Done);
    };
    graph->emit(0, 0, BatchBuilder(numbers()).watermark(100).finish());
    graph->emit(1, 0, BatchBuilder(numbers()).watermark(40).finish());
    QCOMPARE(told, (std::map<std::uint32_t, std::int64_t>{{0, 100}, {1, 40}}));
    QCOMPARE(together, 40);
  }

  void howLongANodeIsBlockedIsCountedAnewEachTime() {
    constexpr Duration kLimit = 10 * kSecond;
    Graph graph(2);
    graph.operators[1]->onProcess = [](std::uint32_t, const Batch&) { return Result<Progress>(Progress::Blocked); };
    BlockedTime& blocked = graph->nodes()[1]->blockedTime();
    const auto after = [&](Duration more) {
      graph.time.advance(more);
      return blocked.goesOn(graph.time.monotonic(), kLimit);
    };
    graph->emit(0, 0, number(1));
    QVERIFY(!after(0) && !after(kLimit - 1));
    QCOMPARE(after(1), std::optional(kLimit));
    QVERIFY(!after(kLimit - 1));  // twice as late
    QCOMPARE(after(1), std::optional(2 * kLimit));
    graph->nodes()[1]->wake();
    QVERIFY(graph->resume());
    graph->emit(0, 0, number(2));
    QVERIFY(!after(3 * kLimit) && !after(kLimit - 1));
    QCOMPARE(after(1), std::optional(kLimit));
  }

  void drainingEmptiesNodesInTheOrderOfTheData() {
    Graph graph(3);
    graph.operators[1]->onDrain = [&, once = true]() mutable {
      if (std::exchange(once, false)) graph->emit(1, 0, number(9));
      return Result<Progress>(Progress::Done);
    };
    Rows whenDrained;
    graph.operators[2]->onDrain = [&] {
      whenDrained = graph.seen[2];
      return Result<Progress>(Progress::Done);
    };
    QVERIFY(graph->drain(0));
    QCOMPARE(whenDrained, (Rows{9}));
  }

  void drainingWaitsForWhatIsInFlight() {
    Graph graph(2);
    bool inFlight = true;
    graph.operators[1]->onDrain = [&] { return Result<Progress>(inFlight ? Progress::Blocked : Progress::Done); };
    QVERIFY(!graph->drain(0));
    QVERIFY(graph->awaitsWake(true));
    inFlight = false;
    QVERIFY(graph->drain(0));
  }

  void afterAFailureNothingIsGivenToAnyone() {
    Graph graph(3);
    graph.operators[1]->onProcess = [](std::uint32_t, const Batch&) {
      return Result<Progress>(retryableError("the disk is full"));
    };
    graph->emit(0, 0, number(1));
    QCOMPARE(graph->failure()->message, std::string("the disk is full"));
    graph.operators[1]->onProcess = [&](std::uint32_t, const Batch& batch) { return graph.take(1, batch); };
    QVERIFY(!graph->emit(0, 0, number(2)));
    QVERIFY(graph.seen[1].empty() && graph.seen[2].empty());
  }
};

WEIR_TEST(TaskGraphTest)
#include "task_graph_test.moc"
