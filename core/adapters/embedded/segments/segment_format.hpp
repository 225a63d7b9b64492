// The bytes of segment files. Little-endian; everything stands at multiples of 8.
//
//   segment   = segment header, frames
//   frame     = FrameHeader, body, padding to 8
// A frame's `length` counts the bytes after its first 8, without padding; `crc` covers exactly those.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/ports/files.hpp"
#include "core/runtime/ports/log.hpp"

namespace weir::embedded {

inline constexpr std::uint32_t kSegmentVersion = 1;

struct FrameHeader {
  std::uint32_t length;
  std::uint32_t crc;
  std::int64_t offset;
  std::int64_t reserved;
  std::int64_t generation;
  std::int64_t sequence;
  std::int64_t watermark;
  std::int32_t rows;
  std::int32_t writer;
  std::int32_t writerCount;
  std::int32_t state;
};
static_assert(sizeof(FrameHeader) == 64);

inline constexpr std::size_t kUncheckedBytes = 8;  // length and crc
inline constexpr std::size_t kMaxBody = 1U << 31;

inline std::uint64_t frameSize(std::uint32_t length) {
  return (kUncheckedBytes + std::uint64_t{length} + 7) / 8 * 8;
}

// Header of the frame of a run that begins at `offset`, checksum included.
FrameHeader frameOf(const runtime::RunToAppend& run, std::int64_t offset);
runtime::RunHeader runHeaderOf(const FrameHeader& frame);
// Whether header and body are as they were written. `frame` begins with the header and holds the whole body.
bool isIntact(const FrameHeader& header, std::span<const std::byte> frame);

// Name and place of a segment. Serials count the segments of a partition; a segment without rows has the same base
// offset as the next one.
struct SegmentName {
  std::int64_t base = 0;
  std::uint32_t serial = 0;
};
std::string segmentFileName(const SegmentName& name);
std::string indexFileName(const SegmentName& name);
// The segment whose file this is, if it is one.
std::optional<SegmentName> parseSegmentFileName(const std::string& fileName);

// `begun`: when, by the clock, in seconds since the epoch; 0: nobody knows.
std::vector<std::byte> segmentHeader(const runtime::PartitionId& partition, std::int64_t base, std::uint32_t begun);
std::uint64_t segmentHeaderSize(const runtime::PartitionId& partition);
// Checks the first bytes of a file and answers when it was begun; `path` is for the message.
Result<std::uint32_t> checkSegmentHeader(std::span<const std::byte> bytes, const runtime::PartitionId& partition,
                                         std::int64_t base, const std::string& path);
// The same of an open file.
Result<std::uint32_t> readSegmentHeader(const runtime::File& file, const runtime::PartitionId& partition,
                                        std::int64_t base, const std::string& path);

// "<path> is damaged at byte <position>: <what>."
Error damagedFile(const std::string& path, std::uint64_t position, const std::string& what);

}  // namespace weir::embedded
