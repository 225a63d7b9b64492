#include "core/runtime/codec/block_buffers.hpp"

#include <cstdint>
#include <cstring>

namespace weir::runtime {

Error tooLongForBlock() {
  return fatalError("A column of one commit would hold more than 2 GiB in one partition; commit more often.");
}

void writeBuffer(std::vector<std::byte>& out, const void* data, std::size_t size) {
  const std::uint64_t length = size;
  const std::size_t at = out.size();
  out.resize(at + 8 + (size + 7) / 8 * 8);
  std::memcpy(out.data() + at, &length, 8);
  if (size != 0) std::memcpy(out.data() + at + 8, data, size);
}

void writeOffsets(std::vector<std::byte>& out, const ByteBuffer& ends) {
  const std::uint64_t length = ends.size() + sizeof(std::int32_t);
  const std::size_t at = out.size();
  out.resize(at + 8 + (length + 7) / 8 * 8);
  std::memcpy(out.data() + at, &length, 8);
  if (ends.size() != 0) std::memcpy(out.data() + at + 12, ends.data(), ends.size());
}

}  // namespace weir::runtime
