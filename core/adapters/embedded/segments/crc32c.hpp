// CRC32C (Castagnoli), with the processor's instructions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace weir::embedded {

// `before` is the checksum of the bytes that come first, so that pieces can be chained.
std::uint32_t crc32c(std::span<const std::byte> bytes, std::uint32_t before = 0);

}  // namespace weir::embedded
