#include "core/adapters/embedded/segments/segment_format.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "core/adapters/embedded/segments/crc32c.hpp"

namespace weir::embedded {

namespace {

constexpr char kMagic[8] = {'W', 'E', 'I', 'R', 'S', 'E', 'G', '\n'};

struct FileHeader {
  char magic[8];
  std::uint32_t version;
  std::uint32_t crc;  // of everything after it
  std::uint32_t size;
  std::int32_t partition;
  std::int64_t base;
  std::uint32_t topicLength;
  std::uint32_t begun;
};
static_assert(sizeof(FileHeader) == 40);
constexpr std::size_t kCrcEnd = 16;

std::span<const std::byte> bytesOf(const FrameHeader& header) {
  return std::as_bytes(std::span(&header, 1));
}

}  // namespace

FrameHeader frameOf(const runtime::RunToAppend& run, std::int64_t offset) {
  FrameHeader frame{};
  frame.length = static_cast<std::uint32_t>(sizeof(FrameHeader) - kUncheckedBytes + run.body.size());
  frame.offset = offset;
  frame.generation = run.header.mark.generation;
  frame.sequence = run.header.mark.sequence;
  frame.watermark = run.header.mark.watermark;
  frame.rows = run.header.rows;
  frame.writer = run.header.mark.writer;
  frame.writerCount = run.header.mark.count;
  frame.state = static_cast<std::int32_t>(run.header.mark.state);
  frame.crc = crc32c(run.body, crc32c(bytesOf(frame).subspan(kUncheckedBytes)));
  return frame;
}

runtime::RunHeader runHeaderOf(const FrameHeader& frame) {
  runtime::RunHeader header;
  header.rows = frame.rows;
  header.mark.writer = frame.writer;
  header.mark.count = frame.writerCount;
  header.mark.generation = frame.generation;
  header.mark.sequence = frame.sequence;
  header.mark.watermark = frame.watermark;
  header.mark.state = static_cast<runtime::WriterState>(frame.state);
  return header;
}

bool isIntact(const FrameHeader& header, std::span<const std::byte> frame) {
  return crc32c(frame.subspan(kUncheckedBytes, header.length)) == header.crc && header.rows >= 0 && header.state >= 0 &&
         header.state <= static_cast<std::int32_t>(runtime::WriterState::Left);
}

std::string segmentFileName(const SegmentName& name) {
  char text[64];
  std::snprintf(text, sizeof(text), "%020lld-%08u.segment", static_cast<long long>(name.base), name.serial);
  return text;
}

std::string indexFileName(const SegmentName& name) {
  const std::string file = segmentFileName(name);
  return file.substr(0, file.size() - std::string_view("segment").size()) + "index";
}

std::optional<SegmentName> parseSegmentFileName(const std::string& fileName) {
  SegmentName name;
  const char* end = fileName.data() + fileName.size();
  const auto [afterBase, baseError] = std::from_chars(fileName.data(), end, name.base);
  if (baseError != std::errc() || afterBase == end || *afterBase != '-') return std::nullopt;
  const auto [afterSerial, serialError] = std::from_chars(afterBase + 1, end, name.serial);
  if (serialError != std::errc() || segmentFileName(name) != fileName) return std::nullopt;
  return name;
}

std::uint64_t segmentHeaderSize(const runtime::PartitionId& partition) {
  return (sizeof(FileHeader) + partition.topic.size() + 7) / 8 * 8;
}

std::vector<std::byte> segmentHeader(const runtime::PartitionId& partition, std::int64_t base, std::uint32_t begun) {
  std::vector<std::byte> bytes(segmentHeaderSize(partition));
  FileHeader header{};
  std::memcpy(header.magic, kMagic, sizeof(kMagic));
  header.version = kSegmentVersion;
  header.size = static_cast<std::uint32_t>(bytes.size());
  header.partition = partition.partition;
  header.base = base;
  header.topicLength = static_cast<std::uint32_t>(partition.topic.size());
  header.begun = begun;
  std::memcpy(bytes.data(), &header, sizeof(header));
  std::memcpy(bytes.data() + sizeof(header), partition.topic.data(), partition.topic.size());
  header.crc = crc32c(std::span(bytes).subspan(kCrcEnd));
  std::memcpy(bytes.data(), &header, kCrcEnd);
  return bytes;
}

Result<std::uint32_t> checkSegmentHeader(std::span<const std::byte> bytes, const runtime::PartitionId& partition,
                                         std::int64_t base, const std::string& path) {
  FileHeader header{};
  if (bytes.size() < sizeof(header)) return damagedFile(path, bytes.size(), "it ends within its header");
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (std::memcmp(header.magic, kMagic, sizeof(kMagic)) != 0) {
    return damagedFile(path, 0, "it does not begin like a segment");
  }
  if (header.version != kSegmentVersion) {
    return configError(path + " has format version " + std::to_string(header.version) + "; this Weir reads version " +
                       std::to_string(kSegmentVersion) + ". Use the version that wrote it, or a newer one.");
  }
  const std::vector<std::byte> expected = segmentHeader(partition, base, header.begun);
  if (bytes.size() < expected.size() || !std::equal(expected.begin(), expected.end(), bytes.begin())) {
    return damagedFile(path, kCrcEnd, "its header is not that of this topic, partition and offset");
  }
  return header.begun;
}

Result<std::uint32_t> readSegmentHeader(const runtime::File& file, const runtime::PartitionId& partition,
                                        std::int64_t base, const std::string& path) {
  std::vector<std::byte> bytes(segmentHeaderSize(partition));
  WEIR_TRY_ASSIGN(read, file.read(0, bytes));
  bytes.resize(read);
  return checkSegmentHeader(bytes, partition, base, path);
}

Error damagedFile(const std::string& path, std::uint64_t position, const std::string& what) {
  return corruptError(path + " is damaged at byte " + std::to_string(position) + ": " + what +
                      ". Restore it from a copy, or start with an empty home; Weir never skips stored data silently.");
}

}  // namespace weir::embedded
