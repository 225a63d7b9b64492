// Parts of batches: a range of rows without a copy, and the selected rows as a batch of their own.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "weir/sdk/any_builder.hpp"
#include "weir/sdk/batch_maker.hpp"

namespace weir {

// The type of `weir_batch.headers`.
inline DataType headersType() {
  return DataType::list(
      {"item", DataType::structure({{"name", TypeId::String, false}, {"value", TypeId::Bytes, true}}), false});
}

namespace detail {

// `column` from row `first` on, borrowed: whoever holds it keeps its batch.
inline OwnedColumn sliceColumn(const ArrowArray& column, std::int64_t first, std::int64_t count) {
  ArrowArray slice = column;
  slice.offset += first;
  slice.length = count;
  if (slice.null_count != 0) slice.null_count = -1;  // "not counted"
  slice.release = [](ArrowArray* array) { array->release = nullptr; };
  slice.private_data = nullptr;
  return OwnedColumn(slice);
}

// Steps of a range. A step at its end belongs to the next range, except at the end of the batch.
inline std::vector<WatermarkStep> sliceSteps(std::span<const WatermarkStep> steps, std::int64_t first,
                                             std::int64_t count, std::int64_t rows) {
  std::vector<WatermarkStep> out;
  for (const WatermarkStep& step : steps) {
    const bool atEnd = step.row == rows && first + count == rows;
    if ((step.row >= first && step.row < first + count) || atEnd) out.push_back({step.row - first, step.watermark});
  }
  return out;
}

}  // namespace detail

// How many physical rows from `first` on belong together when at least `count` are wanted: the two rows of an update
// are never parted.
inline std::int64_t wholeUpdates(const Batch& batch, std::int64_t first, std::int64_t count) {
  const std::int8_t* const ops = batch.get()->ops;
  const std::int64_t left = batch.rowCount() - first;
  if (ops == nullptr || count <= 0 || count >= left) return std::min(count, left);
  return ops[first + count - 1] == WEIR_OP_UPDATE_BEFORE ? count + 1 : count;
}

// Physical rows [first, first + count) of a batch, with their selection and watermark steps. The slices of a
// batch, one after the other, say the same as the batch.
inline Batch sliceBatch(const Batch& batch, std::int64_t first, std::int64_t count) {
  const weir_batch& raw = *batch.get();
  BatchMaker maker = BatchMaker::view(batch);
  for (std::size_t i = 0; i < batch.columnCount(); ++i) {
    maker.column(detail::sliceColumn(batch.column(i).array(), first, count));
  }
  if (raw.event_time != nullptr) maker.borrowEventTime(raw.event_time + first);
  if (raw.ops != nullptr) maker.borrowOps(raw.ops + first);
  if (raw.key != nullptr) maker.key(detail::sliceColumn(*raw.key, first, count));
  if (raw.headers != nullptr) maker.headers(detail::sliceColumn(*raw.headers, first, count));
  if (raw.selection != nullptr) {
    std::vector<std::uint32_t> rows;
    const auto* end = raw.selection + raw.selection_count;
    for (const auto* row = std::lower_bound(raw.selection, end, first); row != end && *row < first + count; ++row) {
      rows.push_back(*row - static_cast<std::uint32_t>(first));
    }
    maker.selection(std::move(rows));
  }
  maker.rowIdsFrom(batch, first);
  if (batch.portSteps().data() != batch.steps().data()) {
    maker.portSteps(detail::sliceSteps(batch.portSteps(), first, count, raw.row_count));
  }
  maker.steps(detail::sliceSteps(batch.steps(), first, count, raw.row_count));
  if (raw.origin_steps != nullptr) {
    std::vector<WatermarkStep> origin = detail::sliceSteps(batch.originSteps(), first, count, raw.row_count);
    std::int64_t before = WEIR_WATERMARK_MIN;
    for (const WatermarkStep& step : batch.originSteps()) {
      if (step.row <= first) before = step.watermark;
    }
    // A batch says where its split stands at its first row.
    if (before != WEIR_WATERMARK_MIN && (origin.empty() || origin.front().row != 0)) {
      origin.insert(origin.begin(), {0, before});
    }
    maker.originSteps(std::move(origin));
  }
  return maker.finish(count);
}

// The selected rows as a batch without a selection; the batch itself when it has none.
inline Batch compact(const Batch& batch, const SchemaRef& schema) {
  const weir_batch& raw = *batch.get();
  if (raw.selection == nullptr) return batch;
  const std::span<const std::uint32_t> rows(raw.selection, static_cast<std::size_t>(raw.selection_count));
  BatchMaker maker(schema);
  if (raw.row_count != 0 && batch.rowId(0)) {
    std::vector<std::int64_t> positions;
    positions.reserve(rows.size());
    for (const std::uint32_t row : rows) positions.push_back(batch.rowId(row)->position);
    maker.keep(batch).rowIdsFrom(batch, 0, std::move(positions));
  }
  const auto copy = [&](const DataType& type, ColumnView column) {
    AnyBuilder builder(type);
    builder.appendFrom(column, rows);
    return builder.finish();
  };
  for (std::size_t i = 0; i < batch.columnCount(); ++i) {
    maker.column(copy(schema->schema().fields[i].type, batch.column(i)));
  }
  const auto gather = [&](const auto* values) {
    std::vector<std::remove_cvref_t<decltype(*values)>> out;
    out.reserve(rows.size());
    for (const std::uint32_t row : rows) out.push_back(values[row]);
    return out;
  };
  if (raw.event_time != nullptr) maker.eventTime(gather(raw.event_time));
  if (raw.ops != nullptr) maker.ops(gather(raw.ops));
  if (raw.key != nullptr) maker.key(copy(TypeId::Bytes, ColumnView(*raw.key)));
  if (raw.headers != nullptr) maker.headers(copy(headersType(), ColumnView(*raw.headers)));
  const auto reindexed = [&](std::span<const WatermarkStep> steps) {
    std::vector<WatermarkStep> out;
    for (const WatermarkStep& step : steps) {
      const std::int64_t row = std::lower_bound(rows.begin(), rows.end(), step.row) - rows.begin();
      if (!out.empty() && out.back().row == row) out.pop_back();
      out.push_back({row, step.watermark});
    }
    return out;
  };
  maker.steps(reindexed(batch.steps()));
  if (raw.origin_steps != nullptr) maker.originSteps(reindexed(batch.originSteps()));
  return maker.finish(raw.selection_count);
}

}  // namespace weir
