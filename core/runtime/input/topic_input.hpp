// Rows from one partition of a topic.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/runtime/codec/batch_reader.hpp"
#include "core/runtime/formats/record_reader.hpp"
#include "core/runtime/formats/topic_formats.hpp"
#include "core/runtime/input/task_host.hpp"
#include "core/runtime/input/task_input.hpp"
#include "core/runtime/ports/log.hpp"
#include "core/runtime/state/node_state.hpp"
#include "core/runtime/time/event_stamper.hpp"
#include "core/runtime/time/time_bounds.hpp"
#include "core/runtime/time/writer_watermarks.hpp"
#include "core/topology/plan/plan.hpp"

namespace weir::runtime {

// What the reader of a repartition topic tells its writers, so that they can wait for it.
// [any]
class ReaderProgress {
 public:
  virtual ~ReaderProgress() = default;
  // Read up to `position`, not necessarily committed; `holder` is the writer that holds time back, or -1.
  virtual void readUpTo(std::int32_t partition, Position position, std::int32_t holder) = 0;
};

struct TopicInputSpec {
  const topology::PlannedTopic* topic = nullptr;
  std::int32_t partition = 0;
  std::int32_t writers = 0;     // tasks of this plan that write the topic
  std::int64_t generation = 0;  // of these writers
  TaskOptions options;
  std::string reader;               // the node, as its home names it
  TopicFormats* formats = nullptr;  // outlives the input
  // Where the topic says that reading goes on: counts rows that are gone, and tells of them.
  std::function<void(const Gap& gap, std::string_view text)> gap;
};

// [task]
class TopicInput final : public TaskInput {
 public:
  // `progress` may be null: nobody waits for this reader.
  TopicInput(const TopicInputSpec& spec, NodeState& state, Log& log, const Clock& clock, ReaderProgress* progress,
             Refused refused);

  // Where the last commit of this node and task left off; nothing when there was none.
  static Result<std::optional<Position>> committedPosition(NodeState& state);

  Result<void> open() override;
  Result<InputOutcome> poll(Batch& batch) override;
  Result<void> prepareCommit() override;
  std::optional<Consumed> consumed() const override;
  bool wouldReadAgain() const override { return !rowsRead_; }
  Result<void> committed() override;
  // Of the writers, or of the data where they say nothing.
  std::int64_t watermark() const override { return std::max(writers_.combined(), ownTime_.watermark()); }
  bool idle() const override { return writers_.idle(); }
  void cancel() override { records_.cancel(); }

 private:
  Result<void> restoreOwnTime();
  // Everything that is published has been read.
  Result<InputOutcome> meetEnd(Batch& batch);
  // Takes a run in. Nothing: it has nothing for operators.
  Result<std::optional<InputOutcome>> take(Run run, Batch& batch);
  Result<void> meetGap(const Gap& gap) const;
  // Nothing: a format is not ready for it.
  Result<std::optional<Batch>> stamp(const Run& run);
  // For dead letters.
  std::string place(std::int64_t row) const;
  Result<void> refuseTable(const Batch& rows) const;
  // Rows that others wrote: their time is judged when they are read, and tells the watermark.
  Batch stampForeign(const Batch& rows, std::int64_t firstRow);
  // Rows that were written as another version than the topic has by now, too.
  Result<std::optional<Batch>> decode(const Run& run);
  Result<void> learn(std::uint64_t fingerprint);
  // All has been read that this run will have.
  bool atEnd() const;

  TopicInputSpec spec_;
  PartitionId partition_;
  std::shared_ptr<const std::string> rowSplit_;  // where its rows come from; shared with the batches
  NodeState& state_;
  Log& log_;
  const Clock& clock_;
  ReaderProgress* progress_;
  Refused refused_;
  SchemaRef schema_;
  BlockReader blocks_;
  RecordReader records_;
  std::unique_ptr<PartitionReader> reader_;
  std::optional<Run> waiting_;  // read, but for its rows: a format is not ready for them
  WriterWatermarks writers_;
  std::optional<std::size_t> timeColumn_;  // of the event time that the topic declares
  SplitTime ownTime_;                      // for topics whose writers say nothing
  TimeBounds bounds_;
  Position prepared_;
  bool hasPast_ = false;  // rows that are gone would be missed
  bool dirty_ = false;
  bool rowsRead_ = false;  // since the last commit
  bool endTold_ = false;
  bool timeTold_ = false;  // the operators know what the last commit knew
  Batch noRows_;
  std::vector<std::int64_t> timeStorage_;
  std::vector<WatermarkStep> steps_;
};

}  // namespace weir::runtime
