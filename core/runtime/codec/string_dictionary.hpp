// Numbers for the distinct strings of a block, while they are few.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include "weir/sdk/same_bytes.hpp"

namespace weir::runtime {

// At most 256 strings, numbered in the order in which they came.
// One thread at a time.
class StringDictionary {
 public:
  static constexpr std::size_t kMost = 256;

  std::size_t size() const { return entries_.size(); }
  std::size_t byteCount() const { return bytes_.size() + entries_.size() * sizeof(Entry); }
  std::string_view operator[](std::size_t code) const {
    const Entry& entry = entries_[code];
    return {bytes_.data() + entry.begin, entry.length};
  }

  // The number of `text`, a new one if need be. Nothing when it is not known and there is no room.
  std::optional<std::uint8_t> codeOf(std::string_view text) {
    const std::uint32_t hash = hashOf(text);
    if (slots_.empty()) slots_.resize(kSlots, 0);
    for (std::uint32_t slot = hash % kSlots;; slot = (slot + 1) % kSlots) {
      if (slots_[slot] == 0) return add(text, hash, slot);
      const std::size_t code = slots_[slot] - 1U;
      const Entry& entry = entries_[code];
      if (entry.hash == hash && entry.length == text.size() &&
          sameBytes(bytes_.data() + entry.begin, text.data(), text.size())) {
        return static_cast<std::uint8_t>(code);
      }
    }
  }

  void clear() {
    if (entries_.empty()) return;
    entries_.clear();
    bytes_.clear();
    slots_.assign(kSlots, 0);
  }

 private:
  static constexpr std::uint32_t kSlots = 1024;

  struct Entry {
    std::uint32_t hash;
    std::uint32_t length;
    std::size_t begin;
  };

  // Length and both ends: what lies between is left to the comparison.
  static std::uint32_t hashOf(std::string_view text) {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    if (text.size() >= 8) {
      std::memcpy(&first, text.data(), 8);
      std::memcpy(&last, text.data() + text.size() - 8, 8);
    } else if (!text.empty()) {
      std::memcpy(&first, text.data(), text.size());
    }
    const std::uint64_t mixed = (first ^ (last << 29 | last >> 35) ^ text.size()) * 0x9e3779b97f4a7c15ULL;
    return static_cast<std::uint32_t>(mixed >> 32);
  }

  std::optional<std::uint8_t> add(std::string_view text, std::uint32_t hash, std::uint32_t slot) {
    if (entries_.size() == kMost) return std::nullopt;
    slots_[slot] = static_cast<std::uint16_t>(entries_.size() + 1);
    entries_.push_back({hash, static_cast<std::uint32_t>(text.size()), bytes_.size()});
    bytes_.insert(bytes_.end(), text.begin(), text.end());
    return static_cast<std::uint8_t>(entries_.size() - 1);
  }

  std::vector<std::uint16_t> slots_;  // code + 1; 0: free. Made with the first string
  std::vector<Entry> entries_;
  std::vector<char> bytes_;
};

}  // namespace weir::runtime
