#include "core/runtime/input/source_input.hpp"

#include <algorithm>
#include <cstring>

#include "core/runtime/batch/row_text.hpp"
#include "core/runtime/input/source_positions.hpp"
#include "core/runtime/time/input_end.hpp"
#include "weir/sdk/batch_builder.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::runtime {

using namespace source_positions;

namespace {

constexpr Duration kDiscoveryInterval = kSecond;            // for sources that do not tell of changes
constexpr Duration kMissingFor = 30 * 24 * 3600 * kSecond;  // then a split that is not there is forgotten
constexpr Duration kLookInterval = 2 * kMillisecond;        // how often a dry split is tried while others are not

const std::string& nameOf(const OpenSplit& split) {
  return split.name.empty() ? split.id : split.name;
}

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
  WEIR_TRY_ASSIGN(turn, state_.get(kStore, kTurnKey));
  keptTurn_ = turn.value_or("");
  splits_.goOnBehind(keptTurn_);
  WEIR_TRY(loadParked());
  nextDiscovery_ = {};  // the first poll looks again, and arranges for the looks after it
  return {};
}

bool SourceInput::isMine(std::string_view splitId) const {
  return taskOfSplit(splitId, static_cast<std::int32_t>(spec_.taskCount)) == static_cast<std::int32_t>(spec_.task);
}

Result<void> SourceInput::loadParked() {
  std::map<std::string, Timestamp> missing;
  std::map<std::string, std::int64_t> rows;
  const auto take = [&](const weir_state_entry& entry) {
    std::string_view key = toView(entry.key);
    std::string_view value = toView(entry.value);
    if (key.starts_with(kMissingPrefix)) {
      missing.emplace(key.substr(std::strlen(kMissingPrefix)), takeWatermark(value));
    } else if (key.starts_with(kRowsPrefix)) {
      rows.emplace(key.substr(std::strlen(kRowsPrefix)), takeWatermark(value));
    } else if (key.starts_with(kSplitPrefix)) {
      Parked split;
      split.watermark = takeWatermark(value);
      split.position = value;
      parked_.emplace(key.substr(std::strlen(kSplitPrefix)), std::move(split));
    }
    return true;
  };
  WEIR_TRY(state_.store(kStore).scan(0, toSlice(""), kAbsent, take));
  for (auto& [id, split] : parked_) {
    const auto given = rows.find(id);
    if (given != rows.end()) split.rows = std::max<std::int64_t>(0, given->second);
    WEIR_TRY(source_.restoreSplit({id, split.position, ""}));
  }
  WEIR_TRY(discover());
  ageMissing(missing);
  return {};
}

void SourceInput::ageMissing(const std::map<std::string, Timestamp>& marks) {
  const Timestamp now = host_.clock().now();
  for (const auto& [id, since] : marks) {
    const auto parked = parked_.find(id);
    if (parked == parked_.end()) {
      state_.remove(kStore, kMissingPrefix + id);
    } else if (now - since > kMissingFor) {
      state_.remove(kStore, kMissingPrefix + id);
      removePosition(id);
      parked_.erase(parked);
    } else {
      parked->second.missing = true;
    }
  }
  for (auto& [id, split] : parked_) {
    if (split.missing) continue;
    split.missing = true;
    state_.put(kStore, kMissingPrefix + id, withWatermark(now, ""));
  }
}

Result<void> SourceInput::discover() {
  nextDiscovery_ = host_.clock().monotonic() + kDiscoveryInterval;
  auto found = source_.discover();
  if (!found) return found.error();
  for (const SourceSplit& split : *found) {
    const auto parked = parked_.find(split.id);
    // A source that names all of its splits names those that have ended, too.
    if (parked != parked_.end() && parked->second.ended) continue;
    if (isMine(split.id)) WEIR_TRY(meet(split));
  }
  return {};
}

Result<void> SourceInput::takeChanges() {
  WEIR_TRY_ASSIGN(changes, source_.changes());
  for (const SplitChange& change : changes) {
    if (!isMine(change.split.id)) continue;
    if (change.gone) {
      splitIsGone(change.split.id);
    } else if (!spec_.options.untilEnd || splits_.find(change.split.id)) {
      WEIR_TRY(meet(change.split));
    }
  }
  return {};
}

Result<void> SourceInput::meet(const SourceSplit& found) {
  const std::optional<std::size_t> known = splits_.find(found.id);
  if (!known) return openSplit(found);
  OpenSplit& split = splits_.at(*known);
  split.name = found.name;
  split.again = split.state == SplitState::Ended;
  splits_.tryAgain(*known);
  return {};
}

void SourceInput::splitIsGone(const std::string& id) {
  if (const std::optional<std::size_t> known = splits_.find(id)) {
    splits_.at(*known).gone = true;
    splits_.tryAgain(*known);
  } else if (const auto parked = parked_.find(id); parked != parked_.end()) {
    removePosition(id);
    if (parked->second.missing) state_.remove(kStore, kMissingPrefix + id);
    parked_.erase(parked);
    forgot_ = true;
  }
}

Result<void> SourceInput::openSplit(const SourceSplit& found) {
  Parked stored;
  if (const auto parked = parked_.find(found.id); parked != parked_.end()) {
    stored = std::move(parked->second);
    parked_.erase(parked);
    if (stored.missing) state_.remove(kStore, kMissingPrefix + found.id);
  }
  auto reader = source_.openSplit({found.id, stored.position, found.name});
  if (!reader) return reader.error();
  splits_.add(std::make_unique<OpenSplit>(OpenSplit{found.id, found.name, std::move(*reader), stored.position,
                                                    SplitTime(disorder_, stored.watermark),
                                                    merger_.addInput(stored.watermark)}));
  OpenSplit& split = splits_.at(*splits_.find(found.id));
  split.rowName = std::make_shared<const std::string>(found.id);
  split.rows = stored.rows;
  split.openedAt = split.position;
  return {};
}

Result<InputOutcome> SourceInput::poll(Batch& batch) {
  if (!changed_) WEIR_TRY(lookAgain());
  WEIR_TRY(readAhead());
  auto chunk = queue_->pop();
  if (!chunk) return chunk.error();
  if (*chunk) {
    const std::size_t index = (*chunk)->split;
    OpenSplit& split = splits_.at(index);
    for (const MalformedRecord& record : (*chunk)->malformed) {
      refused_(nameOf(split) + "@" + std::to_string(record.position), record.bytes, record.reason);
    }
    split.position = std::move((*chunk)->position);
    if (!split.dirty) dirty_.push_back(index);
    split.dirty = true;
    split.inFlight -= 1;
    if ((*chunk)->batch) {
      batch = stamp(**chunk);
    } else {
      batch = announce();
    }
    if (split.state == SplitState::Ended && split.inFlight == 0) finished_.push_back(index);
    // After its last rows: until they have been stamped the split holds time back.
    WEIR_TRY(closeFinishedSplits());
    return InputOutcome::Rows;
  }
  if (queue_->size() != 0) return InputOutcome::Dry;  // the front is being decoded elsewhere, which wakes us
  WEIR_TRY(closeFinishedSplits());
  if (changed_) return InputOutcome::SchemaChanged;
  markIdleSplits();
  // What was forgotten is part of a commit, too.
  if (merger_.combined() > announced_ || std::exchange(forgot_, false)) {
    batch = announce();
    return InputOutcome::Rows;
  }
  if (splits_.size() == 0 && spec_.options.untilEnd) {
    // A source without any split has nothing to wait for either.
    if (endTold_ || spec_.options.keepOpen) return InputOutcome::Ended;
    endTold_ = true;
    batch = timeOnly(noRows_, WEIR_WATERMARK_MIN, true);  // time stands where the data has brought it
    return InputOutcome::Rows;
  }
  return InputOutcome::Dry;
}

Result<void> SourceInput::readAhead() {
  const auto limit = static_cast<std::size_t>(spec_.options.decodeAhead);
  while (!changed_ && queue_->size() < limit) {
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
  if (source_.tellsChanges()) return takeChanges();
  splits_.tryAllAgain();
  if (spec_.options.untilEnd) return {};
  if (now >= nextDiscovery_) WEIR_TRY(discover());
  host_.wakeAt(task_, nextDiscovery_);
  return {};
}

std::optional<std::size_t> SourceInput::chooseSplit() {
  while (!remembered_.empty()) {
    const std::string id = std::move(remembered_.front());
    remembered_.pop_front();
    const std::optional<std::size_t> split = splits_.find(id);
    if (split && splits_.at(*split).state == SplitState::Readable) return split;
  }
  return splits_.next();
}

bool SourceInput::hasRows() const {
  if (queue_->size() != 0) return true;
  if (changed_) return false;
  // Until it ends, a run that ends with its input knows of each split that there is more to come.
  return spec_.options.untilEnd && splits_.unendedCount() != 0;
}

Result<bool> SourceInput::readOne(std::size_t index) {
  OpenSplit& split = splits_.at(index);
  SourceChunk chunk;
  auto outcome = split.reader->read(spec_.options.untilEnd, chunk);
  if (!outcome) return outcome.error();
  switch (*outcome) {
    case ReadOutcome::Chunk:
      splits_.heard(index);
      split.inFlight += 1;
      merger_.setIdle(split.timeInput, false);
      queue_->push(index, std::move(chunk), spec_.options.shareDecoding);
      return true;
    case ReadOutcome::Idle: splits_.dry(index, host_.clock().monotonic()); return false;
    case ReadOutcome::End:
      splits_.ended(index);
      if (split.inFlight == 0) finished_.push_back(index);
      return false;
    case ReadOutcome::SchemaChanged: changed_ = index; return false;
  }
  return false;
}

std::optional<SchemaChange> SourceInput::schemaChange() const {
  if (!changed_) return std::nullopt;
  const OpenSplit& split = splits_.at(*changed_);
  return SchemaChange{spec_.node->id, nameOf(split), split.position != split.openedAt};
}

Result<void> SourceInput::closeFinishedSplits() {
  for (const std::size_t index : std::exchange(finished_, {})) {
    const OpenSplit& split = splits_.at(index);
    const bool again = split.again && !split.gone;
    const SourceSplit known{split.id, "", split.name};
    closeSplit(index);
    if (again) WEIR_TRY(openSplit(known));
  }
  return {};
}

void SourceInput::closeSplit(std::size_t index) {
  OpenSplit& split = splits_.at(index);
  // What this split promised holds; what it might still have said does not hold time back any more. Where the run is
  // to be gone on with, it may yet speak, as a silent one may.
  if (!spec_.options.keepOpen || spec_.node->idleAfter >= 0 || split.gone) merger_.removeInput(split.timeInput);
  ClosedReader closed{nullptr, std::move(split.prepared), std::nullopt};
  if (split.dirty) {
    if (!split.gone) putPosition(split);
    std::erase(dirty_, index);
    positionsPut_ = true;
    closed.unprepared = split.position;
  }
  if (closed.prepared || closed.unprepared) {
    closed.reader = std::move(split.reader);
    closed_.push_back(std::move(closed));
  }
  if (split.gone) {
    removePosition(split.id);
    forgot_ = true;
  } else {
    parked_[split.id] = {split.position, split.time.watermark(), split.rows, true, false, split.name};
  }
  splits_.remove(index);
}

void SourceInput::markIdleSplits() {
  const Duration idleAfter = spec_.node->idleAfter;
  if (spec_.options.untilEnd || idleAfter < 0) return;
  const Instant now = host_.clock().monotonic();
  while (const auto silent = splits_.longestSilent()) {
    const auto [since, index] = *silent;
    if (now - since < idleAfter) return host_.wakeAt(task_, since + idleAfter);
    splits_.silenceNoted(index);
    merger_.setIdle(splits_.at(index).timeInput, true);
  }
}

std::string SourceInput::nameOfSplit(std::string_view split) const {
  if (const std::optional<std::size_t> open = splits_.find(split)) return nameOf(splits_.at(*open));
  const auto parked = parked_.find(split);
  return parked == parked_.end() ? "" : parked->second.name;
}

// A format that says where in the data its rows begin has rows with positions in a split without a name. They count
// where the source says where its data begins: such a position is never below those before it.
Batch SourceInput::placed(OpenSplit& split, const DecodedChunk& chunk) {
  const weir_batch& raw = *chunk.batch.get();
  const auto begin = static_cast<std::int64_t>(chunk.begin);
  const bool told = WEIR_HAS(weir_batch, &raw, row_positions) && raw.row_positions != nullptr &&
                    raw.row_split.data != nullptr && raw.row_split.size == 0 && raw.row_count != 0;
  BatchMaker maker = BatchMaker::from(chunk.batch);
  maker.keepAlive(split.rowName);
  if (told && begin + chunk.batch.rowId(0)->position >= split.rows) {
    split.rows = begin + chunk.batch.rowId(raw.row_count - 1)->position + 1;
    return maker.rowIdsWithin(*split.rowName, begin).finish(0);
  }
  maker.rowIds(*split.rowName, split.rows);
  split.rows += raw.row_count;
  return maker.finish(0);
}

Batch SourceInput::judged(const OpenSplit& split, const Batch& rows, const std::int64_t*& times) {
  const Timestamp now = host_.clock().now();
  const std::vector<std::uint32_t>& outside = bounds_.outside(rows, times, now);
  if (outside.empty()) return rows;
  for (const std::uint32_t row : outside) {
    refused_(nameOf(split) + "@" + std::to_string(rows.rowId(row)->position), rowText(rows, row),
             bounds_.reason(times[row], now));
  }
  return withoutRows(rows, outside, times, timeStorage_);
}

Batch SourceInput::stamp(const DecodedChunk& chunk) {
  OpenSplit& split = splits_.at(chunk.split);
  const Batch rows = placed(split, chunk);
  const std::int64_t* times = nullptr;
  if (timeColumn_) {
    times = eventTimes(rows.column(*timeColumn_), timeStorage_);
  } else if (spec_.node->sourceTellsTime) {
    times = rows.get()->event_time;
  }
  BatchMaker maker = BatchMaker::from(times == nullptr ? rows : judged(split, rows, times));
  if (times != nullptr && times == timeStorage_.data()) {
    maker.eventTime(timeStorage_);
  } else {
    maker.borrowEventTime(times);
  }
  if (timeColumn_) {
    splits_.moveTime(chunk.split, [&](SplitTime& time) { time.advance(times, rows.rowCount(), originSteps_); });
  } else if (spec_.node->sourceTellsTime) {
    // What the source says of time holds, and nothing is concluded from the rows.
    splits_.moveTime(chunk.split, [&](SplitTime& time) { time.tell(chunk.watermark, rows.rowCount(), originSteps_); });
  } else {
    return maker.finish(0);
  }
  merger_.merge(split.timeInput, originSteps_, steps_);
  maker.steps(steps_).originSteps(originSteps_);
  announced_ = std::max(announced_, merger_.combined());
  return maker.finish(0);
}

Batch SourceInput::announce() {
  announced_ = merger_.combined();
  return timeOnly(noRows_, announced_);
}

void SourceInput::putPosition(const OpenSplit& split) {
  state_.put(kStore, kSplitPrefix + split.id, withWatermark(split.time.watermark(), split.position));
  state_.put(kStore, kRowsPrefix + split.id, withWatermark(split.rows, ""));
}

void SourceInput::removePosition(const std::string& id) {
  state_.remove(kStore, kSplitPrefix + id);
  state_.remove(kStore, kRowsPrefix + id);
}

Result<void> SourceInput::prepareCommit() {
  const bool changed = positionsPut_ || !dirty_.empty();
  for (const std::size_t index : dirty_) {
    OpenSplit& split = splits_.at(index);
    putPosition(split);
    split.dirty = false;
    split.prepared = split.position;
    prepared_.push_back(index);
  }
  dirty_.clear();
  for (ClosedReader& closed : closed_) closed.prepared = std::exchange(closed.unprepared, std::nullopt);
  positionsPut_ = false;
  if (!changed && merger_.combined() == kept_) return {};
  kept_ = merger_.combined();
  std::string ahead;
  for (const std::size_t split : queue_->splitsInFlight()) ahead += splits_.at(split).id + "\n";
  state_.put(kStore, kAheadKey, ahead);
  if (splits_.turn() != keptTurn_) state_.put(kStore, kTurnKey, keptTurn_ = splits_.turn());
  state_.put(kStore, kWatermarkKey, withWatermark(merger_.combined(), ""));
  return {};
}

Result<void> SourceInput::committed() {
  for (const std::size_t index : prepared_) {
    OpenSplit* const split = splits_.open(index);
    if (split == nullptr || !split->prepared) continue;
    WEIR_TRY(split->reader->committed(*split->prepared));
    split->prepared.reset();
  }
  prepared_.clear();
  for (ClosedReader& closed : closed_) {
    if (closed.prepared) WEIR_TRY(closed.reader->committed(*closed.prepared));
    closed.prepared.reset();
  }
  std::erase_if(closed_, [](const ClosedReader& closed) { return !closed.unprepared; });
  return {};
}

}  // namespace weir::runtime
