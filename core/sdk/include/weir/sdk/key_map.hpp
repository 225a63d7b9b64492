// A hash map from key bytes to values, made for the overlay of stores: few allocations, entries in one
// array, cheap to walk, rebuilt as a whole when many entries go.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace weir::detail {

// Key bytes: up to 12 in place, longer ones in an arena.
class StoredKey {
 public:
  static constexpr std::size_t kInline = 12;

  StoredKey() = default;
  // `arena` holds the bytes when they are longer than kInline.
  StoredKey(std::string_view bytes, const char* arena) : size_(static_cast<std::uint32_t>(bytes.size())) {
    if (bytes.size() <= kInline) {
      std::memcpy(bytes_, bytes.data(), bytes.size());
    } else {
      std::memcpy(bytes_, bytes.data(), 4);
      std::memcpy(bytes_ + 4, &arena, sizeof(arena));
    }
  }
  std::string_view view() const { return {data(), size_}; }
  std::size_t size() const { return size_; }
  bool equals(std::string_view other) const {
    return size_ == other.size() && std::memcmp(data(), other.data(), size_) == 0;
  }

 private:
  const char* data() const {
    if (size_ <= kInline) return bytes_;
    const char* arena = nullptr;
    std::memcpy(&arena, bytes_ + 4, sizeof(arena));
    return arena;
  }
  std::uint32_t size_ = 0;
  char bytes_[kInline] = {};
};

// Bytes that stay where they are until the arena goes.
class Arena {
 public:
  const char* add(std::string_view bytes) {
    if (bytes.size() > left_) {
      const std::size_t size =
          std::max(bytes.size(), std::min<std::size_t>(64 * 1024, std::max<std::size_t>(256, bytes_)));
      blocks_.push_back(std::make_unique_for_overwrite<char[]>(size));
      next_ = blocks_.back().get();
      left_ = size;
      bytes_ += size;
    }
    char* at = next_;
    std::memcpy(at, bytes.data(), bytes.size());
    next_ += bytes.size();
    left_ -= bytes.size();
    return at;
  }
  std::size_t bytes() const { return bytes_; }

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t bytes_ = 0;
};

inline std::uint64_t hashBytes(std::string_view key) {
  constexpr std::uint64_t kFirst = 0x9e3779b97f4a7c15ULL;
  constexpr std::uint64_t kSecond = 0xd6e8feb86659fd93ULL;
  const auto mix = [](std::uint64_t a, std::uint64_t b) {
    __extension__ const auto product = static_cast<unsigned __int128>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  };
  const auto load8 = [](const char* at) {
    std::uint64_t value;
    std::memcpy(&value, at, 8);
    return value;
  };
  const auto load4 = [](const char* at) {
    std::uint32_t value;
    std::memcpy(&value, at, 4);
    return std::uint64_t{value};
  };
  const char* data = key.data();
  std::size_t size = key.size();
  std::uint64_t state = kFirst ^ size;
  for (; size > 16; data += 16, size -= 16) state = mix(load8(data) ^ kSecond, load8(data + 8) ^ state);
  std::uint64_t a = 0;
  std::uint64_t b = 0;
  if (size >= 8) {
    a = load8(data);
    b = load8(data + size - 8);
  } else if (size >= 4) {
    a = load4(data);
    b = load4(data + size - 4);
  } else if (size > 0) {
    a = static_cast<std::uint8_t>(data[0]);
    b = static_cast<std::uint64_t>(static_cast<std::uint8_t>(data[size / 2])) << 8 |
        static_cast<std::uint8_t>(data[size - 1]);
  }
  return mix(mix(a ^ kSecond, b ^ state), kFirst);
}

// Entry has a member `key` of type StoredKey and can be made by default.
template <typename Entry>
class KeyMap {
 public:
  std::size_t size() const { return entries_.size(); }
  std::vector<Entry>& entries() { return entries_; }
  const std::vector<Entry>& entries() const { return entries_; }

  Entry* find(std::string_view key) {
    if (slots_.empty()) return nullptr;
    const std::uint32_t hash = hashOf(key);
    for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
      const Slot slot = slots_[at];
      if (slot.entry == 0) return nullptr;
      if (slot.hash == hash && entries_[slot.entry - 1].key.equals(key)) return &entries_[slot.entry - 1];
    }
  }
  // The entry of a key, new (and second is true) when there was none. Valid until the next insertion.
  std::pair<Entry*, bool> insert(std::string_view key) {
    if (4 * (entries_.size() + 1) > 3 * slots_.size()) grow();
    const std::uint32_t hash = hashOf(key);
    std::size_t at = hash & mask_;
    for (; slots_[at].entry != 0; at = (at + 1) & mask_) {
      if (slots_[at].hash == hash && entries_[slots_[at].entry - 1].key.equals(key)) {
        return {&entries_[slots_[at].entry - 1], false};
      }
    }
    Entry& entry = entries_.emplace_back();
    entry.key = StoredKey(key, key.size() > StoredKey::kInline ? arena_.add(key) : nullptr);
    slots_[at] = {hash, static_cast<std::uint32_t>(entries_.size())};
    return {&entry, true};
  }
  // Keeps the entries for which `keep(entry)` is true, in their order, and gives memory back.
  template <typename Keep>
  void keepIf(Keep&& keep) {
    KeyMap kept;
    for (Entry& entry : entries_) {
      if (!keep(entry)) continue;
      const StoredKey old = entry.key;
      Entry& copy = *kept.insert(old.view()).first;
      const StoredKey key = copy.key;
      copy = std::move(entry);
      copy.key = key;
    }
    *this = std::move(kept);
  }
  std::size_t bytes() const {
    return slots_.capacity() * sizeof(Slot) + entries_.capacity() * sizeof(Entry) + arena_.bytes();
  }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t entry = 0;  // index + 1; 0: free
  };
  static std::uint32_t hashOf(std::string_view key) { return static_cast<std::uint32_t>(hashBytes(key) >> 32); }
  void grow() {
    std::vector<Slot> slots(std::max<std::size_t>(32, 2 * slots_.size()));
    mask_ = slots.size() - 1;
    for (const Slot& slot : slots_) {
      if (slot.entry == 0) continue;
      std::size_t at = slot.hash & mask_;
      while (slots[at].entry != 0) at = (at + 1) & mask_;
      slots[at] = slot;
    }
    slots_ = std::move(slots);
  }

  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
  std::vector<Entry> entries_;
  Arena arena_;
};

}  // namespace weir::detail
