// A model of rows on their way through an operator that refuses, waits and is blocked at random, in front of one that
// is blocked at random: every row comes out once, or is a dead letter once, and none goes missing.
#include <algorithm>
#include <random>
#include <set>

#include <QtTest/QtTest>

#include "core/adapters/host/tests/raw_operator.hpp"
#include "core/runtime/node/task_graph.hpp"
#include "core/runtime/tests/fake_operators.hpp"
#include "tests/program/test.hpp"

using namespace weir;           // NOLINT: a test
using namespace weir::host;     // NOLINT
using namespace weir::runtime;  // NOLINT

namespace {

using Rows = std::vector<std::int64_t>;

Rows rowsIn(const Batch& batch) {
  Rows rows;
  const FixedView<std::int64_t> values(batch.column(0));
  batch.forEachRow([&](std::int64_t row) { rows.push_back(values[row]); });
  return rows;
}

// Node 0 is where rows come in, 1 the operator behind the border, 2 what it sends to.
class Model final : public NodeOwner {
 public:
  explicit Model(unsigned seed) : random_(seed), yields_(seed % 2 == 0) {
    std::vector<std::unique_ptr<TaskNode>> nodes;
    for (std::size_t i = 0; i < plans_.size(); ++i) {
      plans_[i].id = "node-" + std::to_string(i);
      auto state = std::make_unique<NodeState>(plans_[i], 0, StateResources{log_, store_, budget_});
      nodes.push_back(std::make_unique<TaskNode>(i, plans_[i], *this, std::move(state), logger_));
      nodes[i]->addOutput(rowNumbers());
    }
    for (std::size_t i = 0; i + 1 < nodes.size(); ++i) nodes[i]->connect(0, *nodes[i + 1], 0);
    script_.process = [this](std::uint32_t, const weir_batch* batch) { return take(Batch::share(batch)); };
    script_.resume = [this] { return goOn(); };
    script_.onTimer = [this](std::int64_t) { return chance(2) ? goOn() : static_cast<weir_status>(WEIR_OK); };
    raw_ = std::make_unique<RawOperator>(script_, *nodes[1]);
    nodes[1]->setInstance(raw_->take());
    auto last = std::make_unique<FakeOperator>();
    last->onProcess = [this](std::uint32_t, const Batch& batch) {
      for (const std::int64_t row : rowsIn(batch)) out.push_back(row);
      for (const WatermarkStep& step : batch.steps()) watermarks.push_back(step.watermark);
      return Result<Progress>(chance(4) ? Progress::Blocked : Progress::Done);
    };
    last->onResume = [this] { return Result<Progress>(chance(2) ? Progress::Blocked : Progress::Done); };
    nodes[2]->setInstance(std::move(last));
    graph_ = std::make_unique<TaskGraph>(std::move(nodes));
  }

  // One thing that may happen to a task.
  void step() {
    switch (random_() % 7) {
      case 0:
      case 1: send(); break;
      case 2: graph_->nodes()[1 + random_() % 2]->wake(); break;
      case 3:
        clock_.advance(5);
        graph_->fireTimers(clock_, false);
        break;
      case 4:
        if (!graph_->blocked() && graph_->drain(clock_.now())) complete = complete && nothingIsOutside();
        graph_->restartDrain();
        break;
      case 5: graph_->sendMore(); break;
      default: graph_->resume();
    }
  }
  // Until nothing is under way any more.
  bool finish() {
    for (int i = 0; i < 10'000; ++i) {
      if (graph_->failure()) return false;
      for (const auto& node : graph_->nodes()) node->wake();
      if (graph_->resume() && !graph_->hasMore()) return true;
      graph_->sendMore();
    }
    return false;
  }
  const std::optional<Error>& failure() const { return graph_->failure(); }

  Rows sent;
  Rows out;
  Rows dead;
  std::vector<std::int64_t> watermarks;
  bool complete = true;  // whenever a commit could have come, each row was out, dead or in the operator's state

  bool emitFrom(std::size_t node, std::size_t port, const Batch& batch) override {
    return graph_->emit(node, port, batch);
  }
  void deadLetterFrom(const std::string&, const Batch& batch, std::span<const std::uint32_t> rows,
                      std::string_view) override {
    const FixedView<std::int64_t> values(batch.column(0));
    for (const std::uint32_t row : rows) dead.push_back(values[row]);
  }
  void linesDropped() override {}
  void wakeTask() override {}
  void requestCommit() override {}
  const Clock& clock() const override { return clock_; }

 private:
  bool nothingIsOutside() const {
    std::size_t rows = out.size() + dead.size();
    for (const Batch& piece : pieces_) rows += static_cast<std::size_t>(piece.selectedCount());
    return rows == sent.size();
  }

  bool chance(unsigned of) { return random_() % of == 0; }

  void send() {
    if (graph_->blocked()) return;
    BatchBuilder batch(rowNumbers());
    for (std::size_t rows = random_() % 6; rows > 0; --rows) {
      sent.push_back(static_cast<std::int64_t>(sent.size()));
      batch.row(sent.back());
      if (chance(3)) batch.watermark(sent.back());
    }
    graph_->emit(0, 0, batch.finish());
  }

  // The operator: refuses, or has pieces to send, of which it may be blocked before each.
  weir_status take(const Batch& batch) {
    if (!pieces_.empty() && !yields_) return WEIR_ERROR_FATAL;  // it was not done
    const bool rows = batch.selectedCount() != 0;
    if (rows && chance(3)) return WEIR_ERROR_POISON;
    if (!rows || chance(2)) {
      pieces_.push_back(batch);
    } else {
      // Each row by itself, the steps with the last.
      std::vector<std::uint32_t> physical;
      batch.forEachRow([&](std::int64_t row) { physical.push_back(static_cast<std::uint32_t>(row)); });
      for (std::size_t i = 0; i < physical.size(); ++i) {
        BatchMaker piece = BatchMaker::from(batch);
        piece.selection({physical[i]});
        if (i + 1 < physical.size()) piece.steps({});
        pieces_.push_back(piece.finish(0));
      }
    }
    return goOn();
  }
  weir_status goOn() {
    while (!pieces_.empty()) {
      if (chance(3)) {
        if (chance(2)) script_.host->wake_at(script_.context, clock_.now() + 5);
        return WEIR_BLOCKED;
      }
      const Batch piece = pieces_.front();
      pieces_.pop_front();
      const bool full = script_.emit(piece) == WEIR_FULL;
      if (yields_ && !pieces_.empty() && chance(2)) return WEIR_MORE;
      if (full && !pieces_.empty()) return WEIR_HAVE_OUTPUT;
    }
    return chance(5) ? WEIR_BLOCKED : WEIR_OK;
  }

  std::mt19937 random_;
  const bool yields_;  // it may stop with more to send, all of which is in its state
  MemoryLog log_;
  MemoryStateStore store_;
  MemoryBudget budget_{1 << 20};
  SilentLogger logger_;
  ManualClock clock_;
  std::vector<topology::PlannedNode> plans_ = std::vector<topology::PlannedNode>(3);
  Script script_;
  std::deque<Batch> pieces_;
  std::unique_ptr<RawOperator> raw_;
  std::unique_ptr<TaskGraph> graph_;
};

}  // namespace

class RetryModelTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void everyRowIsOutOrADeadLetterOrWaits() {
    for (unsigned seed = 1; seed <= 400; ++seed) {
      Model model(seed);
      for (int i = 0; i < 300; ++i) {
        model.step();
        std::set<std::int64_t> seen(model.out.begin(), model.out.end());
        seen.insert(model.dead.begin(), model.dead.end());
        QVERIFY2(seen.size() == model.out.size() + model.dead.size(), qPrintable(QString("seed %1").arg(seed)));
      }
      QVERIFY2(model.complete, qPrintable(QString("seed %1").arg(seed)));
      const bool finished = model.finish();
      const std::string text = model.failure() ? model.failure()->message : "";
      QVERIFY2(finished, qPrintable(QString("seed %1: %2").arg(seed).arg(text.c_str())));
      QVERIFY2(std::is_sorted(model.out.begin(), model.out.end()), qPrintable(QString("seed %1").arg(seed)));
      Rows all = model.out;
      all.insert(all.end(), model.dead.begin(), model.dead.end());
      std::sort(all.begin(), all.end());
      QVERIFY2(all == model.sent, qPrintable(QString("seed %1").arg(seed)));
      QVERIFY2(std::is_sorted(model.watermarks.begin(), model.watermarks.end()),
               qPrintable(QString("seed %1").arg(seed)));
    }
  }
};

WEIR_TEST(RetryModelTest)
#include "retry_model_test.moc"
