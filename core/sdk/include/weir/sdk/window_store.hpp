// A store of one value per window and key, for windows that close in the order of their starts.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "weir/sdk/codec.hpp"
#include "weir/sdk/overlay.hpp"
#include "weir/sdk/store_base.hpp"
#include "weir/sdk/window_set.hpp"

namespace weir {

template <typename V, typename C>
class WindowStore;

// What was in a window that has closed, in key order: what memory held and what the host holds, together; without what
// was given out when the window was sealed. Owns its part of the memory; the store may go on meanwhile.
template <typename V, typename C = Codec<V>>
class ClosedWindow {
 public:
  std::int64_t start() const { return start_; }
  // The next entry; null at the end. Valid until the next call.
  const V* next(std::string_view& key) {
    while (true) {
      if (at_ + kAhead < order_.size()) detail::fetchAhead(*order_[at_ + kAhead]);
      while (at_ < order_.size() && !order_[at_]->present) ++at_;  // looked up in vain
      if (!complete_ && page_ == pages_.size() && !scanned_) scan();
      const bool memory = at_ < order_.size();
      const bool host = page_ < pages_.size();
      if (!memory && !host) return nullptr;
      if (memory && (!host || order_[at_]->key.view() <= pages_[page_].first)) {
        if (host && order_[at_]->key.view() == pages_[page_].first) ++page_;  // older than what is in memory
        const detail::OverlayEntry<V>& entry = *order_[at_++];
        key = entry.key.view();
        if (seals_) store_->keepSealed(start_, entry);
        if (!entry.sealed) return &entry.value;
      } else {
        current_ = std::move(pages_[page_++]);
        key = current_.first;
        if (seals_) store_->keepSealed(start_, key);
        return &current_.second;
      }
    }
  }

 private:
  friend class WindowStore<V, C>;
  static constexpr std::size_t kPage = 1024;
  static constexpr std::size_t kAhead = detail::Overlay<V>::kAhead;

  void scan() {
    pages_.clear();
    page_ = 0;
    while (pages_.empty() && !scanned_) scanned_ = !store_->scanPage(start_, lastScanned_, kPage, pages_);
  }

  WindowStore<V, C>* store_ = nullptr;
  std::int64_t start_ = 0;
  bool complete_ = true;
  bool seals_ = false;  // what is given out stays in the store as a key
  detail::Overlay<V> overlay_;
  std::vector<detail::OverlayEntry<V>*> order_;
  std::size_t at_ = 0;
  std::vector<std::pair<std::string, V>> pages_;
  std::size_t page_ = 0;
  std::string lastScanned_;
  bool scanned_ = false;
  std::pair<std::string, V> current_;
};

// Keys are bytes of KeyEncoder or StateKeyWriter. In the host an entry lies in the time segment of its window,
// under (window start, key); whole segments go when all their windows have closed. A window that opens and
// closes between two commits never leaves memory.
//
// How far windows have closed is part of the store: after a restart a closed window stays closed.
//
// At the end of a run's input, windows that time has not closed are *sealed*: what is in them is given out, and of each
// entry only the key stays, until the window closes. So nothing is given out twice, and what else comes to the window
// is taken in as ever. In the host such an entry is one with an empty value; codecs write at least a byte.
template <typename V, typename C = Codec<V>>
class WindowStore final : public detail::StoreBase {
 public:
  // `segment`: length of a time segment in microseconds. Take a few lengths of the window, plus its grace.
  WindowStore(Context& context, std::string_view name, std::int64_t segment, C codec = {})
      : StoreBase(context, name), segment_(segment < 1 ? 1 : segment), codec_(std::move(codec)) {}

  // The value to change, V{} when there was none; null when the entry is sealed: it has been given out, and whatever
  // comes for it is late. `start` must be after closedUpTo. Valid until the next call on this store.
  V* at(std::int64_t start, std::string_view key) {
    Window& window = open(start);
    auto [entry, fresh] = window.overlay.insert(key);
    if (fresh) ++generation_;
    if (fresh && !window.complete) entry = fetchOne(window, key);
    windows_.touch(window);
    if (entry->sealed) return nullptr;
    entry->present = true;
    window.overlay.touch(*entry);
    return &entry->value;
  }
  // A value that `at` gave stays where it is, and counts as changed, until this number is another one: ask
  // after `at`.
  std::uint64_t generation() const { return generation_; }
  // For speed alone, where a window is too large for the processor's cache: `expect` for some keys of the window that
  // `at` was asked for last, then `expectEntry` with what that answered, then `at`.
  bool isWide() const { return last_ != nullptr && last_->overlay.size() >= kWide; }
  std::uint32_t expect(std::string_view key) const { return last_->overlay.expect(key); }
  void expectEntry(std::uint32_t hash) const { last_->overlay.expectEntry(hash); }
  // Whether `want` and `fetch` have anything to do: not while everything is in memory.
  bool needsFetch() const { return windows_.incomplete() != 0; }
  // Names an entry that `at` will be asked for; `fetch` gets all of them in one call for each segment.
  void want(std::int64_t start, std::string_view key) {
    if (!needsFetch()) return;
    Window* window = findWindow(start);
    if (window == nullptr || window->complete || window->overlay.find(key) != nullptr) return;
    wanted_.emplace_back(start, key);
  }
  void fetch() {
    if (wanted_.empty()) return;
    std::sort(wanted_.begin(), wanted_.end());
    wanted_.erase(std::unique(wanted_.begin(), wanted_.end()), wanted_.end());
    for (std::size_t first = 0; first < wanted_.size();) {
      const std::int64_t segment = segmentOf(wanted_[first].first);
      std::size_t last = first;
      while (last < wanted_.size() && segmentOf(wanted_[last].first) == segment) ++last;
      fetchSegment(segment, first, last);
      first = last;
    }
    wanted_.clear();
  }

  // Start of the first window that is open; INT64_MAX: none.
  std::int64_t firstOpen() const { return windows_.empty() ? INT64_MAX : windows_.firstStart(); }
  std::size_t openCount() const { return windows_.size(); }
  // Start of the next open window after this one; INT64_MAX: there is none.
  std::int64_t openAfter(std::int64_t start) const { return windows_.startAfter(start); }
  // Every window with a start at or before this is closed; INT64_MIN: none is.
  std::int64_t closedUpTo() const { return closedUpTo_; }

  // Closes the first open window and takes it out of the store. Precondition: firstOpen() != INT64_MAX.
  ClosedWindow<V, C> closeFirst() {
    ++generation_;
    Window window = windows_.takeFirst();
    last_ = nullptr;
    closeUpTo(window.start);
    ClosedWindow<V, C> closed;
    closed.store_ = this;
    closed.start_ = window.start;
    closed.complete_ = window.complete;
    closed.overlay_ = std::move(window.overlay);
    closed.order_ = closed.overlay_.sorted();
    return closed;
  }
  // Gives out what is in the open window with this start and has not been given out before, and keeps the keys: see
  // above. Ask for all of it before anything else is done with the store.
  ClosedWindow<V, C> sealWindow(std::int64_t start) {
    ++generation_;
    Window& window = *findWindow(start);
    windows_.touch(window);
    ClosedWindow<V, C> sealed;
    sealed.store_ = this;
    sealed.start_ = window.start;
    sealed.complete_ = window.complete;
    sealed.seals_ = true;
    sealed.overlay_ = std::exchange(window.overlay, {});
    sealed.order_ = sealed.overlay_.sorted();
    return sealed;
  }
  // Windows up to this start are closed, those that never held a row too. Open ones must have been taken out.
  void closeUpTo(std::int64_t start) {
    if (start <= closedUpTo_) return;
    closedUpTo_ = start;
    closedDirty_ = true;
  }

  void load() override {
    ++generation_;
    windows_.clear();
    last_ = nullptr;
    const std::vector<std::int64_t> segments = hostSegments();
    if (!segments.empty() && segments.back() == kMetaSegment) {
      hostScan(kMetaSegment, kClosedKey, {}, [&](std::string_view, std::string_view value) {
        closedUpTo_ = Codec<std::int64_t>().read(value);
        return false;
      });
    }
    for (const std::int64_t segment : segments) {
      if (segment != kMetaSegment) loadSegment(segment);
    }
    droppedBelow_ = closedUpTo_ == INT64_MIN ? INT64_MIN : segmentOf(closedUpTo_ + 1);
  }

  void trim() override {
    windows_.settle();
    const std::size_t used = windows_.bytes() + windows_.shellBytes();
    const std::size_t allowed = budgetFor(used);
    if (used <= allowed) return;
    const std::size_t kept = windows_.dirty() + unserved();
    if (windows_.entries() >= kept + windows_.entries() / 8 + 1) {
      ++generation_;
      // A good deal at a time, so that the next calls find room.
      const std::size_t target = allowed - allowed / 8;
      windows_.evict(target > windows_.shellBytes() ? target - windows_.shellBytes() : 0,
                     [this](std::uint32_t sequence) { return served(sequence); });
    }
    if (bytes() <= budgetFor(bytes())) return;
    // A commit frees nothing of the windows themselves.
    if (windows_.dirty() != 0 && windows_.bytes() > allowed / 8) wantCommit();
  }

  void prepareCommit(std::uint64_t epoch) override {
    ++generation_;
    puts_.clear();
    std::size_t entries = 0;
    for (Window* const window : windows_.takeChanged()) {
      const std::int64_t segment = segmentOf(window->start);
      const std::vector<Entry*> changed = window->overlay.takeDirty(nextSequence());
      if (!changed.empty()) window->sequence = nextSequence();
      for (std::size_t i = 0; i < changed.size(); ++i) {
        if (i + kAhead < changed.size()) detail::fetchAhead(*changed[i + kAhead]);
        if (puts_.isFull()) handOver(puts_);
        puts_.begin(segment);
        appendStart(puts_.bytes(), window->start);
        puts_.bytes().append(changed[i]->key.view());
        puts_.endKey();
        if (!changed[i]->sealed) codec_.write(changed[i]->value, puts_.bytes());
        puts_.endValue();
      }
      entries += changed.size();
      windows_.measure(*window);
    }
    if (closedDirty_) {
      puts_.begin(kMetaSegment);
      puts_.bytes().append(kClosedKey);
      puts_.endKey();
      Codec<std::int64_t>().write(closedUpTo_, puts_.bytes());
      puts_.endValue();
    }
    handOver(puts_);
    const std::int64_t below = closedUpTo_ == INT64_MIN ? INT64_MIN : segmentOf(closedUpTo_ + 1);
    if (closedDirty_ && below > droppedBelow_) {
      hostDropBelow(below);
      droppedBelow_ = below;
    }
    closedDirty_ = false;
    prepared(epoch, entries);
  }

  // For tests and figures: as of the last `trim`.
  std::size_t cached() const { return windows_.entries(); }
  std::size_t dirty() const { return windows_.dirty(); }
  std::size_t bytes() const { return windows_.bytes() + windows_.shellBytes(); }

 private:
  friend class ClosedWindow<V, C>;
  using Entry = detail::OverlayEntry<V>;
  using Window = detail::OpenWindow<V>;
  // The store's own entries live in a segment that never expires.
  static constexpr std::int64_t kMetaSegment = INT64_MAX;
  static constexpr std::string_view kClosedKey = "closed";
  static constexpr std::size_t kStartSize = 8;
  static constexpr std::size_t kWide = 8192;
  static constexpr std::size_t kNarrow = 64;  // entries that cost less to read than a call for the next window
  static constexpr std::size_t kAhead = detail::Overlay<V>::kAhead;

  std::int64_t segmentOf(std::int64_t start) const {
    const std::int64_t whole = start / segment_;
    return whole * segment_ > start ? whole - 1 : whole;
  }
  static void appendStart(std::string& out, std::int64_t start) {
    char bytes[kStartSize];
    StateKeyWriter::big(bytes, StateKeyWriter::flip(start));
    out.append(bytes, kStartSize);
  }
  static std::string hostKey(std::int64_t start, std::string_view key) {
    std::string out;
    appendStart(out, start);
    return out.append(key);
  }
  static std::int64_t startOf(std::string_view hostKey) {
    if (hostKey.size() < kStartSize) throw FatalError("A window in state has a damaged key.");
    std::uint64_t bits;
    std::memcpy(&bits, hostKey.data(), kStartSize);
    return static_cast<std::int64_t>(__builtin_bswap64(bits) ^ (1ULL << 63));
  }

  Window* findWindow(std::int64_t start) {
    if (last_ != nullptr && last_->start == start) return last_;
    Window* const window = windows_.find(start);
    if (window != nullptr) last_ = window;
    return window;
  }
  Window& open(std::int64_t start) {
    if (Window* window = findWindow(start)) return *window;
    if (start <= closedUpTo_ && closedUpTo_ != INT64_MIN) {
      throw FatalError("The window that starts at " + std::to_string(start) +
                       " is closed; the row should have been late.");
    }
    return *(last_ = &windows_.open(start));
  }

  // Reads through narrow windows, and jumps over the rest of wide ones.
  void loadSegment(std::int64_t segment) {
    std::string from = closedUpTo_ == INT64_MIN ? std::string() : hostKey(closedUpTo_ + 1, {});
    for (bool more = true; more;) {
      more = false;
      std::optional<std::int64_t> start;
      std::size_t read = 0;  // of this window
      hostScan(segment, from, {}, [&](std::string_view key, std::string_view) {
        const std::int64_t found = startOf(key);
        if (found != start) {
          start = found;
          read = 0;
          windows_.markIncomplete(open(found));
        }
        more = ++read == kNarrow && found != INT64_MAX;
        return !more;
      });
      if (more) from = hostKey(*start + 1, {});
    }
  }
  // Looks at up to `limit` entries of a window after `after`, which moves on, and appends those that are not sealed.
  // False: there are no more.
  bool scanPage(std::int64_t start, std::string& after, std::size_t limit,
                std::vector<std::pair<std::string, V>>& out) {
    std::string from = hostKey(start, after);
    if (!after.empty()) from.push_back('\0');  // the next possible key
    const std::string to = start == INT64_MAX ? std::string() : hostKey(start + 1, {});
    std::size_t seen = 0;
    hostScan(segmentOf(start), from, to, [&](std::string_view key, std::string_view value) {
      after = key.substr(kStartSize);
      if (!value.empty()) out.emplace_back(after, codec_.read(value));
      return ++seen < limit;
    });
    return seen == limit;
  }
  // An entry of a window that is being sealed has been given out.
  void keepSealed(std::int64_t start, std::string_view key) {
    Window& window = *findWindow(start);
    Entry& entry = *window.overlay.insert(key).first;
    entry.present = true;
    entry.sealed = true;
    window.overlay.touch(entry);
    windows_.touch(window);
  }
  // The same of one that was in memory, and perhaps sealed before.
  void keepSealed(std::int64_t start, const Entry& old) {
    if (!old.sealed || old.dirty) {
      keepSealed(start, old.key.view());
      return;
    }
    Entry& entry = *findWindow(start)->overlay.insert(old.key.view()).first;
    entry.present = true;
    entry.sealed = true;
    entry.sequence = old.sequence;
  }
  void readInto(Entry& entry, const weir_slice& value) const {
    entry.sealed = value.size == 0;
    if (!entry.sealed) entry.value = codec_.read(toView(value));
  }
  Entry* fetchOne(Window& window, std::string_view key) {
    const std::string full = hostKey(window.start, key);
    const weir_slice slice = toSlice(full);
    hostGet(segmentOf(window.start), {&slice, 1}, values_);
    Entry* entry = window.overlay.find(key);
    if (values_[0].data != nullptr) readInto(*entry, values_[0]);
    return entry;
  }
  void fetchSegment(std::int64_t segment, std::size_t first, std::size_t last) {
    ++generation_;
    std::vector<std::string> full;
    for (std::size_t i = first; i < last; ++i) full.push_back(hostKey(wanted_[i].first, wanted_[i].second));
    keys_.clear();
    for (const std::string& key : full) keys_.push_back(toSlice(key));
    hostGet(segment, keys_, values_);
    for (std::size_t i = first; i < last; ++i) {
      Window& window = *findWindow(wanted_[i].first);
      const auto [entry, fresh] = window.overlay.insert(wanted_[i].second);
      windows_.touch(window);
      const weir_slice value = values_[i - first];
      if (fresh && value.data != nullptr) {
        readInto(*entry, value);
        entry->present = true;
      }
    }
  }

  std::int64_t segment_;
  C codec_;
  detail::WindowSet<V, C> windows_{codec_};
  Window* last_ = nullptr;
  std::uint64_t generation_ = 1;
  std::int64_t closedUpTo_ = INT64_MIN;
  bool closedDirty_ = false;
  std::int64_t droppedBelow_ = INT64_MIN;
  std::vector<std::pair<std::int64_t, std::string>> wanted_;
  std::vector<weir_slice> keys_;
  std::vector<weir_slice> values_;
  detail::PutBuffer puts_;
};

}  // namespace weir
