#include "runtime/task/topic_writer.hpp"

namespace weir::runtime {

Result<TopicWriter> TopicWriter::make(const topology::PlannedTopic& topic, WriterIdentity identity, NullKeys nullKeys) {
  auto placement = KeyPlacement::make(topic);
  if (!placement) return placement.error();
  return TopicWriter(topic, identity, std::move(*placement), std::move(nullKeys));
}

TopicWriter::TopicWriter(const topology::PlannedTopic& topic, WriterIdentity identity, KeyPlacement placement,
                         NullKeys nullKeys)
    : topic_(topic.name),
      identity_(identity),
      placement_(std::move(placement)),
      nullKeys_(std::move(nullKeys)),
      writer_(makeSchema(topic.schema), topic.partitions) {}

Result<void> TopicWriter::write(const Batch& batch) {
  if (!batch.steps().empty()) watermark_ = std::max(watermark_, batch.steps().back().watermark);
  if (writer_.partitions() == 1 && !placement_.keyed()) {
    rowsWritten_ += batch.selectedCount();
    return writer_.append(batch, {});
  }
  placement_.place(batch, turn_++, partitionOfRow_, nullKeyRows_);
  rowsWritten_ += batch.selectedCount() - static_cast<std::int64_t>(nullKeyRows_.size());
  if (!nullKeyRows_.empty()) nullKeys_(batch, nullKeyRows_);
  return writer_.append(batch, partitionOfRow_);
}

void TopicWriter::take(std::int64_t epoch, WriterState state, std::vector<PartitionAppend>& out) {
  WriterMark mark;
  mark.writer = identity_.writer;
  mark.count = identity_.count;
  mark.generation = identity_.generation;
  mark.watermark = state == WriterState::Ended ? WEIR_WATERMARK_MAX : watermark_;  // no row will come
  mark.state = state;
  // The epoch alone is no news: a writer at rest writes nothing.
  const bool news = !lastMark_ || !(*lastMark_ == mark);
  lastMark_ = mark;
  mark.epoch = epoch;
  for (std::int32_t partition = 0; partition < writer_.partitions(); ++partition) {
    if (writer_.rows(partition) == 0 && !news) continue;
    RunToAppend run = writer_.take(partition);
    run.header.mark = mark;
    PartitionAppend append{{topic_, partition}, {}};
    append.runs.push_back(std::move(run));
    out.push_back(std::move(append));
  }
}

}  // namespace weir::runtime
