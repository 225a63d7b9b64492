// A store of one value per key.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "weir/sdk/codec.hpp"
#include "weir/sdk/overlay.hpp"
#include "weir/sdk/store_base.hpp"

namespace weir {

// K: a type with a KeyCodec, a tuple of such, or EncodedKey. V: a type with a Codec.
//
//   ValueStore<std::string, std::int64_t> counts_{context(), "counts"};
//   ++counts_.at(word);
//
// With more keys than memory, name the keys of a batch before you work on it, so that one call fetches all that are
// missing:
//   for each row: counts_.want(word);  counts_.fetch();  for each row: ++counts_.at(word);
template <typename K, typename V, typename C = Codec<V>>
class ValueStore final : public detail::StoreBase {
 public:
  ValueStore(Context& context, std::string_view name, C codec = {})
      : StoreBase(context, name), codec_(std::move(codec)) {}

  // The value, or null. Valid until the next call on this store. Change it through `at` or `put` only.
  template <typename Key>
  const V* find(const Key& key) {
    Entry* entry = lookUp(detail::StoreKey<K>::write(writer_, key));
    if (entry == nullptr || !entry->present) return nullptr;
    entry->touched = true;
    return &entry->value;
  }
  // The value to change, V{} when there was none. Valid until the next call on this store.
  template <typename Key>
  V& at(const Key& key) {
    Entry& entry = forWriting(detail::StoreKey<K>::write(writer_, key), true);
    if (!entry.present) entry.value = V{};
    entry.present = true;
    return entry.value;
  }
  template <typename Key>
  void put(const Key& key, V value) {
    Entry& entry = forWriting(detail::StoreKey<K>::write(writer_, key), false);
    entry.present = true;
    entry.value = std::move(value);
  }
  template <typename Key>
  void erase(const Key& key) {
    Entry& entry = forWriting(detail::StoreKey<K>::write(writer_, key), false);
    entry.present = false;
    entry.value = V{};
  }

  // Names a key that will be read; does nothing while everything is in memory.
  template <typename Key>
  void want(const Key& key) {
    if (complete_) return;
    const std::string_view bytes = detail::StoreKey<K>::write(writer_, key);
    if (overlay_.find(bytes) == nullptr) wanted_.emplace_back(bytes);
  }
  // Fetches every wanted key that is not in memory, in one call.
  void fetch() {
    if (wanted_.empty()) return;
    std::sort(wanted_.begin(), wanted_.end());
    wanted_.erase(std::unique(wanted_.begin(), wanted_.end()), wanted_.end());
    keys_.clear();
    for (const std::string& key : wanted_) keys_.push_back(toSlice(key));
    hostGet(0, keys_, values_);
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      const auto [entry, fresh] = overlay_.insert(wanted_[i]);
      if (fresh && values_[i].data != nullptr) {
        entry->value = codec_.read(toView(values_[i]));
        entry->present = true;
      }
    }
    wanted_.clear();
  }

  void load() override { complete_ = hostSegments().empty(); }
  void trim() override {
    if (!overBudget(overlay_.bytes(codec_))) return;
    // Walking the overlay is worth it only where an eighth of it may go.
    const std::size_t kept = overlay_.dirtyCount() + unserved();
    if (overlay_.size() < kept + overlay_.size() / 8 + 1) {
      if (overlay_.dirtyCount() != 0) wantCommit();
      return;
    }
    const auto isServed = [this](std::uint32_t sequence) { return served(sequence); };
    complete_ = !overlay_.evict(true, isServed) && complete_;
    if (overBudget(overlay_.bytes(codec_))) complete_ = !overlay_.evict(false, isServed) && complete_;
    if (overlay_.dirtyCount() != 0 && overBudget(overlay_.bytes(codec_))) wantCommit();
  }
  void prepareCommit(std::uint64_t epoch) override {
    puts_.clear();
    const std::vector<Entry*> changed = overlay_.takeDirty(nextSequence());
    for (const Entry* entry : changed) {
      if (puts_.isFull()) handOver(puts_);
      puts_.begin(0);
      puts_.bytes().append(entry->key.view());
      puts_.endKey();
      if (entry->present) {
        codec_.write(entry->value, puts_.bytes());
        puts_.endValue();
      } else {
        puts_.deleted();
      }
    }
    handOver(puts_);
    prepared(epoch, changed.size());
  }
  // Entries in memory, and how many of them are dirty: for tests and figures.
  std::size_t cached() const { return overlay_.size(); }
  std::size_t dirty() const { return overlay_.dirtyCount(); }

 private:
  using Entry = detail::OverlayEntry<V>;

  Entry* lookUp(std::string_view bytes) {
    Entry* entry = overlay_.find(bytes);
    if (entry != nullptr || complete_) return entry;
    wanted_.emplace_back(bytes);
    fetch();
    return overlay_.find(bytes);
  }
  Entry& forWriting(std::string_view bytes, bool needsOld) {
    if (needsOld && !complete_) lookUp(bytes);
    Entry& entry = *overlay_.insert(bytes).first;
    overlay_.touch(entry);
    return entry;
  }

  C codec_;
  detail::Overlay<V> overlay_;
  bool complete_ = false;  // the overlay holds everything there is
  StateKeyWriter writer_;
  std::vector<std::string> wanted_;
  std::vector<weir_slice> keys_;
  std::vector<weir_slice> values_;
  detail::PutBuffer puts_;
};

}  // namespace weir
