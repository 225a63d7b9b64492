#include "core/runtime/input/topic_input.hpp"

#include <cstring>
#include <utility>

#include "core/runtime/batch/row_text.hpp"
#include "core/runtime/codec/batch_reader.hpp"
#include "core/runtime/time/input_end.hpp"
#include "weir/sdk/batch_builder.hpp"

namespace weir::runtime {

namespace {

constexpr const char* kStore = "$input";
constexpr const char* kOffsetKey = "offset";
constexpr const char* kWritersKey = "writers";
constexpr const char* kTimeKey = "time";

// Those of records do, because some records may be no rows.
bool knowsPositions(const Batch& rows) {
  return rows.get()->row_split.data != nullptr;
}

std::int64_t disorderOf(const topology::PlannedTopic& topic) {
  return topic.eventTime ? topic.eventTime->disorder : 0;
}

}  // namespace

TopicInput::TopicInput(const TopicInputSpec& spec, NodeState& state, Log& log, const Clock& clock,
                       ReaderProgress* progress, Refused refused)
    : spec_(spec),
      partition_{spec.topic->name, spec.partition},
      rowSplit_(std::make_shared<const std::string>(spec.topic->name + "/" + std::to_string(spec.partition))),
      state_(state),
      log_(log),
      clock_(clock),
      progress_(progress),
      refused_(std::move(refused)),
      schema_(makeSchema(spec.topic->schema)),
      blocks_(schema_),
      records_(schema_, [formats = spec.formats](const RecordFormat& format,
                                                 const SchemaRef& schema) { return formats->make(format, schema); }),
      ownTime_(disorderOf(*spec.topic), WEIR_WATERMARK_MIN),
      bounds_(spec.topic->eventTime ? spec.topic->eventTime->maxAhead : -1),
      noRows_(BatchBuilder(schema_).finish()) {
  if (spec.topic->eventTime) timeColumn_ = spec.topic->schema.find(spec.topic->eventTime->field);
}

Result<std::optional<Position>> TopicInput::committedPosition(NodeState& state) {
  auto stored = state.get(kStore, kOffsetKey);
  if (!stored) return stored.error();
  std::int64_t offset = 0;
  if (!*stored || (*stored)->size() != sizeof offset) return std::optional<Position>();
  std::memcpy(&offset, (*stored)->data(), sizeof offset);
  return std::optional(Position::of(offset));
}

Result<void> TopicInput::open() {
  auto stored = committedPosition(state_);
  if (!stored) return stored.error();
  prepared_ = stored->value_or(Position());
  auto writers = state_.get(kStore, kWritersKey);
  if (!writers) return writers.error();
  if (*writers) {
    auto decoded = WriterWatermarks::decode(**writers);
    if (!decoded) return decoded.error();
    writers_ = std::move(*decoded);
  }
  WEIR_TRY(restoreOwnTime());
  auto reader = log_.read(partition_, prepared_);
  if (!reader) return reader.error();
  reader_ = std::move(*reader);
  hasPast_ = stored->has_value();
  // Without a past it begins with what is kept.
  if (const std::optional<Gap> gap = reader_->takeGap(); gap && hasPast_) WEIR_TRY(meetGap(*gap));
  if (progress_ != nullptr) progress_->readUpTo(partition_.partition, prepared_, writers_.holder());
  return {};
}

// Without it the first rows after a restart would be judged as if none had come before them, and none were late.
Result<void> TopicInput::restoreOwnTime() {
  auto stored = state_.get(kStore, kTimeKey);
  if (!stored) return stored.error();
  std::int64_t watermark = WEIR_WATERMARK_MIN;
  if (*stored && (*stored)->size() == sizeof watermark) std::memcpy(&watermark, (*stored)->data(), sizeof watermark);
  ownTime_ = SplitTime(disorderOf(*spec_.topic), watermark);
  return {};
}

Result<void> TopicInput::meetGap(const Gap& gap) const {
  const std::string where = "topic '" + partition_.topic + "', partition " + std::to_string(partition_.partition);
  const std::string rows =
      !gap.rows ? "Rows of " : std::to_string(*gap.rows) + (*gap.rows == 1 ? " row of " : " rows of ");
  const std::string what = rows + where + ", which node '" + spec_.reader +
                           "' had still to read, are gone: it was at offset " + std::to_string(gap.from.value()) +
                           ", and what is kept begins at offset " + std::to_string(gap.to.value()) + "." +
                           (gap.rows ? "" : " How many they were, or whether any, the log does not know.");
  if (!spec_.topic->skipsGaps) {
    return corruptError(what +
                        " Restore the home from a copy, start with a new --home, or say \"on_gap\": \"continue\" on "
                        "the topic to go on without these rows.");
  }
  if (spec_.gap) spec_.gap(gap, what + " Going on without them.");
  return {};
}

Result<InputOutcome> TopicInput::poll(Batch& batch) {
  if (!timeTold_) {
    timeTold_ = true;
    // Writers of a new generation downstream have told nothing yet, and rows may be long in coming.
    if (watermark() != WEIR_WATERMARK_MIN) {
      batch = timeOnly(noRows_, watermark());
      return InputOutcome::Rows;
    }
  }
  while (true) {
    auto run = waiting_ ? Result<std::optional<Run>>(std::exchange(waiting_, std::nullopt)) : reader_->next();
    if (!run) return run.error();
    if (!*run) return meetEnd(batch);
    WEIR_TRY_ASSIGN(outcome, take(std::move(**run), batch));
    if (outcome) return *outcome;
  }
}

Result<InputOutcome> TopicInput::meetEnd(Batch& batch) {
  if (!atEnd()) return InputOutcome::Dry;
  if (endTold_ || spec_.options.keepOpen) return InputOutcome::Ended;
  endTold_ = true;
  batch = timeOnly(noRows_, WEIR_WATERMARK_MIN, true);
  return InputOutcome::Rows;
}

Result<std::optional<InputOutcome>> TopicInput::take(Run run, Batch& batch) {
  if (const std::optional<Gap> gap = reader_->takeGap(); gap && hasPast_) WEIR_TRY(meetGap(*gap));
  if (run.header.rows != 0) hasPast_ = rowsRead_ = true;
  const std::int64_t before = watermark();
  auto stamped = stamp(run);
  if (!stamped) {
    Error error = stamped.error();
    error.message = "Topic " + partition_.topic + ", partition " + std::to_string(partition_.partition) + ", offset " +
                    std::to_string(run.begin.value()) + ": " + error.message;
    return error;
  }
  if (!*stamped) {
    waiting_ = std::move(run);
    return std::optional(InputOutcome::Dry);
  }
  dirty_ = true;
  if (progress_ != nullptr) progress_->readUpTo(partition_.partition, reader_->position(), writers_.holder());
  // Of a thousand writers only the last one moves time: what moves nothing is no news to operators.
  if (run.header.rows == 0 && watermark() == before) return std::optional<InputOutcome>();
  batch = std::move(**stamped);
  return std::optional(InputOutcome::Rows);
}

bool TopicInput::atEnd() const {
  if (!spec_.options.untilEnd) return false;
  // Where nobody in this plan writes the topic, what is there is all. Writers of an earlier run may have ended as well:
  // it is those of this one that count.
  return spec_.writers == 0 || (writers_.generation() >= spec_.generation && writers_.over());
}

Result<std::optional<Batch>> TopicInput::decode(const Run& run) {
  const std::optional<std::uint64_t> fingerprint = fingerprintOfBlock(run.body.bytes);
  if (fingerprint && !blocks_.knows(*fingerprint)) {
    if (!records_.knows(*fingerprint)) WEIR_TRY(learn(*fingerprint));
    if (records_.knows(*fingerprint)) {
      return records_.read(run.body, *rowSplit_, run.firstRow,
                           [&](std::int64_t record, std::string_view bytes, std::string_view reason) {
                             refused_(place(run.firstRow + record), bytes, reason);
                           });
    }
  }
  auto rows = blocks_.read(run.body);
  if (!rows) return rows.error();
  return std::optional(std::move(*rows));
}

Result<void> TopicInput::learn(std::uint64_t fingerprint) {
  auto topics = log_.topics();
  if (!topics) return topics.error();
  for (const TopicSpec& topic : *topics) {
    if (topic.name != partition_.topic) continue;
    auto versions = SchemaVersions::parse(topic.description);
    if (!versions) return versions.error();
    blocks_.learn(*versions);
    const RowVersion* const version = versions->find(fingerprint);
    if (version != nullptr && version->format) WEIR_TRY(records_.learn(*version));
  }
  return {};
}

std::string TopicInput::place(std::int64_t offset) const {
  return *rowSplit_ + "@" + std::to_string(offset);
}

Result<std::optional<Batch>> TopicInput::stamp(const Run& run) {
  auto decoded = decode(run);
  if (!decoded) return decoded.error();
  const std::optional<Batch>& rows = *decoded;
  if (!rows) return rows;
  WEIR_TRY(refuseTable(*rows));
  if (run.header.mark.count > 0) {
    writers_.advance(run.header.mark, rows->steps(), rows->rowCount(), steps_);
    const std::span<const WatermarkStep> origin = rows->originSteps();
    BatchMaker maker = BatchMaker::from(*rows);
    if (!spec_.topic->table) maker.borrowOps(nullptr);
    maker.originSteps({origin.begin(), origin.end()});
    if (!knowsPositions(*rows)) maker.rowIds(*rowSplit_, run.firstRow);
    maker.keepAlive(rowSplit_);
    maker.steps(steps_);
    return std::optional(maker.finish(0));
  }
  return std::optional(stampForeign(*rows, run.firstRow));
}

Batch TopicInput::stampForeign(const Batch& rows, std::int64_t firstRow) {
  // The time of a record is that of its writing, unless a mark of ours says otherwise.
  const std::int64_t* times = knowsPositions(rows) ? nullptr : rows.get()->event_time;
  if (times == nullptr && timeColumn_) times = eventTimes(rows.column(*timeColumn_), timeStorage_);
  Batch good = rows;
  if (times != nullptr) {
    const Timestamp now = clock_.now();
    const std::vector<std::uint32_t>& outside = bounds_.outside(rows, times, now);
    for (const std::uint32_t row : outside) {
      const std::int64_t at = knowsPositions(rows) ? rows.rowId(row)->position : firstRow + row;
      refused_(place(at), rowText(rows, row), bounds_.reason(times[row], now));
    }
    if (!outside.empty()) good = withoutRows(rows, outside, times, timeStorage_);
  }
  BatchMaker maker = BatchMaker::from(good);
  if (!spec_.topic->table) maker.borrowOps(nullptr);
  if (!knowsPositions(rows)) maker.rowIds(*rowSplit_, firstRow);
  maker.keepAlive(rowSplit_);
  if (times != nullptr && times == timeStorage_.data()) {
    maker.eventTime(timeStorage_);
  } else if (times != rows.get()->event_time) {
    maker.borrowEventTime(times);
  }
  ownTime_.advance(times, times == nullptr ? 0 : rows.rowCount(), steps_);
  maker.steps(steps_).originSteps(steps_);
  return maker.finish(0);
}

// What comes after a stream would count a delete as one row more.
Result<void> TopicInput::refuseTable(const Batch& rows) const {
  const std::int8_t* const ops = rows.get()->ops;
  if (spec_.topic->table || ops == nullptr) return {};
  const bool onlyInserts = std::all_of(ops, ops + rows.rowCount(), [](std::int8_t op) { return op == WEIR_OP_INSERT; });
  if (onlyInserts) return {};
  return configError(
      "it holds a table (rows that change), and is read as a stream: say \"table\": true on it, and connect "
      "it to what takes tables.");
}

Result<void> TopicInput::prepareCommit() {
  if (!dirty_) return {};
  dirty_ = false;
  rowsRead_ = false;
  prepared_ = waiting_ ? waiting_->begin : reader_->position();
  const std::int64_t offset = prepared_.value();
  state_.put(kStore, kOffsetKey, {reinterpret_cast<const char*>(&offset), sizeof offset});
  state_.put(kStore, kWritersKey, writers_.encode());
  if (const std::int64_t time = ownTime_.watermark(); time != WEIR_WATERMARK_MIN) {
    state_.put(kStore, kTimeKey, {reinterpret_cast<const char*>(&time), sizeof time});
  }
  return {};
}

// A repartition is read by nobody else: what has been read of it is trimmed.
std::optional<Consumed> TopicInput::consumed() const {
  if (spec_.topic->repartition) return std::nullopt;
  return Consumed{spec_.reader, partition_, prepared_};
}

Result<void> TopicInput::committed() {
  return spec_.topic->repartition ? log_.trim(partition_, prepared_) : Result<void>();
}

}  // namespace weir::runtime
