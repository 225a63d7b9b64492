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

#include "weir/sdk/types.hpp"

namespace weir::detail {

inline std::uint64_t load8(const char* at) {
  std::uint64_t value;
  std::memcpy(&value, at, 8);
  return value;
}

inline std::uint64_t mix(std::uint64_t left, std::uint64_t right) {
  const Uint128 product = static_cast<Uint128>(left) * right;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

inline constexpr std::uint64_t kHashFirst = 0x9e3779b97f4a7c15ULL;
inline constexpr std::uint64_t kHashSecond = 0xd6e8feb86659fd93ULL;

// Key bytes: up to 20 in place, longer ones in an arena. In place they are three words, made and compared in
// registers, because that is what a row costs: bytes 0-7, bytes 8-15, and bytes 16-19 with the size above.
class StoredKey {
 public:
  static constexpr std::size_t kInline = 20;

  StoredKey() = default;
  // In place; `bytes` is not longer than kInline.
  explicit StoredKey(std::string_view bytes) {
    const char* data = bytes.data();
    const std::size_t size = bytes.size();
    words_[2] = std::uint64_t{size} << 32;
    if (size >= 8) {
      words_[0] = load8(data);
      if (size > 16) {
        words_[1] = load8(data + 8);
        words_[2] |= load8(data + size - 8) >> (8 * (24 - size));
      } else if (size > 8) {
        words_[1] = load8(data + size - 8) >> (8 * (16 - size));
      }
    } else if (size >= 4) {
      words_[0] = load4(data) | load4(data + size - 4) << (8 * (size - 4));
    } else {
      for (std::size_t i = 0; i < size; ++i) words_[0] |= std::uint64_t{static_cast<std::uint8_t>(data[i])} << (8 * i);
    }
  }
  // Elsewhere: `arena` holds the bytes.
  StoredKey(std::string_view bytes, const char* arena)
      : words_{reinterpret_cast<std::uintptr_t>(arena), 0, std::uint64_t{bytes.size()} << 32} {}

  std::string_view view() const {
    const std::size_t size = words_[2] >> 32;
    return {size <= kInline ? reinterpret_cast<const char*>(words_) : reinterpret_cast<const char*>(words_[0]), size};
  }
  // Of two keys in place.
  bool same(const StoredKey& other) const {
    return ((words_[0] ^ other.words_[0]) | (words_[1] ^ other.words_[1]) | (words_[2] ^ other.words_[2])) == 0;
  }
  std::uint64_t hash() const {
    return mix(mix(words_[0] ^ kHashFirst, words_[1] ^ kHashSecond) ^ words_[2], kHashFirst);
  }
  // Of keys that are not in place.
  bool sameLong(std::string_view other) const { return view() == other; }

 private:
  static std::uint64_t load4(const char* at) {
    std::uint32_t value;
    std::memcpy(&value, at, 4);
    return value;
  }
  std::uint64_t words_[3] = {};
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

// Of keys that are longer than StoredKey::kInline.
inline std::uint64_t hashLong(std::string_view key) {
  const char* data = key.data();
  std::size_t size = key.size();
  std::uint64_t state = kHashFirst ^ size;
  for (; size > 16; data += 16, size -= 16) state = mix(load8(data) ^ kHashSecond, load8(data + 8) ^ state);
  const char* end = key.data() + key.size();  // the last 16 bytes, some of them twice
  return mix(mix(load8(end - 16) ^ kHashSecond, load8(end - 8) ^ state), kHashFirst);
}

// Starts to bring an entry into the cache.
template <typename Entry>
void fetchAhead(const Entry& entry) {
  const char* at = reinterpret_cast<const char*>(&entry);
  __builtin_prefetch(at, 1);
  __builtin_prefetch(at + sizeof(Entry) - 1, 1);
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
    return withProbe(key, [&](std::uint32_t hash, const auto& same) -> Entry* {
      const std::size_t at = place(hash, same);
      return slots_[at].entry == 0 ? nullptr : &entries_[slots_[at].entry - 1];
    });
  }
  // The entry of a key, new (and second is true) when there was none. Valid until the next insertion.
  std::pair<Entry*, bool> insert(std::string_view key) {
    if (4 * (entries_.size() + 1) > 3 * slots_.size()) grow();
    return withProbe(key, [&](std::uint32_t hash, const auto& same) -> std::pair<Entry*, bool> {
      const std::size_t at = place(hash, same);
      if (slots_[at].entry != 0) return {&entries_[slots_[at].entry - 1], false};
      Entry& entry = entries_.emplace_back();
      entry.key = key.size() <= StoredKey::kInline ? StoredKey(key) : StoredKey(key, arena_.add(key));
      slots_[at] = {hash, static_cast<std::uint32_t>(entries_.size())};
      return {&entry, true};
    });
  }
  // For speed alone, before `find` or `insert` of several keys: first this for each of them, then `expectEntry` with
  // what it answered. Memory then comes while others are looked at.
  std::uint32_t expect(std::string_view key) const {
    if (slots_.empty()) return 0;
    return withProbe(key, [this](std::uint32_t hash, const auto&) {
      __builtin_prefetch(&slots_[hash & mask_]);
      return hash;
    });
  }
  void expectEntry(std::uint32_t hash) const {
    if (slots_.empty()) return;
    const std::uint32_t entry = slots_[hash & mask_].entry;
    if (entry != 0) fetchAhead(entries_[entry - 1]);
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
  // Calls body(hash, same), where same(stored) compares with `key`.
  template <typename Body>
  static auto withProbe(std::string_view key, Body&& body) {
    if (key.size() <= StoredKey::kInline) {
      const StoredKey probe(key);
      return body(static_cast<std::uint32_t>(probe.hash() >> 32),
                  [&probe](const StoredKey& stored) { return stored.same(probe); });
    }
    return body(static_cast<std::uint32_t>(hashLong(key) >> 32),
                [key](const StoredKey& stored) { return stored.sameLong(key); });
  }
  // The slot of a key, or the free one where it belongs.
  template <typename Same>
  std::size_t place(std::uint32_t hash, const Same& same) const {
    std::size_t at = hash & mask_;
    while (slots_[at].entry != 0 && !(slots_[at].hash == hash && same(entries_[slots_[at].entry - 1].key))) {
      at = (at + 1) & mask_;
    }
    return at;
  }
  void grow() {
    std::vector<Slot> table(std::max<std::size_t>(32, 2 * slots_.size()));
    mask_ = table.size() - 1;
    for (const Slot& slot : slots_) {
      if (slot.entry == 0) continue;
      std::size_t at = slot.hash & mask_;
      while (table[at].entry != 0) at = (at + 1) & mask_;
      table[at] = slot;
    }
    slots_ = std::move(table);
  }

  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
  std::vector<Entry> entries_;
  Arena arena_;
};

}  // namespace weir::detail
