#include "plugins/window/windows.hpp"

#include <algorithm>
#include <numeric>

namespace weir::window {

namespace {

constexpr std::int64_t kBatchRows = 4096;
constexpr std::int64_t kWindowsPerSegment = 8;
constexpr std::int64_t kRowsExpected = 64;  // at a time: what comes too early is pushed out again

// The key columns of a final stage's input come first, whatever they were called at the node's own input.
std::vector<std::size_t> keyColumns(const CreateInfo& info, const WindowParams& params) {
  if (info.stage() != WEIR_STAGE_FINAL) return groupColumns(info, params);
  std::vector<std::size_t> columns(params.groupBy.size());
  std::iota(columns.begin(), columns.end(), 0);
  return columns;
}

}  // namespace

Windows::Windows(const CreateInfo& info)
    : Processor(info),
      params_(info),
      final_(info.stage() == WEIR_STAGE_FINAL),
      aggregates_(info),
      keys_(info.input()->schema(), keyColumns(info, params_)),
      keyCount_(params_.groupBy.size()),
      results_(info.output() ? info.output() : makeSchema(resultSchema(info))),
      builder_(results_),
      store_(context(), "windows", params_.size * kWindowsPerSegment),
      gate_(context()),
      output_(context()),
      closedWindows_(context().counter("closed_windows")),
      pluginRows_(aggregates_),
      pluginResults_(aggregates_),
      onlyAdds_(!final_ && !params_.onUpdate && !pluginRows_.any()) {
  const TypeId first = keys_.types().empty() ? TypeId::Struct : keys_.types()[0].id;
  if (keyCount_ == 1 && (first == TypeId::String || first == TypeId::Bytes)) textKey_ = keyColumns(info, params_)[0];
}

Flow Windows::process(std::size_t, const Batch& batch) {
  keys_.bind(batch);
  if (textKey_) texts_.emplace(batch.column(*textKey_));
  if (!final_) aggregates_.bind(batch);
  if (store_.needsFetch()) prefetch(batch);
  walker_.begin(batch);
  TimeWalker::Piece piece;
  while (walker_.next(nextDue(), piece)) {
    if (piece.isWatermark) {
      closeUpTo(piece.watermark);
    } else if (piece.isEnd) {
      sealOpen();
    } else {
      takeRows(piece);
    }
  }
  tellPlugins();
  gate_.flush(batch);
  output_.add([this] {
    emitResults();
    emitTime();
    return false;
  });
  return output_.run();
}

std::int64_t Windows::nextDue() const {
  const std::int64_t first = store_.firstOpen();
  return first == INT64_MAX ? TimeWalker::kNever : params_.dueOf(first);
}

void Windows::prefetch(const Batch& batch) {
  batch.forEachRow([&](std::int64_t row) {
    const std::int64_t time = batch.eventTime(row);
    if (params_.holds(time) && !keys_.anyNull(row)) store_.want(params_.startOf(time), keys_.key(row));
  });
  store_.fetch();
}

void Windows::takeRows(const TimeWalker::Piece& piece) {
  const Batch& batch = walker_.batch();
  // Neither moves here: where a window opens before all others, this ends.
  const std::int64_t firstOpen = store_.firstOpen();
  const std::int64_t closedUpTo = store_.closedUpTo();
  std::int64_t start = 0;
  std::int64_t end = INT64_MIN;  // of the window of the row before: rows come mostly in runs
  std::int64_t expectedUpTo = store_.isWide() ? piece.first : INT64_MAX;
  walker_.forEachRow(piece, [&](std::int64_t row) {
    if (row >= expectedUpTo) {
      expectedUpTo = std::min(row + kRowsExpected, piece.last);
      expectRows(row, expectedUpTo);
    }
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
    if (start <= closedUpTo || (!final_ && walker_.isLate(row, params_.dueOf(start)))) {
      // Never in a final stage, which gets what its partial stage has let in, unless the log's time is not kept.
      gate_.late(row, final_ ? groupAt(row).rows : 1);
      return true;
    }
    if (!takeRow(row, start)) gate_.late(row, final_ ? groupAt(row).rows : 1);
    // A window that opens before all others may be due earlier than the walker knows.
    return start >= firstOpen;
  });
}

void Windows::expectRows(std::int64_t first, std::int64_t last) {
  if (!store_.isWide()) return;
  expected_.clear();
  for (std::int64_t row = first; row < last; ++row) {
    if (!keys_.anyNull(row)) expected_.push_back(store_.expect(keys_.key(row)));
  }
  for (const std::uint32_t hash : expected_) store_.expectEntry(hash);
}

bool Windows::takeRow(std::int64_t row, std::int64_t start) {
  Group* const group = groupOf(row, start);
  if (group == nullptr) return false;
  if (onlyAdds_) {
    aggregates_.add(*group, row);
  } else {
    takeInto(*group, row, start);
  }
  return true;
}

void Windows::takeInto(Group& group, std::int64_t row, std::int64_t start) {
  const auto key = [&] { return keys_.key(row); };
  if (pluginRows_.any() && !final_) {
    pluginRows_.note(group, start, static_cast<std::uint32_t>(row), key);
    if (params_.onUpdate) return;  // the rest when they are told
  }
  if (final_) {
    Group other = groupAt(row);
    aggregates_.merge(group, other);
    if (pluginRows_.any()) pluginRows_.noteGroup(group, start, std::move(other), key);
    if (pluginRows_.isFull()) tellPlugins();
  } else {
    aggregates_.add(group, row);
  }
  if (params_.onUpdate) appendResult(keys_.key(row), start, group);
}

void Windows::tellPlugins() {
  if (pluginRows_.empty()) return;
  const auto find = [this](std::int64_t start, std::string_view key) { return store_.at(start, key); };
  if (!params_.onUpdate) return pluginRows_.tell(find);
  pluginRows_.tellEach(
      find,
      [this](Group& group, std::uint32_t row, std::int64_t start, std::string_view key) {
        aggregates_.add(group, row);
        appendResult(key, start, group);
      },
      builder_, keyCount_ + 2,
      [this](std::uint32_t row, std::string_view reason) { failed_.emplace_back(row, reason); });
}

Group* Windows::groupOf(std::int64_t row, std::int64_t start) {
  if (!texts_) return store_.at(start, keys_.key(row));
  const std::string_view text = (*texts_)[row];
  if (Group* known = cache_.find(start, text, store_.generation())) return known;
  Group* const group = store_.at(start, keys_.key(row));
  if (group != nullptr) cache_.remember(start, text, store_.generation(), *group);
  return group;
}

Group Windows::groupAt(std::int64_t row) const {
  return codec_.read(StringView(walker_.batch().column(keyCount_ + 1))[row]);
}

void Windows::closeUpTo(std::int64_t watermark) {
  tellPlugins();
  while (store_.firstOpen() != INT64_MAX && params_.dueOf(store_.firstOpen()) <= watermark) {
    auto closed = std::make_unique<Closed>(store_.closeFirst());
    closedWindows_.add();
    if (params_.onUpdate) continue;
    output_.add([this, closed = std::move(closed)] { return emitSome(*closed); });
  }
}

void Windows::sealOpen() {
  if (params_.onUpdate) return;  // each change has been told
  for (std::int64_t start = store_.firstOpen(); start != INT64_MAX; start = store_.openAfter(start)) {
    output_.add([this, start, sealed = std::unique_ptr<Closed>()]() mutable {
      if (sealed == nullptr) sealed = std::make_unique<Closed>(store_.sealWindow(start));
      return emitSome(*sealed);
    });
  }
}

bool Windows::emitSome(Closed& closed) {
  std::string_view key;
  while (builder_.rows() < kBatchRows) {
    const Group* group = closed.next(key);
    if (group == nullptr) return false;
    appendResult(key, closed.start(), *group);
    pluginResults_.note(*group);
    if (pluginResults_.isFull()) appendPluginResults();
  }
  emitResults();
  return true;
}

void Windows::appendResult(std::string_view key, std::int64_t start, const Group& group) {
  decodeKey(key, builder_, 0, keyCount_);
  builder_.column(keyCount_).append(start);
  builder_.column(keyCount_ + 1).append(start + params_.size);
  if (!aggregates_.finish(group, builder_, keyCount_ + 2)) {
    overflowed_.push_back(static_cast<std::uint32_t>(builder_.rows()));
  }
  builder_.endRow().time(start + params_.size - 1);
}

void Windows::appendPluginResults() {
  pluginResults_.append(builder_, keyCount_ + 2,
                        [this](std::uint32_t row, std::string_view reason) { failed_.emplace_back(row, reason); });
}

void Windows::emitResults() {
  if (builder_.rows() == 0) return;
  appendPluginResults();
  Batch batch = builder_.finish();
  if (!overflowed_.empty() || !failed_.empty()) {
    context().deadLetter(batch, overflowed_, "A sum or average is beyond what its column holds.");
    for (const auto& [row, reason] : failed_) {
      const bool told = std::find(overflowed_.begin(), overflowed_.end(), row) != overflowed_.end();
      if (told) continue;  // each row once, with its first reason
      context().deadLetter(batch, {&row, 1}, reason);
      overflowed_.push_back(row);
    }
    std::sort(overflowed_.begin(), overflowed_.end());
    failed_.clear();
    std::vector<std::uint32_t> kept;
    for (std::uint32_t row = 0; row < batch.rowCount(); ++row) {
      if (!std::binary_search(overflowed_.begin(), overflowed_.end(), row)) kept.push_back(row);
    }
    batch = BatchMaker::from(batch).selection(std::move(kept)).finish(batch.rowCount());
    overflowed_.clear();
  }
  context().emit(0, batch);
}

void Windows::emitTime() {
  const std::int64_t watermark = params_.heldBack(walker_.watermark());
  const bool end = walker_.ended() && !endTold_;
  if (watermark <= timeTold_ && !end) return;
  timeTold_ = std::max(timeTold_, watermark);
  endTold_ = endTold_ || end;
  if (timeTold_ != WEIR_WATERMARK_MIN) builder_.watermark(timeTold_);
  if (end) builder_.watermark(WEIR_WATERMARK_MAX);
  context().emit(0, builder_.finish());
}

}  // namespace weir::window
