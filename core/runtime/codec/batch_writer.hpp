// Rows on their way into the bodies of runs: see block_format.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/codec/column_block.hpp"
#include "core/runtime/ports/run.hpp"
#include "weir/sdk/arrow_schema.hpp"
#include "weir/sdk/batch.hpp"

namespace weir::runtime {

// Appends rows of batches to one growing block for each partition. All batches have the writer's schema.
// One thread at a time.
//
// Updates stay whole: both rows of one are in one block, next to each other. Where they are for two partitions they
// become a delete and an insert.
//
// Every block says by itself what its writer knows about time: it starts with the watermark that holds before its
// first row, and takes along all later ones, at the row before which they hold. Origin steps may fall within
// a block, where rows of another split begin.
class PartitionedBatchWriter {
 public:
  PartitionedBatchWriter(SchemaRef schema, std::int32_t partitions);

  // Row r (physical) of the batch goes to partitionOfRow[r]; rows that are not selected are left out, and a
  // partition of -1 leaves a row out as well. An empty span sends every row to partition 0.
  // An error (a block would pass 2 GiB in one column) leaves the writer unusable.
  Result<void> append(const Batch& batch, std::span<const std::int32_t> partitionOfRow);

  std::int32_t partitions() const { return static_cast<std::int32_t>(blocks_.size()); }
  std::int64_t rows(std::int32_t partition) const { return blocks_[static_cast<std::size_t>(partition)].rows; }
  // Bytes buffered over all partitions, about: compare it with the memory budget.
  std::size_t byteCount() const;

  // The block of a partition as a run without a mark (rows, body); its next one starts empty.
  // A partition without rows gives a block of steps alone.
  RunToAppend take(std::int32_t partition);

 private:
  struct Block {
    std::int64_t rows = 0;
    std::int64_t watermark = WEIR_WATERMARK_MIN;  // last step written
    std::int64_t origin = WEIR_WATERMARK_MIN;
    std::vector<WatermarkStep> steps;
    std::vector<WatermarkStep> originSteps;
    ByteBuffer times;
    ByteBuffer ops;
  };

  void place(const Batch& batch, std::span<const std::int32_t> partitionOfRow);
  void appendTimes(const Batch& batch);
  std::optional<std::size_t> columnOfTimes(const weir_batch& batch) const;
  void copyTimes();
  std::int64_t rowsBefore() const;
  void appendOps(const Batch& batch);
  std::int8_t opOf(const std::int8_t* ops, std::size_t placed) const;
  Result<void> appendOptional(const ArrowArray* array, bool& used, ColumnBlocks& column);
  void appendSteps(Block& block);

  SchemaRef schema_;
  std::uint64_t fingerprint_;
  std::vector<Block> blocks_;
  std::vector<ColumnBlocks> columns_;
  ColumnBlocks key_;
  ColumnBlocks headers_;
  bool hasTimes_ = false;
  std::optional<std::size_t> timeColumn_;  // the event times of all rows here are the values of this column
  bool hasOps_ = false;
  bool hasKey_ = false;
  bool hasHeaders_ = false;
  std::int64_t watermark_ = WEIR_WATERMARK_MIN;
  std::int64_t origin_ = WEIR_WATERMARK_MIN;
  RowPlacement rows_;
};

// One batch as one block: its selected rows.
void encodeBatch(const Batch& batch, const SchemaRef& schema, std::vector<std::byte>& out);
// The same, when only the batch is at hand.
void encodeBatch(const Batch& batch, std::vector<std::byte>& out);

}  // namespace weir::runtime
