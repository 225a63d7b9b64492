#include "core/adapters/embedded/segments/segment_index.hpp"

#include <algorithm>
#include <cstring>

#include "core/adapters/embedded/segments/crc32c.hpp"

namespace weir::embedded {

namespace {

constexpr std::uint64_t kSpacing = 16 << 10;
constexpr std::size_t kScanChunk = 256 << 10;
constexpr char kMagic[8] = {'W', 'E', 'I', 'R', 'I', 'D', 'X', '\n'};

struct FileHeader {
  char magic[8];
  std::uint32_t version;
  std::uint32_t crc;  // of everything after it
  std::int64_t reserved;
  std::uint64_t entries;
};

}  // namespace

void SegmentIndex::add(std::int64_t offset, std::uint64_t position) {
  if (entries_.empty() || position - entries_.back().position >= kSpacing) entries_.push_back({offset, position});
}

void SegmentIndex::append(const SegmentIndex& later) {
  for (const Entry& entry : later.entries_) {
    if (entries_.empty() || entry.position > entries_.back().position) entries_.push_back(entry);
  }
}

std::optional<std::uint64_t> SegmentIndex::positionBefore(std::int64_t offset) const {
  // Runs without rows stand at the offset of the next row, so the wanted ones may begin behind an earlier entry.
  const auto found = std::lower_bound(entries_.begin(), entries_.end(), offset,
                                      [](const Entry& entry, std::int64_t wanted) { return entry.offset < wanted; });
  if (found == entries_.begin()) return std::nullopt;
  return std::prev(found)->position;
}

std::optional<std::uint64_t> SegmentIndex::positionAt(std::int64_t offset) const {
  const auto found = std::upper_bound(entries_.begin(), entries_.end(), offset,
                                      [](std::int64_t wanted, const Entry& entry) { return wanted < entry.offset; });
  if (found == entries_.begin()) return std::nullopt;
  return std::prev(found)->position;
}

std::vector<std::byte> SegmentIndex::encode() const {
  std::vector<std::byte> bytes(sizeof(FileHeader) + entries_.size() * sizeof(Entry));
  FileHeader header{};
  std::memcpy(header.magic, kMagic, sizeof(kMagic));
  header.version = kSegmentVersion;
  header.entries = entries_.size();
  std::memcpy(bytes.data(), &header, sizeof(header));
  if (!entries_.empty()) {
    std::memcpy(bytes.data() + sizeof(header), entries_.data(), entries_.size() * sizeof(Entry));
  }
  header.crc = crc32c(std::span(bytes).subspan(16));
  std::memcpy(bytes.data(), &header, 16);
  return bytes;
}

std::optional<SegmentIndex> SegmentIndex::decode(std::span<const std::byte> bytes) {
  FileHeader header{};
  if (bytes.size() < sizeof(header)) return std::nullopt;
  std::memcpy(&header, bytes.data(), sizeof(header));
  const bool fits = std::memcmp(header.magic, kMagic, sizeof(kMagic)) == 0 && header.version == kSegmentVersion &&
                    header.entries == (bytes.size() - sizeof(header)) / sizeof(Entry) &&
                    (bytes.size() - sizeof(header)) % sizeof(Entry) == 0 && header.crc == crc32c(bytes.subspan(16));
  if (!fits) return std::nullopt;
  SegmentIndex index;
  index.entries_.resize(header.entries);
  if (header.entries != 0) {
    std::memcpy(index.entries_.data(), bytes.data() + sizeof(header), bytes.size() - sizeof(header));
  }
  return index;
}

Result<SegmentIndex> scanSegment(runtime::Files& files, const std::string& path, const runtime::PartitionId& partition,
                                 std::int64_t base, std::uint64_t end) {
  auto opened = files.open(path, runtime::OpenMode::Read);
  if (!opened) return opened.error();
  SegmentIndex index;
  std::vector<std::byte> chunk(kScanChunk);
  std::uint64_t chunkAt = 0;
  std::size_t chunkSize = 0;
  std::int64_t offset = base;
  for (std::uint64_t at = segmentHeaderSize(partition); at < end;) {
    if (at < chunkAt || at + sizeof(FrameHeader) > chunkAt + chunkSize) {
      WEIR_TRY_ASSIGN(read, (*opened)->read(at, chunk));
      chunkAt = at;
      chunkSize = read;
    }
    FrameHeader frame{};
    if (chunkSize < at - chunkAt + sizeof(frame)) return damagedFile(path, at, "it is shorter than what was committed");
    std::memcpy(&frame, chunk.data() + (at - chunkAt), sizeof(frame));
    const bool fits = frame.length >= sizeof(frame) - kUncheckedBytes && frameSize(frame.length) <= end - at &&
                      frame.offset == offset && frame.rows >= 0;
    if (!fits) return damagedFile(path, at, "a run's header does not fit its place");
    index.add(frame.offset, at);
    offset += frame.rows;
    at += frameSize(frame.length);
  }
  return index;
}

Result<void> verifyFrames(const runtime::File& file, const std::string& path, std::uint64_t from, std::uint64_t end,
                          std::int64_t endOffset) {
  if (from > end) return damagedFile(path, end, "the journal and the segment do not fit together");
  std::vector<std::byte> frame;
  std::int64_t offset = endOffset;
  for (std::uint64_t at = from; at < end;) {
    FrameHeader header{};
    WEIR_TRY_ASSIGN(read, file.read(at, std::as_writable_bytes(std::span(&header, 1))));
    if (read < sizeof(header) || header.length < sizeof(header) - kUncheckedBytes ||
        frameSize(header.length) > end - at || (at != from && header.offset != offset)) {
      return damagedFile(path, at, "a run's header is not as it was written");
    }
    frame.resize(kUncheckedBytes + header.length);
    WEIR_TRY_ASSIGN(got, file.read(at, frame));
    if (got < frame.size() || !isIntact(header, frame)) {
      return damagedFile(path, at, "the checksum of a run does not hold");
    }
    offset = header.offset + header.rows;
    at += frameSize(header.length);
  }
  if (offset != endOffset) return damagedFile(path, end, "its last run does not end where the journal says");
  return {};
}

}  // namespace weir::embedded
