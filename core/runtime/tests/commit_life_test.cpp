// How a task asks its operators for what they keep, and tells them what became of it.
#include "core/runtime/task/commit_life.hpp"

#include "core/runtime/tests/fake_operators.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::runtime;

namespace {

// Is ready for a commit when the test says so.
class Preparing final : public FakeOperator {
 public:
  Result<Progress> prepareCommit(std::uint64_t) override {
    asked += 1;
    return ready ? Progress::Done : Progress::Blocked;
  }
  void abort(std::uint64_t epoch) override { aborted.push_back(epoch); }

  bool ready = true;
  int asked = 0;
  std::vector<std::uint64_t> aborted;
};

// Two operators, the second of which is not ready.
class Nodes final : public NodeOwner {
 public:
  Nodes() {
    std::vector<std::unique_ptr<TaskNode>> nodes;
    for (std::size_t i = 0; i < plans_.size(); ++i) {
      plans_[i].id = "node-" + std::to_string(i);
      auto state = std::make_unique<NodeState>(plans_[i], 0, StateResources{log_, store_, budget_});
      nodes.push_back(std::make_unique<TaskNode>(i, plans_[i], *this, std::move(state), logger_));
      auto instance = std::make_unique<Preparing>();
      (i == 0 ? first : second) = instance.get();
      nodes[i]->setInstance(std::move(instance));
    }
    second->ready = false;
    graph.emplace(std::move(nodes));
    life = std::make_unique<CommitLife>(*graph, time);
  }
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

 private:
  MemoryLog log_;
  MemoryStateStore store_;
  MemoryBudget budget_{1 << 20};
  SilentLogger logger_;
  std::vector<topology::PlannedNode> plans_ = std::vector<topology::PlannedNode>(2);

 public:
  std::optional<TaskGraph> graph;
  std::unique_ptr<CommitLife> life;
};

using Epochs = std::vector<std::uint64_t>;

}  // namespace

class CommitLifeTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void anOperatorThatIsNotReadyIsAskedAgainOnceItIsWoken() {
    Nodes nodes;
    QVERIFY(!nodes.life->prepare());
    QVERIFY(!nodes.life->prepare());
    QCOMPARE(nodes.second->asked, 1);
    nodes.second->ready = true;
    nodes.node(1).wake();
    QVERIFY(nodes.life->prepare());
    QCOMPARE(nodes.second->asked, 2);
    QCOMPARE(nodes.first->asked, 1);
  }

  void itsTimerAsksItOnceAndFiresWhenTheCommitIsPrepared() {
    Nodes nodes;
    QVERIFY(!nodes.life->prepare());
    nodes.node(1).wakeAt(nodes.time.now() + kSecond);
    nodes.time.advance(2 * kSecond);
    QVERIFY(!nodes.life->prepare());
    QVERIFY(!nodes.life->prepare());
    QCOMPARE(nodes.second->asked, 2);
    nodes.second->ready = true;
    nodes.node(1).wake();
    QVERIFY(nodes.life->prepare());
    QVERIFY(nodes.node(1).timer().hasCome(nodes.time.monotonic()));
  }

  // One that was not ready has nothing to take back.
  void whatWasPreparedIsTakenBackWhenTheTaskIsTornDown() {
    Nodes nodes;
    QVERIFY(!nodes.life->prepare());
    nodes.life.reset();
    QCOMPARE(nodes.first->aborted, Epochs{1});
    QCOMPARE(nodes.second->aborted, Epochs{});
  }
};

WEIR_TEST(CommitLifeTest)
#include "commit_life_test.moc"
