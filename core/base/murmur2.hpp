// Placement of keys: murmur2 as the Java client computes it, so that rows land where Kafka's own tools put them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace weir {

inline std::uint32_t murmur2(std::string_view key) {
  constexpr std::uint32_t kMultiplier = 0x5bd1e995;
  constexpr std::uint32_t kSeed = 0x9747b28c;
  const auto* bytes = reinterpret_cast<const unsigned char*>(key.data());
  std::size_t left = key.size();
  std::uint32_t hash = kSeed ^ static_cast<std::uint32_t>(key.size());
  for (; left >= 4; left -= 4, bytes += 4) {
    std::uint32_t word;
    std::memcpy(&word, bytes, 4);  // little-endian, as on every machine that Weir runs on
    word *= kMultiplier;
    word ^= word >> 24;
    word *= kMultiplier;
    hash *= kMultiplier;
    hash ^= word;
  }
  if (left >= 3) hash ^= std::uint32_t{bytes[2]} << 16;
  if (left >= 2) hash ^= std::uint32_t{bytes[1]} << 8;
  if (left >= 1) {
    hash ^= bytes[0];
    hash *= kMultiplier;
  }
  hash ^= hash >> 13;
  hash *= kMultiplier;
  hash ^= hash >> 15;
  return hash;
}

// The partition of a key, in [0, partitions).
inline std::int32_t partitionOf(std::string_view key, std::int32_t partitions) {
  return static_cast<std::int32_t>((murmur2(key) & 0x7fffffffU) % static_cast<std::uint32_t>(partitions));
}

}  // namespace weir
