// Any bytes as a segment, as its index, as a topic's description, and as the bodies that segments hold: no crash.
#include <cstddef>
#include <cstdint>

#include "core/adapters/embedded/segments/segment_index.hpp"
#include "core/adapters/embedded/segments/topic_folder.hpp"
#include "core/adapters/memory/memory_files.hpp"
#include "core/runtime/codec/batch_reader.hpp"
#include "core/runtime/codec/changelog_codec.hpp"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace weir;            // NOLINT: a program of one file
  using namespace weir::embedded;  // NOLINT
  const std::span<const std::byte> bytes = std::as_bytes(std::span(data, size));
  const runtime::PartitionId partition{"orders", 0};

  runtime::MemoryFiles files;
  (void)files.makeFolders("/f");
  {
    auto file = files.open("/f/topic", runtime::OpenMode::Append);
    (void)(*file)->append(bytes);
    (void)readTopic(files, "/f");
    (void)checkSegmentHeader(bytes, partition, 0, "segment");
    (void)scanSegment(files, "/f/topic", partition, 0, size);
    (void)verifyFrames(**file, "segment", segmentHeaderSize(partition), size, 1);
  }
  (void)SegmentIndex::decode(bytes);
  (void)runtime::decodeChangelog(bytes, [](const runtime::StateDelta&) {});
  static const SchemaRef schema = makeSchema({{{"id", TypeId::Int64},
                                               {"name", TypeId::String},
                                               {"flag", TypeId::Bool},
                                               {"tags", DataType::list({"", TypeId::String})},
                                               {"place", DataType::structure({{"city", TypeId::String}})}}});
  (void)runtime::decodeBatch({bytes, nullptr}, schema);
  return 0;
}
