// Whether two short runs of bytes are the same, without a call.
#pragma once

#include <cstdint>
#include <cstring>

namespace weir {

inline bool sameBytes(const char* left, const char* right, std::size_t size) {
  const auto differ = [left, right](std::size_t at) {
    std::uint64_t one;
    std::uint64_t other;
    std::memcpy(&one, left + at, sizeof one);
    std::memcpy(&other, right + at, sizeof other);
    return one ^ other;
  };
  if (size >= 8) {
    std::uint64_t different = differ(size - 8);  // the last eight, some of them twice
    for (std::size_t at = 0; at + 8 < size; at += 8) different |= differ(at);
    return different == 0;
  }
  for (std::size_t at = 0; at < size; ++at) {
    if (left[at] != right[at]) return false;
  }
  return true;
}

}  // namespace weir
