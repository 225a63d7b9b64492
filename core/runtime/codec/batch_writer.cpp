#include "core/runtime/codec/batch_writer.hpp"

#include <algorithm>
#include <cstring>

#include "core/runtime/codec/block_buffers.hpp"
#include "core/runtime/codec/block_format.hpp"

namespace weir::runtime {

PartitionedBatchWriter::PartitionedBatchWriter(SchemaRef schema, std::int32_t partitions)
    : schema_(std::move(schema)),
      fingerprint_(fingerprintOf(schema_->schema())),
      blocks_(static_cast<std::size_t>(partitions)),
      key_(TypeId::Bytes, blocks_.size()),
      headers_(headersType(), blocks_.size()) {
  for (const Field& field : schema_->schema().fields) columns_.emplace_back(field.type, blocks_.size());
}

Result<void> PartitionedBatchWriter::append(const Batch& batch, std::span<const std::int32_t> partitionOfRow) {
  const weir_batch& raw = *batch.get();
  place(batch, partitionOfRow);
  if (rows_.size() == 0) return {};
  for (const auto& block : blocks_) {
    if (block.rows > INT32_MAX) {
      return fatalError("A commit would hold more than 2^31 rows for one partition; commit more often.");
    }
  }
  appendTimes(batch);
  appendOps(batch);
  WEIR_TRY(appendOptional(raw.key, hasKey_, key_));
  WEIR_TRY(appendOptional(raw.headers, hasHeaders_, headers_));
  for (std::size_t i = 0; i < columns_.size(); ++i) WEIR_TRY(columns_[i].append(raw.columns->children[i], rows_));
  return {};
}

// Finds where every row goes, and lays down the steps that hold before it.
void PartitionedBatchWriter::place(const Batch& batch, std::span<const std::int32_t> partitionOfRow) {
  const weir_batch& raw = *batch.get();
  rows_.source.clear();
  rows_.partition.clear();
  rows_.source.reserve(static_cast<std::size_t>(batch.selectedCount()));
  rows_.partition.reserve(static_cast<std::size_t>(batch.selectedCount()));
  rows_.counts.assign(blocks_.size(), 0);
  rows_.contiguous = partitionOfRow.empty() && raw.selection == nullptr;

  const std::span<const WatermarkStep> steps = batch.steps();
  // Origin steps stand for themselves: before the first one nothing is known about that split.
  const bool hasOrigin = raw.origin_steps != nullptr;
  const std::span<const WatermarkStep> origins = hasOrigin ? batch.originSteps() : std::span<const WatermarkStep>();
  origin_ = hasOrigin ? WEIR_WATERMARK_MIN : watermark_;
  std::size_t step = 0;
  std::size_t origin = 0;
  const auto nextStepRow = [&] {
    const std::int64_t a = step < steps.size() ? steps[step].row : INT64_MAX;
    const std::int64_t b = origin < origins.size() ? origins[origin].row : INT64_MAX;
    return std::min(a, b);
  };
  const auto advance = [&](std::int64_t row) {
    for (; step < steps.size() && steps[step].row <= row; ++step) {
      watermark_ = std::max(watermark_, steps[step].watermark);
    }
    for (; origin < origins.size() && origins[origin].row <= row; ++origin) origin_ = origins[origin].watermark;
    if (!hasOrigin) origin_ = watermark_;
  };

  std::int64_t stepRow = nextStepRow();
  batch.forEachRow([&](std::int64_t row) {
    if (row >= stepRow) {
      advance(row);
      stepRow = nextStepRow();
    }
    const std::int32_t p = partitionOfRow.empty() ? 0 : partitionOfRow[static_cast<std::size_t>(row)];
    if (p < 0) return;
    Block& block = blocks_[static_cast<std::size_t>(p)];
    if (block.watermark != watermark_ || block.origin != origin_) appendSteps(block);
    ++block.rows;
    ++rows_.counts[static_cast<std::size_t>(p)];
    rows_.source.push_back(static_cast<std::uint32_t>(row));
    rows_.partition.push_back(static_cast<std::uint32_t>(p));
  });
  advance(raw.row_count);
}

void PartitionedBatchWriter::appendSteps(Block& block) {
  if (block.watermark != watermark_) {
    block.steps.push_back({block.rows, watermark_});
    block.watermark = watermark_;
  }
  if (block.origin != origin_) {
    block.originSteps.push_back({block.rows, origin_});
    block.origin = origin_;
  }
}

// Most event times are a column of the rows: those are not written twice.
void PartitionedBatchWriter::appendTimes(const Batch& batch) {
  const std::int64_t* times = batch.get()->event_time;
  const std::optional<std::size_t> column = columnOfTimes(*batch.get());
  if (!hasTimes_ && column && rowsBefore() == 0) timeColumn_ = column;
  hasTimes_ = hasTimes_ || times != nullptr;
  if (!hasTimes_) return;
  if (timeColumn_ && timeColumn_ != column) copyTimes();
  if (timeColumn_) return;
  for (std::size_t p = 0; p < blocks_.size(); ++p) {
    Block& block = blocks_[p];
    // Rows that came before the first batch with times have none.
    for (auto missing = static_cast<std::int64_t>(block.times.size() / 8); missing < block.rows - rows_.counts[p];
         ++missing) {
      const std::int64_t none = WEIR_NO_TIME;
      block.times.append(&none, 8);
    }
    block.times.reserve(rows_.counts[p] * 8);
  }
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const std::int64_t time = times == nullptr ? WEIR_NO_TIME : times[rows_.source[i]];
    std::memcpy(blocks_[rows_.partition[i]].times.extend(8), &time, 8);
  }
}

// Rows in the blocks that are not of the batch in hand.
std::int64_t PartitionedBatchWriter::rowsBefore() const {
  std::int64_t rows = 0;
  for (std::size_t p = 0; p < blocks_.size(); ++p) rows += blocks_[p].rows - rows_.counts[p];
  return rows;
}

std::optional<std::size_t> PartitionedBatchWriter::columnOfTimes(const weir_batch& batch) const {
  if (batch.event_time == nullptr) return std::nullopt;
  const std::vector<Field>& fields = schema_->schema().fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const ArrowArray& array = *batch.columns->children[i];
    if (fields[i].type.id == TypeId::Timestamp && array.null_count == 0 &&
        static_cast<const std::int64_t*>(array.buffers[1]) + array.offset == batch.event_time) {
      return i;
    }
  }
  return std::nullopt;
}

// From here on times stand by themselves.
void PartitionedBatchWriter::copyTimes() {
  for (std::size_t p = 0; p < blocks_.size(); ++p) {
    const ByteBuffer& values = columns_[*timeColumn_].values(p);
    blocks_[p].times.append(values.data(), values.size());
  }
  timeColumn_.reset();
}

// What becomes of the change of a row when its other half goes elsewhere or is left out: a change of key between
// partitions is a delete in one and an insert in the other.
std::int8_t PartitionedBatchWriter::opOf(const std::int8_t* ops, std::size_t placed) const {
  if (ops == nullptr) return WEIR_OP_INSERT;
  const std::int8_t op = ops[rows_.source[placed]];
  const auto joined = [&](std::size_t before, std::size_t after) {
    return after < rows_.size() && rows_.source[after] == rows_.source[before] + 1 &&
           rows_.partition[after] == rows_.partition[before] && ops[rows_.source[before]] == WEIR_OP_UPDATE_BEFORE &&
           ops[rows_.source[after]] == WEIR_OP_UPDATE_AFTER;
  };
  if (op == WEIR_OP_UPDATE_BEFORE) return joined(placed, placed + 1) ? op : std::int8_t{WEIR_OP_DELETE};
  if (op == WEIR_OP_UPDATE_AFTER) return placed != 0 && joined(placed - 1, placed) ? op : std::int8_t{WEIR_OP_INSERT};
  return op;
}

void PartitionedBatchWriter::appendOps(const Batch& batch) {
  const std::int8_t* ops = batch.get()->ops;
  hasOps_ = hasOps_ || ops != nullptr;
  if (!hasOps_) return;
  for (std::size_t p = 0; p < blocks_.size(); ++p) {
    Block& block = blocks_[p];
    const auto before = static_cast<std::size_t>(block.rows) - rows_.counts[p];
    if (block.ops.size() < before) {
      const std::size_t missing = before - block.ops.size();
      std::memset(block.ops.extend(missing), WEIR_OP_INSERT, missing);
    }
  }
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const std::int8_t op = opOf(ops, i);
    blocks_[rows_.partition[i]].ops.append(&op, 1);
  }
}

// Keys and headers: absent until the first batch that has them.
Result<void> PartitionedBatchWriter::appendOptional(const ArrowArray* array, bool& used, ColumnBlocks& column) {
  if (array == nullptr && !used) return {};
  if (!used) {
    RowPlacement before;
    before.counts.resize(blocks_.size());
    for (std::size_t p = 0; p < blocks_.size(); ++p) {
      before.counts[p] = static_cast<std::uint32_t>(blocks_[p].rows) - rows_.counts[p];
      before.partition.insert(before.partition.end(), before.counts[p], static_cast<std::uint32_t>(p));
    }
    before.source.resize(before.partition.size());
    WEIR_TRY(column.append(nullptr, before));
    used = true;
  }
  return column.append(array, rows_);
}

std::size_t PartitionedBatchWriter::byteCount() const {
  std::size_t bytes = key_.byteCount() + headers_.byteCount();
  for (const ColumnBlocks& column : columns_) bytes += column.byteCount();
  for (const Block& block : blocks_) {
    bytes +=
        block.times.size() + block.ops.size() + (block.steps.size() + block.originSteps.size()) * sizeof(WatermarkStep);
  }
  return bytes;
}

RunToAppend PartitionedBatchWriter::take(std::int32_t partition) {
  const auto p = static_cast<std::size_t>(partition);
  Block& block = blocks_[p];
  const bool sameOrigin = std::equal(
      block.steps.begin(), block.steps.end(), block.originSteps.begin(), block.originSteps.end(),
      [](const WatermarkStep& a, const WatermarkStep& b) { return a.row == b.row && a.watermark == b.watermark; });
  // Steps after the last row: nothing follows that an origin step could judge.
  if (block.watermark != watermark_) block.steps.push_back({block.rows, watermark_});

  BlockHeader header{};
  header.magic = kBlockMagic;
  header.version = kBlockVersion;
  header.fingerprint = fingerprint_;
  header.rows = static_cast<std::uint32_t>(block.rows);
  header.steps = static_cast<std::uint32_t>(block.steps.size());
  header.originSteps = sameOrigin ? 0 : static_cast<std::uint32_t>(block.originSteps.size());
  const int times = timeColumn_ ? kTimesAreColumn : hasTimes_ ? kHasTimes : 0;
  header.flags = static_cast<std::uint16_t>(times | (hasOps_ ? kHasOps : 0) | (sameOrigin ? 0 : kHasOrigin) |
                                            (hasKey_ ? kHasKey : 0) | (hasHeaders_ ? kHasHeaders : 0));
  header.timeColumn = static_cast<std::uint32_t>(timeColumn_.value_or(0));
  RunToAppend run;
  run.header.rows = static_cast<std::int32_t>(block.rows);
  std::vector<std::byte>& out = run.body;
  out.reserve(sizeof(header) + 256 + block.times.size() + static_cast<std::size_t>(block.rows) * 64);
  out.resize(sizeof(header));
  std::memcpy(out.data(), &header, sizeof(header));
  if (hasTimes_ && !timeColumn_) writeBuffer(out, block.times.data(), block.times.size());
  if (hasOps_) writeBuffer(out, block.ops.data(), block.ops.size());
  writeBuffer(out, block.steps.data(), block.steps.size() * sizeof(WatermarkStep));
  if (!sameOrigin) writeBuffer(out, block.originSteps.data(), block.originSteps.size() * sizeof(WatermarkStep));
  if (hasKey_) key_.writeTo(out, p);
  if (hasHeaders_) headers_.writeTo(out, p);
  for (ColumnBlocks& column : columns_) column.writeTo(out, p);

  block.rows = 0;
  block.watermark = WEIR_WATERMARK_MIN;
  block.origin = WEIR_WATERMARK_MIN;
  block.steps.clear();
  block.originSteps.clear();
  block.times.clear();
  block.ops.clear();
  return run;
}

void encodeBatch(const Batch& batch, const SchemaRef& schema, std::vector<std::byte>& out) {
  PartitionedBatchWriter writer(schema, 1);
  // One batch never passes the limits that a block has.
  static_cast<void>(writer.append(batch, {}));
  out = std::move(writer.take(0).body);
}

void encodeBatch(const Batch& batch, std::vector<std::byte>& out) {
  std::optional<Schema> schema = importSchema(*batch.get()->schema);
  if (schema) encodeBatch(batch, makeSchema(std::move(*schema)), out);
}

}  // namespace weir::runtime
