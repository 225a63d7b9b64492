// The part of a hashed store that lies in memory: typed values by key bytes, and which of them are dirty.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "weir/sdk/key_map.hpp"
#include "weir/sdk/state_key.hpp"
#include "weir/sdk/types.hpp"

namespace weir::detail {

template <typename V>
struct OverlayEntry {
  StoredKey key;
  std::uint32_t sequence = 0;  // of the commit that it went out with last
  bool dirty = false;
  bool present = false;  // false: known not to exist (deleted, or looked up in vain)
  bool touched = true;   // since the last eviction
  bool sealed = false;   // windows: only the key is kept (WindowStore::sealWindow)
  V value{};
};

template <typename V>
class Overlay {
 public:
  using Entry = OverlayEntry<V>;
  // So many entries ahead memory is asked for, where many are walked that are not in the order of memory.
  static constexpr std::size_t kAhead = 12;

  std::size_t size() const { return map_.size(); }
  std::size_t dirtyCount() const { return dirty_.size(); }
  Entry* find(std::string_view key) { return map_.find(key); }
  std::pair<Entry*, bool> insert(std::string_view key) { return map_.insert(key); }
  std::uint32_t expect(std::string_view key) const { return map_.expect(key); }
  void expectEntry(std::uint32_t hash) const { map_.expectEntry(hash); }

  void touch(Entry& entry) {
    entry.touched = true;
    if (entry.dirty) return;
    entry.dirty = true;
    dirty_.push_back(static_cast<std::uint32_t>(&entry - map_.entries().data()));
  }

  // Every entry, in key order.
  std::vector<Entry*> sorted() {
    std::vector<std::uint32_t> all(map_.size());
    for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
    return inKeyOrder(all);
  }
  // The dirty entries in key order. They count as clean from here on, as parts of commit `sequence`.
  std::vector<Entry*> takeDirty(std::uint32_t sequence) {
    std::vector<Entry*> entries = inKeyOrder(dirty_);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (i + kAhead < entries.size()) fetchAhead(*entries[i + kAhead]);
      entries[i]->dirty = false;
      entries[i]->sequence = sequence;
    }
    dirty_.clear();
    return entries;
  }
  // Drops entries that are clean and served by the host; first those not touched since the last time.
  template <typename Served>
  bool evict(bool untouchedOnly, Served&& served) {
    const std::size_t before = map_.size();
    map_.keepIf(
        [&](const Entry& entry) { return entry.dirty || !served(entry.sequence) || (untouchedOnly && entry.touched); });
    dirty_.clear();
    for (std::uint32_t i = 0; i < map_.size(); ++i) {
      Entry& entry = map_.entries()[i];
      entry.touched = false;
      if (entry.dirty) dirty_.push_back(i);
    }
    return map_.size() != before;
  }

  // What it uses, the values' own memory estimated from some of them.
  template <typename C>
  std::size_t bytes(const C& codec) const {
    constexpr std::size_t kSamples = 16;
    const auto& entries = map_.entries();
    const std::size_t stride = entries.size() / kSamples + 1;
    std::size_t sampled = 0;
    std::size_t heap = 0;
    for (std::size_t i = 0; i < entries.size(); i += stride, ++sampled) heap += codec.heapBytes(entries[i].value);
    return map_.bytes() + dirty_.capacity() * sizeof(std::uint32_t) +
           (sampled == 0 ? 0 : heap * entries.size() / sampled);
  }

 private:
  // Sorting compares the first 16 bytes as a number, and the rest only where those are equal.
  std::vector<Entry*> inKeyOrder(const std::vector<std::uint32_t>& indexes) {
    struct Item {
      std::uint64_t high;
      std::uint64_t low;
      Entry* entry;
    };
    std::vector<Item> items;
    items.reserve(indexes.size());
    for (std::size_t i = 0; i < indexes.size(); ++i) {
      if (i + kAhead < indexes.size()) fetchAhead(map_.entries()[indexes[i + kAhead]]);
      Entry& entry = map_.entries()[indexes[i]];
      const std::string_view key = entry.key.view();
      std::uint64_t head[2] = {0, 0};
      std::memcpy(head, key.data(), std::min<std::size_t>(16, key.size()));
      items.push_back({__builtin_bswap64(head[0]), __builtin_bswap64(head[1]), &entry});
    }
    std::sort(items.begin(), items.end(), [](const Item& left, const Item& right) {
      if (left.high != right.high) return left.high < right.high;
      if (left.low != right.low) return left.low < right.low;
      return left.entry->key.view() < right.entry->key.view();
    });
    std::vector<Entry*> entries;
    entries.reserve(items.size());
    for (const Item& item : items) entries.push_back(item.entry);
    return entries;
  }

  KeyMap<Entry> map_;
  std::vector<std::uint32_t> dirty_;  // indexes of entries
};

}  // namespace weir::detail
