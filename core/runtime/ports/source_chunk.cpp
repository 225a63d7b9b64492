#include "core/runtime/ports/source_chunk.hpp"

#include <utility>

#include "weir/sdk/known_part.hpp"
#include "weir/sdk/slice.hpp"

namespace weir::runtime {

namespace {

constexpr std::size_t kMostBytesKept = 64 << 10;  // of one unreadable record

}  // namespace

SourceChunk::SourceChunk(const weir_chunk& chunk) : chunk_(knownPart(&chunk)) {
  if (WEIR_HAS(weir_chunk, &chunk_, watermark)) watermark_ = chunk_.watermark;
  if (chunk_.batch != nullptr) batch_ = Batch::adopt(chunk_.batch);
  if (chunk_.position.data != nullptr) {
    position_.assign(reinterpret_cast<const char*>(chunk_.position.data), chunk_.position.size);
  }
  std::vector<weir_unreadable> copies;
  for (const weir_unreadable& record :
       knownItems(chunk_.unreadable, chunk_.unreadable_count, chunk_.unreadable_size, copies)) {
    const std::string_view bytes = toView(record.bytes).substr(0, kMostBytesKept);
    unreadable_.push_back({std::string(bytes), record.length, record.position, std::string(toView(record.reason))});
  }
}

SourceChunk::SourceChunk(SourceChunk&& other) noexcept
    : chunk_(std::exchange(other.chunk_, weir_chunk{})),
      batch_(std::move(other.batch_)),
      position_(std::move(other.position_)),
      watermark_(other.watermark_),
      unreadable_(std::move(other.unreadable_)) {}

SourceChunk& SourceChunk::operator=(SourceChunk&& other) noexcept {
  std::swap(chunk_, other.chunk_);
  std::swap(batch_, other.batch_);
  std::swap(position_, other.position_);
  std::swap(watermark_, other.watermark_);
  std::swap(unreadable_, other.unreadable_);
  return *this;
}

SourceChunk::~SourceChunk() {
  if (chunk_.release != nullptr) chunk_.release(chunk_.owner);
}

std::string_view SourceChunk::data() const {
  if (chunk_.data.data == nullptr) return {};
  return {reinterpret_cast<const char*>(chunk_.data.data), chunk_.data.size};
}

}  // namespace weir::runtime
