// Pixmaps by key, the least used of which go when they are more than a number of bytes.
#pragma once

#include <QPixmap>
#include <cstddef>
#include <cstdint>
#include <list>
#include <unordered_map>

namespace weir::designer {

struct PixmapKey {
  std::uint64_t what = 0;  // made by whoever paints it
  std::uint64_t scale = 0;

  friend bool operator==(const PixmapKey&, const PixmapKey&) = default;
};

class PixmapCache {
 public:
  explicit PixmapCache(std::size_t mostBytes) : mostBytes_(mostBytes) {}

  // Valid until the next insert; null: there is none.
  const QPixmap* find(const PixmapKey& key);
  const QPixmap& insert(const PixmapKey& key, QPixmap pixmap);
  void clear();

  std::size_t bytes() const { return bytes_; }
  std::size_t count() const { return entries_.size(); }

 private:
  struct Entry {
    PixmapKey key;
    QPixmap pixmap;
    std::size_t bytes;
  };
  struct Hash {
    std::size_t operator()(const PixmapKey& key) const { return key.what * 0x9E3779B97F4A7C15U ^ key.scale; }
  };

  std::list<Entry> entries_;  // the last used first
  std::unordered_map<PixmapKey, std::list<Entry>::iterator, Hash> byKey_;
  std::size_t mostBytes_;
  std::size_t bytes_ = 0;
};

}  // namespace weir::designer
