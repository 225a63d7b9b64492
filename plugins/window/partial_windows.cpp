#include "plugins/window/partial_windows.hpp"

namespace weir::window {

namespace {

constexpr std::int64_t kBatchRows = 4096;
constexpr std::int64_t kAll = INT64_MAX;
// Beyond this a combiner saves little and holds much: everything is sent on.
constexpr std::size_t kMaxGroups = 64 * 1024;
constexpr std::size_t kMaxPluginGroups = 4 * 1024;  // whose states may be of some kilobytes

}  // namespace

PartialWindows::PartialWindows(const CreateInfo& info)
    : Processor(info),
      params_(info),
      aggregates_(info),
      keys_(info.input()->schema(), groupColumns(info, params_)),
      keyCount_(params_.groupBy.size()),
      sendsTypes_(!aggregates_.inputTypes().empty()),
      builder_(info.output() ? info.output() : makeSchema(partialSchema(info))),
      gate_(context()),
      pluginRows_(aggregates_) {
  const TypeId first = keys_.types().empty() ? TypeId::Struct : keys_.types()[0].id;
  if (keyCount_ == 1 && (first == TypeId::String || first == TypeId::Bytes)) textKey_ = groupColumns(info, params_)[0];
}

Flow PartialWindows::process(std::size_t, const Batch& batch) {
  keys_.bind(batch);
  if (textKey_) texts_.emplace(batch.column(*textKey_));
  aggregates_.bind(batch);
  walker_.begin(batch);
  TimeWalker::Piece piece;
  while (walker_.next(nextDue(), piece)) {
    if (piece.isWatermark) {
      flushUpTo(piece.watermark);
    } else if (piece.isEnd) {
      flushUpTo(kAll);
    } else {
      takeRows(piece);
    }
  }
  tellPlugins();
  gate_.flush(batch);
  if (groupCount_ > (pluginRows_.any() ? kMaxPluginGroups : kMaxGroups)) flushUpTo(kAll);
  emitRows();
  emitTime();
  return Flow::Done;
}

bool PartialWindows::drain(std::int64_t) {
  flushUpTo(kAll);
  emitRows();
  return true;
}

std::int64_t PartialWindows::nextDue() const {
  return windows_.empty() ? TimeWalker::kNever : params_.dueOf(windows_.begin()->first);
}

void PartialWindows::takeRows(const TimeWalker::Piece& piece) {
  const Batch& batch = walker_.batch();
  std::int64_t start = 0;
  std::int64_t end = INT64_MIN;
  walker_.forEachRow(piece, [&](std::int64_t row) {
    const std::int64_t time = batch.eventTime(row);
    if (!params_.holds(time)) {
      gate_.withoutTime(row, time);
      return true;
    }
    if (time >= end || time < start) {
      start = params_.startOf(time);
      end = start + params_.size;
    }
    if (keys_.anyNull(row)) {
      gate_.withoutKey(row);
      return true;
    }
    if (walker_.isLate(row, params_.dueOf(start))) {
      gate_.late(row);
      return true;
    }
    const std::int64_t firstOpen = windows_.empty() ? INT64_MAX : windows_.begin()->first;
    Group& group = groupOf(row, start);
    aggregates_.add(group, row);
    if (pluginRows_.any()) {
      pluginRows_.note(group, start, static_cast<std::uint32_t>(row), [&] { return keys_.key(row); });
    }
    return start >= firstOpen;
  });
}

Group& PartialWindows::groupOf(std::int64_t row, std::int64_t start) {
  const std::string_view text = texts_ ? (*texts_)[row] : std::string_view();
  if (texts_) {
    if (Group* known = cache_.find(start, text, generation_)) return *known;
  }
  const auto [entry, fresh] = groupsOf(start).insert(keys_.key(row));
  if (fresh) {
    ++groupCount_;
    ++generation_;
  }
  if (texts_) cache_.remember(start, text, generation_, entry->value);
  return entry->value;
}

PartialWindows::Groups& PartialWindows::groupsOf(std::int64_t start) {
  if (last_ == nullptr || lastStart_ != start) {
    last_ = &windows_[start];
    lastStart_ = start;
  }
  return *last_;
}

void PartialWindows::tellPlugins() {
  pluginRows_.tell(
      [this](std::int64_t start, std::string_view key) { return &groupsOf(start).insert(key).first->value; });
}

void PartialWindows::flushUpTo(std::int64_t watermark) {
  tellPlugins();
  while (!windows_.empty() && params_.dueOf(windows_.begin()->first) <= watermark) {
    appendWindow(windows_.begin()->first, windows_.begin()->second);
    windows_.erase(windows_.begin());
    last_ = nullptr;
    ++generation_;
  }
}

void PartialWindows::appendWindow(std::int64_t start, Groups& groups) {
  for (const auto* entry : groups.sorted()) {
    decodeKey(entry->key.view(), builder_, 0, keyCount_);
    builder_.column(keyCount_).append(start);
    encoded_.clear();
    codec_.write(entry->value, encoded_);
    builder_.column(keyCount_ + 1).append(std::string_view(encoded_));
    if (sendsTypes_) builder_.column(keyCount_ + 2).appendNull();
    builder_.endRow().time(start + params_.size - 1);
    if (builder_.rows() >= kBatchRows) emitRows();
  }
  groupCount_ -= groups.size();
}

// Answers of emit do not matter here: what is held is bounded, and leaves before the next batch comes.
void PartialWindows::emitRows() {
  if (builder_.rows() != 0) context().emit(0, builder_.finish());
}

void PartialWindows::emitTime() {
  const bool end = walker_.ended() && !endTold_;
  if (walker_.watermark() <= timeTold_ && !end) return;
  timeTold_ = walker_.watermark();
  endTold_ = endTold_ || end;
  if (timeTold_ != WEIR_WATERMARK_MIN) builder_.watermark(timeTold_);
  if (end) builder_.watermark(WEIR_WATERMARK_MAX);
  context().emit(0, builder_.finish());
}

}  // namespace weir::window
