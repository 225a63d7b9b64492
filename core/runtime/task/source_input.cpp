#include "runtime/task/source_input.hpp"

#include <algorithm>

#include "runtime/row_text.hpp"
#include "runtime/task/source_positions.hpp"
#include "weir/sdk/batch_builder.hpp"

namespace weir::runtime {

using namespace source_positions;

namespace {

constexpr Duration kDiscoveryInterval = kSecond;
constexpr Duration kLookInterval = 2 * kMillisecond;  // how often a dry split is tried while others are not

}  // namespace

SourceInput::SourceInput(const SourceInputSpec& spec, OperatorInstance& source, NodeServices& services,
                         NodeState& state, PluginHost& plugins, TaskHost& host, Task& task, Refused refused)
    : spec_(spec),
      source_(source),
      state_(state),
      host_(host),
      task_(task),
      refused_(std::move(refused)),
      schema_(makeSchema(spec_.node->outputs.at(0))),
      bounds_(spec_.node->eventTime ? spec_.node->eventTime->maxAhead : -1),
      noRows_(BatchBuilder(schema_).finish()) {
  if (spec_.node->eventTime) {
    timeColumn_ = schema_->schema().find(spec_.node->eventTime->field);
    disorder_ = spec_.node->eventTime->disorder;
  }
  const auto formats = std::make_shared<FormatServices>(services);  // shared with the queue, and so with its jobs
  queue_ = std::make_shared<DecodeQueue>(
      [&plugins, formats, node = spec_.node->id, use = spec_.node->format, params = spec_.node->formatParams,
       schema = schema_] { return plugins.createFormat(node, use, params, schema, formats.get()); },
      formats, [&host](std::function<void()> job) { host.submit(std::move(job)); },
      [&host, &task] { host.wake(task); });
}

SourceInput::~SourceInput() {
  queue_->close();
}

Result<void> SourceInput::open() {
  auto watermark = state_.get(kStore, kWatermarkKey);
  if (!watermark) return watermark.error();
  if (*watermark) {
    std::string_view bytes = **watermark;
    kept_ = takeWatermark(bytes);
    merger_.restore(kept_);
  }
  auto ahead = state_.get(kStore, kAheadKey);
  if (!ahead) return ahead.error();
  std::string_view rest = ahead->has_value() ? std::string_view(**ahead) : std::string_view();
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    remembered_.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  WEIR_TRY(discover());
  nextDiscovery_ = {};  // the first poll looks again, and arranges for the looks after it
  return {};
}

bool SourceInput::isMine(std::string_view splitId) const {
  return taskOfSplit(splitId, static_cast<std::int32_t>(spec_.taskCount)) == static_cast<std::int32_t>(spec_.task);
}

Result<void> SourceInput::discover() {
  nextDiscovery_ = host_.clock().monotonic() + kDiscoveryInterval;
  auto found = source_.discover();
  if (!found) return found.error();
  std::sort(found->begin(), found->end(), [](const auto& left, const auto& right) { return left.id < right.id; });
  for (const SourceSplit& split : *found) {
    const bool known = std::any_of(splits_.begin(), splits_.end(), [&](const Split& s) { return s.id == split.id; });
    if (!known && isMine(split.id)) WEIR_TRY(addSplit(split));
  }
  return {};
}

Result<void> SourceInput::addSplit(const SourceSplit& found) {
  auto stored = state_.get(kStore, kSplitPrefix + found.id);
  if (!stored) return stored.error();
  SourceSplit split = found;
  std::int64_t watermark = WEIR_WATERMARK_MIN;
  if (*stored) {
    std::string_view bytes = **stored;
    watermark = takeWatermark(bytes);
    split.position = bytes;
  }
  auto rows = state_.get(kStore, kRowsPrefix + found.id);
  if (!rows) return rows.error();
  auto reader = source_.openSplit(split);
  if (!reader) return reader.error();
  splits_.push_back(
      Split{split.id, std::move(*reader), SplitState::Readable, split.position, SplitTime(disorder_, watermark)});
  splits_.back().name = std::make_shared<const std::string>(split.id);
  if (*rows) {
    std::string_view bytes = **rows;
    splits_.back().rows = std::max<std::int64_t>(0, takeWatermark(bytes));
  }
  merger_.addInput(watermark);
  return {};
}

Result<InputOutcome> SourceInput::poll(Batch& batch) {
  WEIR_TRY(lookAgain());
  WEIR_TRY(readAhead());
  auto chunk = queue_->pop();
  if (!chunk) return chunk.error();
  if (*chunk) {
    const std::size_t index = (*chunk)->split;
    Split& split = splits_[index];
    for (const MalformedRecord& record : (*chunk)->malformed) {
      refused_(split.id + "@" + std::to_string(record.position), record.bytes, record.reason);
    }
    split.position = std::move((*chunk)->position);
    split.dirty = true;
    split.inFlight -= 1;
    if ((*chunk)->batch) {
      batch = stamp(split, index, (*chunk)->batch, (*chunk)->watermark);
    } else {
      batch = timeOnly();
    }
    // After its last rows: until they have been stamped the split holds time back.
    endFinishedSplits();
    return InputOutcome::Rows;
  }
  if (queue_->size() != 0) return InputOutcome::Dry;  // the front is being decoded elsewhere, which wakes us
  endFinishedSplits();
  markIdleSplits();
  if (merger_.combined() > announced_) {
    batch = timeOnly();
    return InputOutcome::Rows;
  }
  const bool allEnded =
      std::all_of(splits_.begin(), splits_.end(), [](const Split& split) { return split.state == SplitState::Ended; });
  if (allEnded && spec_.options.untilEnd) {
    // A source without any split has nothing to wait for either.
    if (endTold_ || spec_.options.keepOpen) return InputOutcome::Ended;
    endTold_ = true;
    batch = end();
    return InputOutcome::Rows;
  }
  return InputOutcome::Dry;
}

Result<void> SourceInput::readAhead() {
  const auto limit = static_cast<std::size_t>(spec_.options.decodeAhead);
  while (queue_->size() < limit) {
    const std::optional<std::size_t> split = chooseSplit();
    if (split) {
      WEIR_TRY(readOne(*split));
    } else {
      break;
    }
  }
  return {};
}

Result<void> SourceInput::lookAgain() {
  const Instant now = host_.clock().monotonic();
  if (now < nextLook_ && queue_->size() != 0) return {};
  nextLook_ = now + kLookInterval;
  for (Split& split : splits_) {
    if (split.state == SplitState::Dry) split.state = SplitState::Readable;
  }
  if (spec_.options.untilEnd) return {};
  if (now >= nextDiscovery_) WEIR_TRY(discover());
  host_.wakeAt(task_, nextDiscovery_);
  return {};
}

std::optional<std::size_t> SourceInput::chooseSplit() {
  while (!remembered_.empty()) {
    const std::string id = std::move(remembered_.front());
    remembered_.pop_front();
    for (std::size_t i = 0; i < splits_.size(); ++i) {
      if (splits_[i].id == id && splits_[i].state == SplitState::Readable) return i;
    }
  }
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < splits_.size(); ++i) {
    if (splits_[i].state != SplitState::Readable) continue;
    if (!best || splits_[i].time.watermark() < splits_[*best].time.watermark()) best = i;
  }
  return best;
}

bool SourceInput::hasRows() const {
  if (queue_->size() != 0) return true;
  // Until it ends, a run that ends with its input knows of each split that there is more to come.
  return spec_.options.untilEnd && std::any_of(splits_.begin(), splits_.end(),
                                               [](const Split& split) { return split.state != SplitState::Ended; });
}

void SourceInput::setIdle(std::size_t index, bool idle) {
  splits_[index].idle = idle;
  merger_.setIdle(index, idle);
}

Result<bool> SourceInput::readOne(std::size_t index) {
  Split& split = splits_[index];
  SourceChunk chunk;
  auto outcome = split.reader->read(spec_.options.untilEnd, chunk);
  if (!outcome) return outcome.error();
  switch (*outcome) {
    case ReadOutcome::Chunk:
      split.drySince = Instant::never();
      split.inFlight += 1;
      setIdle(index, false);
      queue_->push(index, std::move(chunk), spec_.options.shareDecoding);
      return true;
    case ReadOutcome::Idle:
      split.state = SplitState::Dry;
      split.drySince = std::min(split.drySince, host_.clock().monotonic());
      return false;
    case ReadOutcome::End: split.state = SplitState::Ended; return false;
  }
  return false;
}

bool SourceInput::endFinishedSplits() {
  bool any = false;
  for (std::size_t i = 0; i < splits_.size(); ++i) {
    Split& split = splits_[i];
    if (split.state != SplitState::Ended || split.endSeen || split.inFlight != 0) continue;
    split.endSeen = true;
    any = true;
    // What this split promised holds; what it might still have said does not hold time back any more. Where the run is
    // to be gone on with, it may yet speak, as a silent one may.
    if (!spec_.options.keepOpen || spec_.node->idleAfter >= 0) setIdle(i, true);
  }
  return any;
}

void SourceInput::markIdleSplits() {
  const Duration idleAfter = spec_.node->idleAfter;
  if (spec_.options.untilEnd || idleAfter < 0) return;
  const Instant now = host_.clock().monotonic();
  for (std::size_t i = 0; i < splits_.size(); ++i) {
    Split& split = splits_[i];
    if (split.state != SplitState::Dry) continue;
    if (now - split.drySince >= idleAfter) {
      setIdle(i, true);
    } else {
      host_.wakeAt(task_, split.drySince + idleAfter);
    }
  }
}

Batch SourceInput::judged(const Split& split, const Batch& rows, const std::int64_t*& times) {
  const Timestamp now = host_.clock().now();
  const std::vector<std::uint32_t>& outside = bounds_.outside(rows, times, now);
  if (outside.empty()) return rows;
  for (const std::uint32_t row : outside) refused_(split.id, rowText(rows, row), bounds_.reason(times[row], now));
  return withoutRows(rows, outside, times, timeStorage_);
}

Batch SourceInput::stamp(Split& split, std::size_t index, const Batch& rows, std::int64_t told) {
  const std::int64_t* times = nullptr;
  if (timeColumn_) {
    times = eventTimes(rows.column(*timeColumn_), timeStorage_);
  } else if (spec_.node->sourceTellsTime) {
    times = rows.get()->event_time;
  }
  BatchMaker maker = BatchMaker::from(times == nullptr ? rows : judged(split, rows, times));
  maker.rowIds(*split.name, split.rows).keepAlive(split.name);
  split.rows += rows.rowCount();
  if (times != nullptr && times == timeStorage_.data()) {
    maker.eventTime(timeStorage_);
  } else {
    maker.borrowEventTime(times);
  }
  if (timeColumn_) {
    split.time.advance(times, rows.rowCount(), originSteps_);
  } else if (spec_.node->sourceTellsTime) {
    // What the source says of time holds, and nothing is concluded from the rows.
    split.time.tell(told, rows.rowCount(), originSteps_);
  } else {
    return maker.finish(0);
  }
  merger_.merge(index, originSteps_, steps_);
  maker.steps(steps_).originSteps(originSteps_);
  announced_ = std::max(announced_, merger_.combined());
  return maker.finish(0);
}

Batch SourceInput::timeOnly() {
  announced_ = merger_.combined();
  BatchMaker maker = BatchMaker::from(noRows_);
  if (announced_ != WEIR_WATERMARK_MIN) maker.steps({{0, announced_}});
  return maker.finish(0);
}

// Of the input of this run: time stands where the data has brought it.
Batch SourceInput::end() {
  return BatchMaker::from(noRows_).steps({{0, WEIR_WATERMARK_MAX}}).finish(0);
}

Result<void> SourceInput::prepareCommit() {
  bool changed = false;
  for (Split& split : splits_) {
    if (!split.dirty) continue;
    state_.put(kStore, kSplitPrefix + split.id, withWatermark(split.time.watermark(), split.position));
    state_.put(kStore, kRowsPrefix + split.id, withWatermark(split.rows, ""));
    split.dirty = false;
    split.prepared = split.position;
    changed = true;
  }
  if (!changed && merger_.combined() == kept_) return {};
  kept_ = merger_.combined();
  std::string ahead;
  for (const std::size_t split : queue_->splitsInFlight()) ahead += splits_[split].id + "\n";
  state_.put(kStore, kAheadKey, ahead);
  state_.put(kStore, kWatermarkKey, withWatermark(merger_.combined(), ""));
  return {};
}

Result<void> SourceInput::committed() {
  for (Split& split : splits_) {
    if (!split.prepared) continue;
    WEIR_TRY(split.reader->committed(*split.prepared));
    split.prepared.reset();
  }
  return {};
}

}  // namespace weir::runtime
