// Buffers for chunks: lent to the host, which gives them back from any thread.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "weir/sdk/operators.hpp"

namespace weir::file {

// Bytes without initialisation.
struct Bytes {
  std::unique_ptr<char[]> data;
  std::size_t size = 0;

  // Makes room for `least` bytes and keeps the first `kept`.
  void grow(std::size_t least, std::size_t kept) {
    if (least <= size) return;
    auto larger = std::make_unique_for_overwrite<char[]>(least);
    if (kept != 0) std::memcpy(larger.get(), data.get(), kept);
    data = std::move(larger);
    size = least;
  }
};

// [any] Keeps a few buffers of the usual size for the next chunks.
class BufferPool {
 public:
  explicit BufferPool(std::size_t usual) : usual_(usual) {}

  Bytes take() {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        Bytes bytes = std::move(free_.back());
        free_.pop_back();
        return bytes;
      }
    }
    Bytes bytes;
    bytes.grow(usual_, 0);
    return bytes;
  }
  void give(Bytes bytes) {
    constexpr std::size_t kKept = 8;
    const std::lock_guard lock(mutex_);
    // Larger ones held a long line: they go, so that one long line does not cost memory for ever.
    if (free_.size() < kKept && bytes.size == usual_) free_.push_back(std::move(bytes));
  }

 private:
  const std::size_t usual_;
  std::mutex mutex_;
  std::vector<Bytes> free_;
};

// A buffer on its way. Shares the pool, because the host may give it back after the source is gone.
class PooledBuffer final : public ChunkBuffer {
 public:
  explicit PooledBuffer(std::shared_ptr<BufferPool> pool) : pool_(std::move(pool)), bytes_(pool_->take()) {}
  ~PooledBuffer() override { pool_->give(std::move(bytes_)); }
  Bytes& bytes() { return bytes_; }

 private:
  std::shared_ptr<BufferPool> pool_;
  Bytes bytes_;
};

}  // namespace weir::file
