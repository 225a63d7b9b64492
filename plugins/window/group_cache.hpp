// Finds the group of a row again by the bytes of its text, without making a state key of them first: most streams
// have few groups that come again and again.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "plugins/window/aggregate.hpp"
#include "weir/sdk/same_bytes.hpp"

namespace weir::window {

// One place for each hash; a newer group takes the place of an older one. What it holds is valid for one generation
// of the store (WindowStore::generation).
class GroupCache {
 public:
  Group* find(std::int64_t start, std::string_view key, std::uint64_t generation) const {
    if (key.size() > kLongest) return nullptr;
    const Slot& slot = slots_[place(start, key)];
    const bool same = slot.generation == generation && slot.start == start && slot.size == key.size() &&
                      sameBytes(slot.bytes, key.data(), key.size());
    return same ? slot.group : nullptr;
  }

  void remember(std::int64_t start, std::string_view key, std::uint64_t generation, Group& group) {
    if (key.size() > kLongest) return;
    Slot& slot = slots_[place(start, key)];
    slot.generation = generation;
    slot.start = start;
    slot.group = &group;
    slot.size = static_cast<std::uint32_t>(key.size());
    std::memcpy(slot.bytes, key.data(), key.size());
  }

 private:
  static constexpr std::size_t kLongest = 36;
  static constexpr std::size_t kSlots = 256;

  struct Slot {
    std::uint64_t generation = 0;  // stores begin at 1
    std::int64_t start = 0;
    Group* group = nullptr;
    std::uint32_t size = 0;
    char bytes[kLongest];
  };

  static std::size_t place(std::int64_t start, std::string_view key) {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    if (key.size() >= sizeof first) {
      std::memcpy(&first, key.data(), sizeof first);
      std::memcpy(&last, key.data() + key.size() - sizeof last, sizeof last);
    } else {
      for (const char byte : key) first = first << 8 | static_cast<unsigned char>(byte);
    }
    const std::uint64_t mixed =
        (first ^ (last << 7 | last >> 57) ^ static_cast<std::uint64_t>(start) ^ key.size()) * 0x9e3779b97f4a7c15ULL;
    return mixed >> 56;
  }

  static_assert(kSlots == 256, "place() takes the top eight bits");
  std::array<Slot, kSlots> slots_{};
};

}  // namespace weir::window
