#include "designer/ui/canvas/paint/pixmap_cache.hpp"

#include <utility>

namespace weir::designer {

const QPixmap* PixmapCache::find(const PixmapKey& key) {
  const auto found = byKey_.find(key);
  if (found == byKey_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return &found->second->pixmap;
}

const QPixmap& PixmapCache::insert(const PixmapKey& key, QPixmap pixmap) {
  const std::size_t bytes = static_cast<std::size_t>(pixmap.width()) * static_cast<std::size_t>(pixmap.height()) *
                            static_cast<std::size_t>(pixmap.depth()) / 8;
  if (const auto old = byKey_.find(key); old != byKey_.end()) {
    bytes_ -= old->second->bytes;
    entries_.erase(old->second);
    byKey_.erase(old);
  }
  entries_.push_front({key, std::move(pixmap), bytes});
  byKey_.emplace(key, entries_.begin());
  bytes_ += bytes;
  while (bytes_ > mostBytes_ && entries_.size() > 1) {
    bytes_ -= entries_.back().bytes;
    byKey_.erase(entries_.back().key);
    entries_.pop_back();
  }
  return entries_.front().pixmap;
}

void PixmapCache::clear() {
  entries_.clear();
  byKey_.clear();
  bytes_ = 0;
}

}  // namespace weir::designer
