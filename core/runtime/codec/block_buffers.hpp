// The buffers of a block.
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/codec/byte_buffer.hpp"

namespace weir::runtime {

// Length (u64), bytes, padding to 8.
void writeBuffer(std::vector<std::byte>& out, const void* data, std::size_t size);
// The same for offsets, which begin with 0: a block holds the ends only.
void writeOffsets(std::vector<std::byte>& out, const ByteBuffer& ends);
Error tooLongForBlock();

}  // namespace weir::runtime
