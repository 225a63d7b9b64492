#include <QtTest>
#include <thread>

#include "core/sdk/tests/random_rows.hpp"
#include "tests/program/test.hpp"
#include "weir/sdk/batch_builder.hpp"
#include "weir/sdk/batch_slice.hpp"

using namespace weir;

namespace {

Schema wideSchema() {
  Schema schema;
  for (const DataType& type : everyType()) schema.fields.push_back({"c" + std::to_string(schema.fields.size()), type});
  return schema;
}

// A batch with everything that a batch can have.
Batch randomBatch(Random& random, const SchemaRef& schema, std::int64_t rows) {
  BatchBuilder builder(schema);
  std::int64_t watermark = 0;
  std::vector<std::uint32_t> selection;
  builder.originWatermark(-5);
  for (std::int64_t row = 0; row < rows; ++row) {
    if (random() % 3 == 0) builder.watermark(watermark += static_cast<std::int64_t>(random() % 3));
    if (random() % 3 == 0) builder.originWatermark(watermark + 1);
    for (std::size_t i = 0; i < schema->schema().fields.size(); ++i) {
      appendValue(builder.column(i), randomValue(random, schema->schema().fields[i].type));
    }
    builder.endRow().time(static_cast<std::int64_t>(random() % 1000)).op(static_cast<std::int8_t>(random() % 4));
    if (random() % 2 == 0) builder.key("k" + std::to_string(row));
    if (random() % 2 == 0) selection.push_back(static_cast<std::uint32_t>(row));
  }
  builder.watermark(watermark + 9);
  if (random() % 2 == 0) builder.selection(selection);
  return builder.finish();
}

// What time says before a row, and after the last one.
std::int64_t watermarkBefore(std::span<const WatermarkStep> steps, std::int64_t row) {
  std::int64_t watermark = WEIR_WATERMARK_MIN;
  for (const WatermarkStep& step : steps) {
    if (step.row <= row) watermark = step.watermark;
  }
  return watermark;
}

// A batch as a side makes it that knows a member more.
struct WiderBatch {
  weir_batch known;
  std::int64_t unknown;
};
std::int64_t unknownOf(const Batch& batch) {
  return reinterpret_cast<const WiderBatch*>(batch.get())->unknown;
}

std::string keyAt(const Batch& batch, std::int64_t row) {
  if (batch.get()->key == nullptr) return "none";
  const StringView keys{ColumnView(*batch.get()->key)};
  return keys.isNull(row) ? "null" : std::string(keys[row]);
}

bool sameRow(const Schema& schema, const Batch& left, std::int64_t leftRow, const Batch& right, std::int64_t rightRow) {
  for (std::size_t i = 0; i < schema.fields.size(); ++i) {
    const DataType& type = schema.fields[i].type;
    if (order(type, valueAt(type, left.column(i), leftRow), valueAt(type, right.column(i), rightRow)) != 0)
      return false;
  }
  return left.eventTime(leftRow) == right.eventTime(rightRow) &&
         left.get()->ops[leftRow] == right.get()->ops[rightRow] && keyAt(left, leftRow) == keyAt(right, rightRow) &&
         watermarkBefore(left.originSteps(), leftRow) == watermarkBefore(right.originSteps(), rightRow);
}

std::vector<std::int64_t> selectedRows(const Batch& batch) {
  std::vector<std::int64_t> rows;
  batch.forEachRow([&](std::int64_t row) { rows.push_back(row); });
  return rows;
}

}  // namespace

class BatchTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aBatchWithTheSameRowsKeepsWhatItDoesNotKnow() {
    Random random(1);
    const SchemaRef schema = makeSchema(wideSchema());
    Batch base = randomBatch(random, schema, 5);
    const auto wide = std::make_unique<WiderBatch>(WiderBatch{*base.get(), 7});
    wide->known.struct_size = sizeof(WiderBatch);
    const Batch given = Batch::share(&wide->known);  // counted as `base`, to which private_data leads
    const Batch filtered = BatchMaker::from(given).selection({1}).finish(0);
    QCOMPARE(filtered.get()->struct_size, static_cast<std::uint32_t>(sizeof(WiderBatch)));
    QCOMPARE(unknownOf(filtered), 7);
    QCOMPARE(filtered.selectedCount(), 1);
    const Batch again = filtered;
    QCOMPARE(unknownOf(BatchMaker::like(again, schema).finish(5)), 7);
    QCOMPARE(sliceBatch(given, 1, 2).get()->struct_size, static_cast<std::uint32_t>(sizeof(weir_batch)));
  }
  void placesWithinASplitGoWithTheRows() {
    const SchemaRef schema = makeSchema(wideSchema());
    Random random(1);
    const Batch rows = randomBatch(random, schema, 4);
    const std::string split = "file:1";
    const auto places = [](const Batch& batch) {
      std::vector<std::int64_t> all;
      batch.forEachRow([&](std::int64_t row) { all.push_back(batch.rowId(row)->position); });
      return all;
    };
    using Places = std::vector<std::int64_t>;
    // As a format tells them, from the beginning of its data; the host knows where that begins.
    const Batch told = BatchMaker::from(rows).rowIds("", 0).selection({0, 1, 2, 3}).finish(0);
    const Batch inData = BatchMaker::from(told).rowIdsFrom(told, 0, {0, 14, 30, 47}).finish(0);
    const Batch placed = BatchMaker::from(inData).rowIdsWithin(split, 1000).finish(0);
    QCOMPARE(placed.rowId(0)->split, std::string_view(split));
    QCOMPARE(places(placed), (Places{1000, 1014, 1030, 1047}));
    QCOMPARE(places(sliceBatch(placed, 1, 2)), (Places{1014, 1030}));
    QCOMPARE(places(compact(BatchMaker::from(placed).selection({1, 3}).finish(0), schema)), (Places{1014, 1047}));
    const Batch numbered = BatchMaker::from(told).rowIds(split, 7).finish(0);
    QCOMPARE(places(sliceBatch(numbered, 2, 2)), (Places{9, 10}));
  }
  void slicesOneAfterTheOtherAreTheBatch() {
    const SchemaRef schema = makeSchema(wideSchema());
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
      Random random(seed);
      const Batch whole = randomBatch(random, schema, static_cast<std::int64_t>(random() % 40));
      std::vector<std::int64_t> selected;
      std::vector<WatermarkStep> steps;
      for (std::int64_t first = 0; first < whole.rowCount() || first == 0;) {
        const std::int64_t count =
            std::min<std::int64_t>(whole.rowCount() - first, 1 + static_cast<std::int64_t>(random() % 9));
        const Batch slice = sliceBatch(whole, first, count);
        QCOMPARE(slice.rowCount(), count);
        for (std::int64_t row = 0; row < count; ++row)
          QVERIFY(sameRow(schema->schema(), slice, row, whole, first + row));
        for (const std::int64_t row : selectedRows(slice)) selected.push_back(first + row);
        for (const WatermarkStep& step : slice.steps()) steps.push_back({first + step.row, step.watermark});
        first += count;
        if (whole.rowCount() == 0) break;
      }
      QVERIFY(selected == selectedRows(whole));
      QCOMPARE(steps.size(), whole.steps().size());
      for (std::size_t i = 0; i < steps.size(); ++i) {
        QCOMPARE(steps[i].row, whole.steps()[i].row);
        QCOMPARE(steps[i].watermark, whole.steps()[i].watermark);
      }
    }
  }
  void compactKeepsTheSelectedRowsAndTheirTime() {
    const SchemaRef schema = makeSchema(wideSchema());
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
      Random random(seed);
      const Batch whole = randomBatch(random, schema, static_cast<std::int64_t>(random() % 40));
      const Batch dense = compact(whole, schema);
      const std::vector<std::int64_t> rows = selectedRows(whole);
      QCOMPARE(dense.rowCount(), static_cast<std::int64_t>(rows.size()));
      QVERIFY(dense.get()->selection == nullptr);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto row = static_cast<std::int64_t>(i);
        QVERIFY(sameRow(schema->schema(), dense, row, whole, rows[i]));
        QCOMPARE(watermarkBefore(dense.steps(), row), watermarkBefore(whole.steps(), rows[i]));
      }
      QCOMPARE(watermarkBefore(dense.steps(), dense.rowCount()), watermarkBefore(whole.steps(), whole.rowCount()));
    }
  }
  void aNewNodeWatermarkLeavesThatOfTheSplitAlone() {
    const Batch base = BatchBuilder(Schema{{{"a", TypeId::Int64}}}).watermark(5).row(1).finish();
    QCOMPARE(base.originSteps()[0].watermark, 5);
    const Batch changed = BatchMaker::from(base).steps({{0, 3}}).finish(0);
    QCOMPARE(changed.steps()[0].watermark, 3);
    QCOMPARE(changed.originSteps()[0].watermark, 5);
  }
  void anEmptySelectionIsNoRowAtAll() {
    const Batch base = BatchBuilder(Schema{{{"a", TypeId::Int64}}}).row(1).row(2).finish();
    const Batch none = BatchMaker::from(base).selection({}).finish(0);
    QCOMPARE(none.selectedCount(), 0);
    QCOMPARE(compact(none, makeSchema({{{"a", TypeId::Int64}}})).rowCount(), 0);
  }
  void valuesThatDoNotFitAreRefused() {
    BatchBuilder builder(Schema{{{"a", TypeId::Int32}, {"b", TypeId::String}}});
    QVERIFY_THROWS_EXCEPTION(std::invalid_argument, builder.row("text", "b"));
    BatchBuilder large(Schema{{{"a", TypeId::Int32}}});
    QVERIFY_THROWS_EXCEPTION(std::invalid_argument, large.row(std::int64_t{1} << 40));
    QVERIFY_THROWS_EXCEPTION(std::invalid_argument, large.row(1, 2));
  }
  void columnsOfDifferentLengthsAreRefused() {
    BatchBuilder builder(Schema{{{"a", TypeId::Int32}, {"b", TypeId::String}}});
    builder.column(0).append(1);
    builder.endRow();
    QVERIFY_THROWS_EXCEPTION(std::logic_error, builder.finish());
  }
  void schemasComeBackFromArrow() {
    const Schema schema = wideSchema();
    ArrowSchema arrow = exportSchema(schema);
    QVERIFY(importSchema(arrow) == schema);
    arrow.release(&arrow);
  }
  void handlesMayBeSharedByThreads() {
    const Batch batch = BatchBuilder(Schema{{{"a", TypeId::Int64}}}).row(1).finish();
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([batch] {
        for (int round = 0; round < 1000; ++round) {
          const Batch view = BatchMaker::from(batch).selection({0}).finish(0);
          if (view.selectedCount() != 1) qFatal("a view lost its row");
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    QCOMPARE(FixedView<std::int64_t>(batch.column(0))[0], 1);
  }
};

WEIR_TEST(BatchTest)
#include "batch_test.moc"
