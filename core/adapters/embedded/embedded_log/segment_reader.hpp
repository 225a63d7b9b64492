// Reads published runs of one partition.
#pragma once

#include <deque>

#include "core/adapters/embedded/embedded_log/embedded_log.hpp"

namespace weir::embedded {

// One thread at a time; beside commits and trims. Reads ahead into buffers that the runs share, and holds no lock
// during I/O.
class SegmentReader final : public runtime::PartitionReader {
 public:
  // From `offset` on, or from the partition's `start` where that is later.
  SegmentReader(EmbeddedLog& log, const EmbeddedLog::Partition& partition, std::int64_t offset, std::int64_t start)
      : log_(log), partition_(partition), offset_(offset), openReaders_(log.openReaders_) {
    passGap(start);
  }
  ~SegmentReader() override { close(); }

  Result<std::optional<runtime::Run>> next() override;
  runtime::Position position() const override { return runtime::Position::of(offset_); }
  std::optional<runtime::Gap> takeGap() override { return std::exchange(gap_, std::nullopt); }

 private:
  enum class Place : std::uint8_t { AtRun, AtEnd, Moved };

  Result<Place> findPlace();
  Result<Place> seek();
  Result<Place> openSegment();
  void close();
  // Where too many readers hold a file open, this one does so only while it reads.
  void makeRoom();
  Result<runtime::Run> readRun();
  Result<std::span<const std::byte>> bytesAt(std::uint64_t position, std::uint64_t size);
  // At the published end, under the log's mutex: what stands there for every partition and is not in this one.
  void takeMarks();
  void takeFresh(const TopicMarks& marks, std::uint64_t& taken);
  Result<bool> isKept();
  // What is kept begins only at `start`.
  void passGap(std::int64_t start);
  Error damaged(const std::string& what) const { return damagedFile(segment_->path, position_, what); }

  EmbeddedLog& log_;
  const EmbeddedLog::Partition& partition_;
  std::int64_t offset_;  // runs that end before it are passed over
  std::optional<runtime::Gap> gap_;
  EmbeddedLog::SegmentRef segment_;
  std::unique_ptr<runtime::File> file_;
  std::shared_ptr<std::atomic<std::size_t>> openReaders_;  // of the log, which may be gone before the reader
  std::uint64_t position_ = 0;
  std::uint64_t limit_ = 0;                                        // published bytes of the segment when last asked
  std::int64_t expected_ = -1;                                     // offset of the next run, once one has been read
  std::deque<std::shared_ptr<const runtime::RunToAppend>> marks_;  // of the end that was reached, to be given out
  std::int64_t marksAt_ = 0;                                       // offset of that end
  std::uint64_t marksTaken_ = 0;                                   // up to those of this commit
  std::uint64_t announcedTaken_ = 0;                               // up to this one
  // Shared with the runs that point into it.
  std::shared_ptr<std::uint64_t[]> chunk_;
  std::uint64_t chunkAt_ = 0;
  std::uint64_t chunkSize_ = 0;
};

}  // namespace weir::embedded
