// The windows of a WindowStore that are open: by start, and with what they use, without ever walking all of them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

#include "weir/sdk/overlay.hpp"

namespace weir::detail {

template <typename V>
struct OpenWindow {
  std::int64_t start = 0;
  bool complete = true;        // the overlay holds everything of it
  std::uint32_t sequence = 0;  // of the last commit that one of its entries went out with
  Overlay<V> overlay;

 private:
  template <typename, typename>
  friend class WindowSet;
  bool touched = false;  // since the last `settle`
  bool changed = false;  // since the last `takeChanged`
  bool listed = false;
  OpenWindow* older = nullptr;
  OpenWindow* newer = nullptr;
  std::size_t entries = 0;  // these three as last measured
  std::size_t dirty = 0;
  std::size_t bytes = 0;
};

// Windows with something in memory are listed in the order in which they were touched last. Those touched since a
// moment are the end of that list, and what nobody asks for is its beginning.
template <typename V, typename C>
class WindowSet {
 public:
  using Window = OpenWindow<V>;

  explicit WindowSet(const C& codec) : codec_(codec) {}

  bool empty() const { return windows_.empty(); }
  std::size_t size() const { return windows_.size(); }
  std::int64_t firstStart() const { return windows_.begin()->first; }
  // INT64_MAX: there is none.
  std::int64_t startAfter(std::int64_t start) const {
    const auto next = windows_.upper_bound(start);
    return next == windows_.end() ? INT64_MAX : next->first;
  }
  // Windows of which the host holds something that memory does not.
  std::size_t incomplete() const { return incomplete_; }

  Window* find(std::int64_t start) {
    const auto place = windows_.find(start);
    return place == windows_.end() ? nullptr : &place->second;
  }
  Window& open(std::int64_t start) {
    Window& window = windows_[start];
    window.start = start;
    return window;
  }
  // What was in the first window, which is open no more.
  Window takeFirst() {
    const auto first = windows_.begin();
    Window& window = first->second;
    unlist(window);
    entries_ -= window.entries;
    dirty_ -= window.dirty;
    bytes_ -= window.bytes;
    incomplete_ -= window.complete ? 0 : 1;
    Window taken = std::move(window);
    windows_.erase(first);
    return taken;
  }
  void clear() {
    windows_.clear();
    oldest_ = newest_ = nullptr;
    incomplete_ = entries_ = dirty_ = bytes_ = 0;
  }
  void markIncomplete(Window& window) {
    incomplete_ += window.complete ? 1 : 0;
    window.complete = false;
  }

  // Entries of the window are there or dirty that were not.
  void touch(Window& window) {
    if (window.touched) return;
    unlist(window);
    window.older = newest_;
    (newest_ == nullptr ? oldest_ : newest_->newer) = &window;
    newest_ = &window;
    window.listed = window.touched = window.changed = true;
  }
  // Measures the windows touched since the last time; the totals are right after it.
  void settle() {
    for (Window* window = newest_; window != nullptr && window->touched; window = window->older) {
      window->touched = false;
      measure(*window);
    }
  }
  std::size_t entries() const { return entries_; }
  std::size_t dirty() const { return dirty_; }
  // Of what lies in windows, and of the windows themselves, which only closing frees.
  std::size_t bytes() const { return bytes_; }
  std::size_t shellBytes() const { return windows_.size() * (sizeof(typename Map::value_type) + kMapNode); }

  // The windows with dirty entries, by start. They count as clean from here on.
  std::vector<Window*> takeChanged() {
    std::vector<Window*> changed;
    for (Window* window = newest_; window != nullptr && window->changed; window = window->older) {
      window->changed = false;
      changed.push_back(window);
    }
    std::sort(changed.begin(), changed.end(),
              [](const Window* left, const Window* right) { return left->start < right->start; });
    return changed;
  }
  // After the entries of a window were handed over.
  void measure(Window& window) {
    entries_ += window.overlay.size() - window.entries;
    dirty_ += window.overlay.dirtyCount() - window.dirty;
    const std::size_t bytes = window.overlay.size() == 0 ? 0 : window.overlay.bytes(codec_);
    bytes_ += bytes - window.bytes;
    window.entries = window.overlay.size();
    window.dirty = window.overlay.dirtyCount();
    window.bytes = bytes;
  }

  // Lets go of entries that are clean and served by the host, of the windows touched longest ago first, until what lies
  // in windows is no more than `target`. After `settle`.
  template <typename Served>
  void evict(std::size_t target, Served served) {
    for (const bool untouchedOnly : {true, false}) {
      for (Window* window = oldest_; window != nullptr && bytes_ > target;) {
        Window* const next = window->newer;
        evictFrom(*window, untouchedOnly, served);
        window = next;
      }
    }
  }

 private:
  using Map = std::map<std::int64_t, Window>;
  static constexpr std::size_t kMapNode = 48;  // links of the tree and the allocator's part

  void unlist(Window& window) {
    if (!window.listed) return;
    (window.older == nullptr ? oldest_ : window.older->newer) = window.newer;
    (window.newer == nullptr ? newest_ : window.newer->older) = window.older;
    window.older = window.newer = nullptr;
    window.listed = false;
  }
  template <typename Served>
  void evictFrom(Window& window, bool untouchedOnly, Served& served) {
    if (window.dirty == window.entries && window.entries != 0) return;
    if (window.dirty == 0 && served(window.sequence)) {
      if (window.entries != 0) markIncomplete(window);
      window.overlay = {};
    } else if (window.overlay.evict(untouchedOnly, served)) {
      markIncomplete(window);
    }
    measure(window);
    if (window.entries == 0) unlist(window);
  }

  const C& codec_;
  Map windows_;
  Window* oldest_ = nullptr;
  Window* newest_ = nullptr;
  std::size_t incomplete_ = 0;
  std::size_t entries_ = 0;
  std::size_t dirty_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace weir::detail
