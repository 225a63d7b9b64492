#include "core/adapters/embedded/embedded_log/segment_reader.hpp"

#include <algorithm>
#include <cstring>

namespace weir::embedded {

using runtime::Run;

namespace {

constexpr std::uint64_t kReadAhead = 256 << 10;

bool reaches(const FrameHeader& frame, std::int64_t offset) {
  return frame.rows == 0 ? frame.offset >= offset : frame.offset + frame.rows > offset;
}

}  // namespace

Result<std::optional<Run>> SegmentReader::next() {
  while (true) {
    WEIR_TRY(log_.whole());
    if (!marks_.empty()) {
      const std::shared_ptr<const runtime::RunToAppend> mark = std::move(marks_.front());
      marks_.pop_front();
      const auto at = runtime::Position::of(marksAt_);
      return std::optional<Run>(Run{at, at, marksAt_, mark->header, {mark->body, mark}});
    }
    WEIR_TRY_ASSIGN(place, findPlace());
    if (place == Place::AtEnd) {
      makeRoom();
      if (marks_.empty()) return std::optional<Run>();
      continue;
    }
    if (place == Place::Moved) continue;
    auto run = readRun();
    if (!run) return run.error();
    makeRoom();
    if (run->body.owner == nullptr) continue;  // before the wanted offset
    return std::optional<Run>(std::move(*run));
  }
}

// Makes sure that `position_` is at a published run of an open segment.
Result<SegmentReader::Place> SegmentReader::findPlace() {
  if (segment_ == nullptr) return seek();
  if (position_ >= limit_) {
    const std::lock_guard lock(log_.mutex_);
    // Size and successor belong together: a segment that has one grows no more.
    limit_ = segment_->size;
    if (position_ >= limit_) {
      const auto next = std::find_if(
          partition_.segments.begin(), partition_.segments.end(),
          [&](const EmbeddedLog::SegmentRef& other) { return other->name.serial > segment_->name.serial; });
      if (next == partition_.segments.end()) {
        takeMarks();
        return Place::AtEnd;
      }
      if ((*next)->name.serial != segment_->name.serial + 1) expected_ = -1;  // the ones between are trimmed
      segment_ = *next;
      close();
      position_ = segmentHeaderSize(partition_.id);
      limit_ = segment_->size;
      chunkSize_ = 0;
      return Place::Moved;
    }
  }
  if (file_ == nullptr) return openSegment();
  return Place::AtRun;
}

// To the first segment that may hold a run that is wanted.
Result<SegmentReader::Place> SegmentReader::seek() {
  {
    const std::lock_guard lock(log_.mutex_);
    for (const EmbeddedLog::SegmentRef& candidate : partition_.segments) {
      // A run without rows at the wanted offset may stand at the end of the segment before.
      if (segment_ == nullptr || candidate->name.base < offset_) segment_ = candidate;
    }
    if (segment_ == nullptr) {
      takeMarks();
      return Place::AtEnd;
    }
    limit_ = segment_->size;
  }
  expected_ = -1;
  chunkSize_ = 0;
  position_ = segmentHeaderSize(partition_.id);
  passGap(segment_->name.base);
  if (offset_ > segment_->name.base) {
    if (Result<void> indexed = log_.ensureIndexed(partition_, segment_); !indexed) {
      WEIR_TRY_ASSIGN(kept, isKept());
      if (kept) return indexed.error();
      segment_.reset();
      return Place::Moved;
    }
    const std::lock_guard lock(log_.mutex_);
    position_ = segment_->index.positionBefore(offset_).value_or(position_);
  }
  return Place::Moved;
}

Result<SegmentReader::Place> SegmentReader::openSegment() {
  auto opened = log_.files_.open(segment_->path, runtime::OpenMode::Read);
  if (!opened) {
    WEIR_TRY_ASSIGN(kept, isKept());
    if (kept) return opened.error();
    segment_.reset();  // trimmed before it was opened: on with what is kept
    return Place::Moved;
  }
  file_ = std::move(*opened);
  ++*openReaders_;
  WEIR_TRY(readSegmentHeader(*file_, partition_.id, segment_->name.base, segment_->path));
  return Place::AtRun;
}

void SegmentReader::close() {
  if (file_ == nullptr) return;
  file_.reset();
  --*openReaders_;
}

void SegmentReader::makeRoom() {
  if (*openReaders_ > EmbeddedLog::kMostOpen) close();
}

void SegmentReader::takeMarks() {
  const EmbeddedLog::Topic& topic = *partition_.topic;
  marksTaken_ = std::max(marksTaken_, partition_.touched);
  takeFresh(topic.marks, marksTaken_);
  if (topic.lastAnnounced > announcedTaken_) takeFresh(topic.announced, announcedTaken_);
  marksAt_ = partition_.end;
}

// Those after `taken`, which moves to the last of them.
void SegmentReader::takeFresh(const TopicMarks& marks, std::uint64_t& taken) {
  std::vector<TopicMark> fresh;
  for (const auto& [writer, mark] : marks) {
    if (mark.sequence > taken) fresh.push_back(mark);
  }
  std::stable_sort(fresh.begin(), fresh.end(),
                   [](const TopicMark& a, const TopicMark& b) { return a.sequence < b.sequence; });
  for (TopicMark& mark : fresh) {
    taken = mark.sequence;
    marks_.push_back(std::move(mark.run));
  }
}

Result<bool> SegmentReader::isKept() {
  if (log_.looking_) WEIR_TRY(log_.refresh());
  const std::lock_guard lock(log_.mutex_);
  return std::find(partition_.segments.begin(), partition_.segments.end(), segment_) != partition_.segments.end();
}

// The run at `position_`, which moves behind it. A run before the wanted offset comes without a body.
Result<Run> SegmentReader::readRun() {
  FrameHeader frame{};
  if (limit_ - position_ < sizeof(frame)) return damaged("it ends within a run's header");
  WEIR_TRY_ASSIGN(headerBytes, bytesAt(position_, sizeof(frame)));
  std::memcpy(&frame, headerBytes.data(), sizeof(frame));
  if (frame.length < sizeof(frame) - kUncheckedBytes || frameSize(frame.length) > limit_ - position_) {
    return damaged("the length of a run is impossible");
  }
  WEIR_TRY_ASSIGN(bytes, bytesAt(position_, frameSize(frame.length)));
  if (!isIntact(frame, bytes)) return damaged("the checksum of a run does not hold");
  if (expected_ >= 0 && frame.offset != expected_) {
    return damaged("a run begins at offset " + std::to_string(frame.offset) + " where offset " +
                   std::to_string(expected_) + " should be");
  }
  position_ += frameSize(frame.length);
  expected_ = frame.offset + frame.rows;
  Run run;
  if (!reaches(frame, offset_)) return run;
  passGap(frame.offset);
  offset_ = expected_;
  run.begin = runtime::Position::of(frame.offset);
  run.end = runtime::Position::of(expected_);
  run.firstRow = frame.offset;
  run.header = runHeaderOf(frame);
  run.body = {bytes.subspan(sizeof(frame), frame.length + kUncheckedBytes - sizeof(frame)), chunk_};
  return run;
}

void SegmentReader::passGap(std::int64_t start) {
  if (offset_ >= start) return;
  const std::int64_t from = gap_ ? gap_->from.value() : offset_;
  gap_ = runtime::Gap{runtime::Position::of(from), runtime::Position::of(start), start - from};
  offset_ = start;
}

Result<std::span<const std::byte>> SegmentReader::bytesAt(std::uint64_t position, std::uint64_t size) {
  if (position < chunkAt_ || position + size > chunkAt_ + chunkSize_) {
    const std::uint64_t count = std::max(size, std::min(kReadAhead, limit_ - position));
    auto next = std::make_shared_for_overwrite<std::uint64_t[]>((count + 7) / 8);
    const std::span<std::byte> into(reinterpret_cast<std::byte*>(next.get()), count);
    // What has been read of it already is not read again.
    std::uint64_t known = 0;
    if (position >= chunkAt_ && position < chunkAt_ + chunkSize_) {
      known = std::min(count, chunkAt_ + chunkSize_ - position);
      std::memcpy(into.data(), reinterpret_cast<const std::byte*>(chunk_.get()) + (position - chunkAt_), known);
    }
    chunk_ = std::move(next);
    chunkAt_ = position;
    chunkSize_ = 0;
    WEIR_TRY_ASSIGN(read, file_->read(position + known, into.subspan(known)));
    if (known + read < size) return damaged("it is shorter than what was committed");
    chunkSize_ = known + read;
  }
  return std::span(reinterpret_cast<const std::byte*>(chunk_.get()) + (position - chunkAt_), size);
}

}  // namespace weir::embedded
