// Rows of one task on their way into a topic: placed, encoded, and kept until the commit.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "core/runtime/codec/batch_writer.hpp"
#include "core/runtime/output/key_placement.hpp"
#include "core/runtime/output/record_encoder.hpp"
#include "core/runtime/ports/log.hpp"
#include "core/topology/plan/plan.hpp"

namespace weir::runtime {

struct WriterIdentity {
  std::int32_t writer = 0;
  std::int32_t count = 1;
  std::int64_t generation = 0;
  std::int64_t sequence = 0;  // its runs are numbered from here on
};

// [task]
class TopicWriter {
 public:
  using NullKeys = std::function<void(const Batch& batch, const std::vector<std::uint32_t>& rows)>;

  // `format`: where the topic holds records, makes them of its rows.
  static Result<TopicWriter> make(const topology::PlannedTopic& topic, WriterIdentity identity, NullKeys nullKeys,
                                  std::unique_ptr<FormatInstance> format = nullptr);

  Result<void> write(const Batch& batch);
  // Asked at each step, and counted over all partitions.
  std::size_t bytesBuffered() const { return hasRows() ? writer_.byteCount() + finishedBytes_ : 0; }
  bool hasRows() const { return rowsWritten_ != rowsTaken_; }
  std::int64_t rowsWritten() const { return rowsWritten_; }
  // What was taken, and what is buffered.
  std::int64_t bytesWritten() const { return bytesTaken_ + static_cast<std::int64_t>(bytesBuffered()); }

  // Everything since the last call, with a mark in every partition: data or not, whenever what it says is new. What has
  // been announced is not. Partitions without data share one.
  void take(WriterState state, std::vector<PartitionAppend>& out);
  // Announces what is new about time; but nothing while rows wait, behind which it has to be heard. False: that has to
  // be committed, and has not been said.
  bool announce(WriterState state, Log& log);

 private:
  Result<void> writeRows(const Batch& batch);
  Result<void> append(const Batch& batch, std::span<const std::int32_t> partitionOfRow);
  // Blocks that are full are encoded at once, while they are warm.
  void finishFullBlocks();
  Result<void> writeEverywhere(const Batch& batch);
  RunToAppend takeRun(std::int32_t partition);
  // A mark for every partition, in a block of one that has no rows.
  PartitionAppend everywhere(std::int32_t silent, const WriterMark& mark);
  WriterMark markOf(WriterState state) const;

  TopicWriter(const topology::PlannedTopic& topic, WriterIdentity identity, KeyPlacement placement, NullKeys nullKeys,
              std::optional<RecordEncoder> records);

  std::string topic_;
  WriterIdentity identity_;
  bool broadcast_;
  KeyPlacement placement_;
  NullKeys nullKeys_;
  std::optional<RecordEncoder> records_;
  PartitionedBatchWriter writer_;
  std::vector<std::vector<RunToAppend>> finished_;  // by partition
  std::size_t finishedBytes_ = 0;
  std::int64_t watermark_ = WEIR_WATERMARK_MIN;
  std::int64_t rowsWritten_ = 0;
  std::int64_t rowsTaken_ = 0;
  std::int64_t bytesTaken_ = 0;
  std::uint64_t turn_ = 0;
  std::optional<WriterMark> lastMark_;
  std::vector<std::int32_t> partitionOfRow_;
  std::vector<std::uint32_t> nullKeyRows_;
};

}  // namespace weir::runtime
