// A store of bytes that is walked in key order: the ground of maps, lists and timers.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "weir/sdk/store_base.hpp"

namespace weir {

// Keys and values are bytes. The typed stores are MapStore, ListStore and TimerStore.
class OrderedStore : public detail::StoreBase {
 public:
  using StoreBase::StoreBase;

  std::optional<std::string> get(std::string_view key) {
    auto place = overlay_.find(key);
    if (place == overlay_.end()) {
      if (complete_) return std::nullopt;
      const weir_slice slice = toSlice(key);
      hostGet(0, {&slice, 1}, values_);
      std::optional<std::string> value;
      if (values_[0].data != nullptr) value = std::string(toView(values_[0]));
      place = remember(std::string(key), {std::move(value), 0, false});
    }
    return place->second.value;
  }
  void put(std::string key, std::string value) { change(std::move(key), std::move(value)); }
  void erase(std::string key) { change(std::move(key), std::nullopt); }

  // Calls visit(key, value) in key order for from <= key < to (`to` empty: no end) until it answers false.
  // The store must not be changed meanwhile.
  template <typename Visit>
  void scan(std::string_view from, std::string_view to, Visit visit) const {
    HostPage page(*this, from, to);
    auto next = overlay_.lower_bound(from);
    for (;;) {
      const bool memory = next != overlay_.end() && (to.empty() || next->first.compare(to) < 0);
      const auto* host = page.current();
      if (!memory && host == nullptr) return;
      if (memory && (host == nullptr || next->first <= host->first)) {
        if (host != nullptr && host->first == next->first) page.advance();
        if (next->second.value && !visit(std::string_view(next->first), std::string_view(*next->second.value))) return;
        ++next;
      } else {
        if (!visit(std::string_view(host->first), std::string_view(host->second))) return;
        page.advance();
      }
    }
  }

  void load() override { complete_ = hostSegments().empty(); }
  void trim() override {
    if (!overBudget(bytes_)) return;
    if (overlay_.size() < dirty_.size() + unserved() + overlay_.size() / 8 + 1) {
      if (!dirty_.empty()) wantCommit();
      return;
    }
    for (auto place = overlay_.begin(); place != overlay_.end();) {
      const bool stays = place->second.dirty || !served(place->second.sequence);
      if (!stays) {
        complete_ = false;
        bytes_ -= bytesOf(*place);
      }
      place = stays ? std::next(place) : overlay_.erase(place);
    }
    if (!dirty_.empty() && overBudget(bytes_)) wantCommit();
  }
  void prepareCommit(std::uint64_t epoch) override {
    puts_.clear();
    std::sort(dirty_.begin(), dirty_.end(), [](auto left, auto right) { return left->first < right->first; });
    for (const Map::iterator place : dirty_) {
      auto& [key, entry] = *place;
      if (puts_.isFull()) handOver(puts_);
      entry.dirty = false;
      entry.sequence = nextSequence();
      puts_.begin(0);
      puts_.bytes().append(key);
      puts_.endKey();
      if (entry.value) {
        puts_.bytes().append(*entry.value);
        puts_.endValue();
      } else {
        puts_.deleted();
      }
    }
    const std::size_t entries = dirty_.size();
    dirty_.clear();
    handOver(puts_);
    prepared(epoch, entries);
  }
  void committed(std::uint64_t epoch) override {
    StoreBase::committed(epoch);
    // What is gone everywhere need not be remembered.
    while (!erased_.empty() && served(erased_.front().second)) {
      const auto place = overlay_.find(erased_.front().first);
      if (place != overlay_.end() && !place->second.dirty && !place->second.value && served(place->second.sequence)) {
        bytes_ -= bytesOf(*place);
        overlay_.erase(place);
      }
      erased_.pop_front();
    }
  }
  std::size_t cached() const { return overlay_.size(); }
  std::size_t dirty() const { return dirty_.size(); }

 private:
  struct Entry {
    std::optional<std::string> value;  // none: known not to exist
    std::uint32_t sequence = 0;        // of the commit that it went out with last
    bool dirty = false;
  };
  using Map = std::map<std::string, Entry, std::less<>>;

  // Entries of the host, a page at a time; nothing while everything is in memory.
  class HostPage {
   public:
    HostPage(const OrderedStore& store, std::string_view from, std::string_view to)
        : store_(&store), from_(from), to_(to), more_(!store.complete_) {}
    const std::pair<std::string, std::string>* current() {
      if (at_ == entries_.size() && more_) read();
      return at_ == entries_.size() ? nullptr : &entries_[at_];
    }
    void advance() { ++at_; }

   private:
    void read() {
      entries_.clear();
      at_ = 0;
      store_->hostScan(0, from_, to_, [this](std::string_view key, std::string_view value) {
        entries_.emplace_back(key, value);
        return entries_.size() < limit_;
      });
      more_ = entries_.size() == limit_;
      limit_ = 256;
      if (more_) from_ = entries_.back().first + '\0';
    }
    const OrderedStore* store_;
    std::string from_;
    std::string to_;
    bool more_;
    std::size_t limit_ = 16;  // many scans want the first entry only
    std::vector<std::pair<std::string, std::string>> entries_;
    std::size_t at_ = 0;
  };

  static std::size_t bytesOf(const Map::value_type& entry) {
    constexpr std::size_t kNode = sizeof(Map::value_type) + 48;  // links of the tree and the allocator's part
    return kNode + entry.first.size() + (entry.second.value ? entry.second.value->size() : 0);
  }
  Map::iterator remember(std::string key, Entry entry) {
    const auto place = overlay_.emplace(std::move(key), std::move(entry)).first;
    bytes_ += bytesOf(*place);
    return place;
  }
  void change(std::string key, std::optional<std::string> value) {
    auto place = overlay_.find(key);
    if (place == overlay_.end()) {
      if (!value && complete_) return;  // there is nothing to erase
      place = remember(std::move(key), {});
    }
    bytes_ -= bytesOf(*place);
    place->second.value = std::move(value);
    bytes_ += bytesOf(*place);
    if (!place->second.dirty) dirty_.push_back(place);
    place->second.dirty = true;
    if (!place->second.value) erased_.emplace_back(place->first, nextSequence());
  }

  Map overlay_;
  std::deque<std::pair<std::string, std::uint32_t>> erased_;  // key and the commit that erases it
  std::vector<weir_slice> values_;
  detail::PutBuffer puts_;
  std::vector<Map::iterator> dirty_;  // dirty entries stay where they are
  std::size_t bytes_ = 0;
  bool complete_ = false;  // the overlay holds everything there is
};

}  // namespace weir
