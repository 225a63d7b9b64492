// Copies of a few bytes without a call.
#pragma once

#include <cstdint>
#include <cstring>

namespace weir::detail {

// Like memcpy; made for sizes up to 32, whose copies are two that may overlap.
inline void copySmall(char* to, const char* from, std::size_t size) {
  if (size > 32) {
    std::memcpy(to, from, size);
  } else if (size >= 16) {
    std::memcpy(to, from, 16);
    std::memcpy(to + size - 16, from + size - 16, 16);
  } else if (size >= 8) {
    std::memcpy(to, from, 8);
    std::memcpy(to + size - 8, from + size - 8, 8);
  } else if (size >= 4) {
    std::memcpy(to, from, 4);
    std::memcpy(to + size - 4, from + size - 4, 4);
  } else if (size != 0) {
    to[0] = from[0];
    to[size / 2] = from[size / 2];
    to[size - 1] = from[size - 1];
  }
}

// Whether any of the bytes is zero.
inline bool hasZero(const char* bytes, std::size_t size) {
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  constexpr std::uint64_t kHighs = 0x8080808080808080ULL;
  if (size > 32) return std::memchr(bytes, 0, size) != nullptr;
  std::uint64_t found = 0;
  std::uint64_t word = 0;
  const char* end = bytes + size;
  if (size >= 8) {
    for (; end - bytes >= 8; bytes += 8) {
      std::memcpy(&word, bytes, 8);
      found |= (word - kOnes) & ~word & kHighs;
    }
    std::memcpy(&word, end - 8, 8);
    return (found | ((word - kOnes) & ~word & kHighs)) != 0;
  }
  for (; bytes != end; ++bytes) {
    if (*bytes == 0) return true;
  }
  return false;
}

}  // namespace weir::detail
