#include "core/runtime/output/topic_writer.hpp"

#include "core/runtime/formats/topic_formats.hpp"
#include "core/runtime/time/input_end.hpp"
#include "weir/sdk/batch_builder.hpp"

namespace weir::runtime {

namespace {

constexpr std::int64_t kBlockRows = 8192;  // what a reader takes in at once, and the cache holds

}  // namespace

Result<TopicWriter> TopicWriter::make(const topology::PlannedTopic& topic, WriterIdentity identity, NullKeys nullKeys,
                                      std::unique_ptr<FormatInstance> format) {
  auto placement = KeyPlacement::make(topic);
  if (!placement) return placement.error();
  const RowVersion version = versionOf(topic);
  std::optional<RecordEncoder> records;
  if (version.format) {
    if (format == nullptr) return fatalError("Topic " + topic.name + " holds records, and nothing makes them.");
    // Formats that only read say so before there are rows.
    if (const auto none = format->encode(BatchBuilder(topic.schema).finish()); !none) {
      return Error{none.error().kind,
                   "Topic " + topic.name + " holds records, and its format cannot write them: " + none.error().message};
    }
    records.emplace(version, std::move(format));
  }
  return TopicWriter(topic, identity, std::move(*placement), std::move(nullKeys), std::move(records));
}

TopicWriter::TopicWriter(const topology::PlannedTopic& topic, WriterIdentity identity, KeyPlacement placement,
                         NullKeys nullKeys, std::optional<RecordEncoder> records)
    : topic_(topic.name),
      identity_(identity),
      broadcast_(topic.broadcast),
      placement_(std::move(placement)),
      nullKeys_(std::move(nullKeys)),
      records_(std::move(records)),
      writer_(records_ ? records_->columns() : makeSchema(topic.schema), topic.partitions),
      finished_(static_cast<std::size_t>(topic.partitions)) {}

// The end of a run is no time: it is told by the state of the mark, and stands in no block.
Result<void> TopicWriter::write(const Batch& batch) {
  if (!tellsEnd(batch.steps())) return writeRows(batch);
  const std::span<const WatermarkStep> steps = withoutEnd(batch.steps());
  return writeRows(BatchMaker::from(batch).steps({steps.begin(), steps.end()}).finish(0));
}

Result<void> TopicWriter::writeRows(const Batch& batch) {
  if (!batch.steps().empty()) watermark_ = std::max(watermark_, batch.steps().back().watermark);
  if (broadcast_) return writeEverywhere(batch);
  if (writer_.partitions() == 1 && !placement_.keyed()) {
    rowsWritten_ += batch.selectedCount();
    WEIR_TRY(append(batch, {}));
    finishFullBlocks();
    return {};
  }
  placement_.place(batch, turn_++, partitionOfRow_, nullKeyRows_);
  rowsWritten_ += batch.selectedCount() - static_cast<std::int64_t>(nullKeyRows_.size());
  if (!nullKeyRows_.empty()) nullKeys_(batch, nullKeyRows_);
  WEIR_TRY(append(batch, partitionOfRow_));
  finishFullBlocks();
  return {};
}

Result<void> TopicWriter::append(const Batch& batch, std::span<const std::int32_t> partitionOfRow) {
  if (!records_) return writer_.append(batch, partitionOfRow);
  WEIR_TRY_ASSIGN(records, records_->encode(batch, placement_));
  return writer_.append(records, partitionOfRow);
}

Result<void> TopicWriter::writeEverywhere(const Batch& batch) {
  rowsWritten_ += batch.selectedCount();
  for (std::int32_t partition = 0; partition < writer_.partitions(); ++partition) {
    partitionOfRow_.assign(static_cast<std::size_t>(batch.rowCount()), partition);
    WEIR_TRY(writer_.append(batch, partitionOfRow_));
  }
  finishFullBlocks();
  return {};
}

void TopicWriter::finishFullBlocks() {
  for (std::int32_t partition = 0; partition < writer_.partitions(); ++partition) {
    if (writer_.rows(partition) < kBlockRows) continue;
    RunToAppend run = takeRun(partition);
    finishedBytes_ += run.body.size();
    finished_[static_cast<std::size_t>(partition)].push_back(std::move(run));
  }
}

RunToAppend TopicWriter::takeRun(std::int32_t partition) {
  RunToAppend run = writer_.take(partition);
  run.header.mark = markOf(WriterState::Active);
  return run;
}

WriterMark TopicWriter::markOf(WriterState state) const {
  WriterMark mark;
  mark.writer = identity_.writer;
  mark.count = identity_.count;
  mark.generation = identity_.generation;
  mark.watermark = watermark_;
  mark.state = state;
  return mark;
}

void TopicWriter::take(WriterState state, std::vector<PartitionAppend>& out) {
  WriterMark mark = markOf(state);
  // The number alone is no news: a writer at rest writes nothing.
  const bool news = lastMark_ != mark;
  lastMark_ = mark;
  std::int32_t silent = -1;
  for (std::int32_t partition = 0; partition < writer_.partitions(); ++partition) {
    std::vector<RunToAppend> runs;
    runs.swap(finished_[static_cast<std::size_t>(partition)]);
    if (writer_.rows(partition) != 0) runs.push_back(takeRun(partition));
    if (runs.empty()) {
      silent = partition;
      continue;
    }
    runs.back().header.mark = mark;
    for (RunToAppend& run : runs) {
      run.header.mark.sequence = ++identity_.sequence;
      bytesTaken_ += static_cast<std::int64_t>(run.body.size());
    }
    out.push_back({{topic_, partition}, std::move(runs)});
  }
  if (news && silent >= 0) out.push_back(everywhere(silent, mark));
  rowsTaken_ = rowsWritten_;
  finishedBytes_ = 0;
}

PartitionAppend TopicWriter::everywhere(std::int32_t silent, const WriterMark& mark) {
  PartitionAppend words{{topic_, kEveryPartition}, {}};
  words.runs.push_back(takeRun(silent));
  words.runs.back().header.mark = mark;
  words.runs.back().header.mark.sequence = ++identity_.sequence;
  return words;
}

bool TopicWriter::announce(WriterState state, Log& log) {
  const WriterMark mark = markOf(state);
  if (hasRows() || lastMark_ == mark) return true;
  if (!log.announce(everywhere(0, mark))) return false;
  lastMark_ = mark;
  return true;
}

}  // namespace weir::runtime
