#include <utility>

#include "runtime/ports/plugin_host.hpp"

namespace weir::runtime {

SourceChunk::SourceChunk(const weir_chunk& chunk) : chunk_(chunk) {
  if (chunk.batch != nullptr) batch_ = Batch::adopt(chunk.batch);
  if (chunk.position.data != nullptr) {
    position_.assign(reinterpret_cast<const char*>(chunk.position.data), chunk.position.size);
  }
}

SourceChunk::SourceChunk(SourceChunk&& other) noexcept
    : chunk_(std::exchange(other.chunk_, weir_chunk{})),
      batch_(std::move(other.batch_)),
      position_(std::move(other.position_)) {}

SourceChunk& SourceChunk::operator=(SourceChunk&& other) noexcept {
  std::swap(chunk_, other.chunk_);
  std::swap(batch_, other.batch_);
  std::swap(position_, other.position_);
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
