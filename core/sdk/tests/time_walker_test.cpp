#include <QtTest>
#include <map>
#include <random>

#include "tests/program/test.hpp"
#include "weir/sdk/batch_builder.hpp"
#include "weir/sdk/batch_slice.hpp"
#include "weir/sdk/time_walker.hpp"

using namespace weir;

namespace {

using Random = std::mt19937_64;
constexpr std::int64_t kSize = 10;

// Counts rows per window and notes what closes when; a little window operator.
struct Windows {
  TimeWalker walker;
  std::map<std::int64_t, int> open;
  std::vector<std::string> events;

  std::int64_t nextDue() const { return open.empty() ? TimeWalker::kNever : open.begin()->first + kSize - 1; }
  void work(const Batch& batch) {
    walker.begin(batch);
    TimeWalker::Piece piece;
    while (walker.next(nextDue(), piece)) {
      if (piece.isWatermark) {
        for (; nextDue() <= piece.watermark && !open.empty(); open.erase(open.begin())) {
          events.push_back("close " + std::to_string(open.begin()->first) + ":" + std::to_string(open.begin()->second));
        }
        continue;
      }
      if (piece.isEnd) {
        for (const auto& [start, rows] : open)
          events.push_back("seal " + std::to_string(start) + ":" + std::to_string(rows));
        continue;
      }
      walker.forEachRow(piece, [&](std::int64_t row) {
        const std::int64_t time = walker.batch().eventTime(row);
        const std::int64_t start = time / kSize * kSize;
        if (walker.isLate(row, start + kSize - 1)) {
          events.push_back("late " + std::to_string(time));
          return true;
        }
        return ++open[start] != 1;
      });
    }
  }
};

// Rows one by one, every step looked at: slow and obvious.
struct Plain {
  std::map<std::int64_t, int> open;
  std::vector<std::string> events;
  std::int64_t node = WEIR_WATERMARK_MIN;

  void watermark(std::int64_t value) {
    if (value == WEIR_WATERMARK_MAX) {
      for (const auto& [start, rows] : open)
        events.push_back("seal " + std::to_string(start) + ":" + std::to_string(rows));
      return;
    }
    node = std::max(node, value);
    while (!open.empty() && open.begin()->first + kSize - 1 <= node) {
      events.push_back("close " + std::to_string(open.begin()->first) + ":" + std::to_string(open.begin()->second));
      open.erase(open.begin());
    }
  }
  void work(const Batch& batch) {
    std::int64_t origin = batch.get()->origin_steps == nullptr ? node : WEIR_WATERMARK_MIN;
    std::size_t step = 0;
    std::size_t originStep = 0;
    std::vector<bool> selected(static_cast<std::size_t>(batch.rowCount()));
    batch.forEachRow([&](std::int64_t row) { selected[static_cast<std::size_t>(row)] = true; });
    for (std::int64_t row = 0; row <= batch.rowCount(); ++row) {
      for (; step < batch.steps().size() && batch.steps()[step].row == row; ++step) {
        watermark(batch.steps()[step].watermark);
      }
      for (; originStep < batch.originSteps().size() && batch.originSteps()[originStep].row == row; ++originStep) {
        origin = std::max(origin, batch.originSteps()[originStep].watermark);
      }
      if (row == batch.rowCount() || !selected[static_cast<std::size_t>(row)]) continue;
      const std::int64_t time = batch.eventTime(row);
      const std::int64_t due = time / kSize * kSize + kSize - 1;
      if (origin >= due || node >= due) {
        events.push_back("late " + std::to_string(time));
      } else {
        ++open[time / kSize * kSize];
      }
    }
  }
};

// Two splits that advance by themselves; the node's watermark is the lower of theirs.
std::vector<Batch> randomInput(Random& random, bool ownOrigin) {
  std::vector<Batch> batches;
  std::int64_t most[2] = {0, 0};
  std::int64_t node = WEIR_WATERMARK_MIN;
  for (int i = 0; i < 12; ++i) {
    BatchBuilder builder(Schema{{{"a", TypeId::Int64}}});
    const std::size_t split = ownOrigin ? random() % 2 : 0;
    if (ownOrigin) builder.originWatermark(most[split] - 6);
    std::vector<std::uint32_t> selection;
    const std::int64_t rows = static_cast<std::int64_t>(random() % 30);
    for (std::int64_t row = 0; row < rows; ++row) {
      const std::int64_t time = std::max<std::int64_t>(0, most[split] - 12 + static_cast<std::int64_t>(random() % 18));
      builder.row(row).time(time);
      if (random() % 4 != 0) selection.push_back(static_cast<std::uint32_t>(row));
      if (time <= most[split]) continue;
      most[split] = time;
      const std::int64_t watermark = (ownOrigin ? std::min(most[0], most[1]) : most[0]) - 6;
      if (ownOrigin) builder.originWatermark(most[split] - 6);
      if (watermark > node) builder.watermark(node = watermark);
    }
    if (random() % 2 == 0) builder.selection(selection);
    if (i == 11) builder.watermark(WEIR_WATERMARK_MAX);
    batches.push_back(builder.finish());
  }
  return batches;
}

}  // namespace

class TimeWalkerTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void equalsLookingAtEveryStep() {
    int late = 0;
    int sealed = 0;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
      Random random(seed);
      Windows windows;
      Plain plain;
      for (const Batch& batch : randomInput(random, seed % 2 == 0)) {
        windows.work(batch);
        plain.work(batch);
      }
      if (windows.events != plain.events) QFAIL(qPrintable(QString("seed %1").arg(seed)));
      QVERIFY(windows.walker.ended());
      QCOMPARE(windows.walker.watermark(), plain.node);
      QVERIFY(windows.open == plain.open);
      for (const std::string& event : plain.events) {
        late += event[0] == 'l' ? 1 : 0;
        sealed += event[0] == 's' ? 1 : 0;
      }
    }
    QVERIFY2(sealed > 100, "windows should be open at the end");
    QVERIFY2(late > 100, "the input should have late rows");
  }
  void cuttingBatchesDifferentlyChangesNothing() {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
      Random random(seed);
      Windows whole;
      Windows cut;
      for (const Batch& batch : randomInput(random, seed % 2 == 0)) {
        whole.work(batch);
        if (batch.rowCount() == 0) cut.work(batch);
        for (std::int64_t first = 0; first < batch.rowCount(); first += 3) {
          cut.work(sliceBatch(batch, first, std::min<std::int64_t>(3, batch.rowCount() - first)));
        }
      }
      if (whole.events != cut.events) QFAIL(qPrintable(QString("seed %1").arg(seed)));
    }
  }
  void aBatchIsNotCutWhereNothingIsDue() {
    BatchBuilder builder(Schema{{{"a", TypeId::Int64}}});
    for (std::int64_t row = 0; row < 100; ++row) builder.row(row).time(row).watermark(row - 1);
    TimeWalker walker;
    walker.begin(builder.finish());
    TimeWalker::Piece piece;
    QVERIFY(walker.next(1000, piece));
    QCOMPARE(piece.first, 0);
    QCOMPARE(piece.last, 100);
    QVERIFY(!walker.next(1000, piece));
    QCOMPARE(walker.watermark(), 98);
  }
};

WEIR_TEST(TimeWalkerTest)
#include "time_walker_test.moc"
