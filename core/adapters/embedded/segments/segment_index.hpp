// Where the runs of a segment stand, sparsely. Always rebuildable from the segment itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/adapters/embedded/segments/segment_format.hpp"
#include "core/runtime/ports/files.hpp"

namespace weir::embedded {

class SegmentIndex {
 public:
  struct Entry {
    std::int64_t offset;
    std::uint64_t position;
  };

  // Takes note of a run, if the last one noted is far enough behind. Runs come in order.
  void add(std::int64_t offset, std::uint64_t position);
  // Puts what was noted by somebody else, for later runs, behind this.
  void append(const SegmentIndex& later);

  // A position at or before every run that a reader at `offset` wants, or nothing if that is the first run.
  std::optional<std::uint64_t> positionBefore(std::int64_t offset) const;
  // The greatest known position of a run that begins at or before `offset`.
  std::optional<std::uint64_t> positionAt(std::int64_t offset) const;

  const std::vector<Entry>& entries() const { return entries_; }

  std::vector<std::byte> encode() const;
  static std::optional<SegmentIndex> decode(std::span<const std::byte> bytes);

 private:
  std::vector<Entry> entries_;
};

// Builds the index of the first `end` bytes of a segment by walking over its frame headers.
Result<SegmentIndex> scanSegment(runtime::Files& files, const std::string& path, const runtime::PartitionId& partition,
                                 std::int64_t base, std::uint64_t end);

// Checks every frame in [from, end) and that the last one ends at `endOffset`.
Result<void> verifyFrames(const runtime::File& file, const std::string& path, std::uint64_t from, std::uint64_t end,
                          std::int64_t endOffset);

}  // namespace weir::embedded
