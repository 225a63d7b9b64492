// What evaluation works on: vectors of values indexed by physical row, and the scratch memory behind them.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/expr/decimal.hpp"
#include "core/expr/expr.hpp"

namespace weir::expr {

// The rows to compute: `count` ascending physical indexes, or without `index` all of [0, count).
struct Rows {
  const std::uint32_t* index = nullptr;
  std::uint32_t count = 0;

  template <typename F>
  void each(F&& f) const {
    if (index == nullptr) {
      for (std::uint32_t row = 0; row < count; ++row) f(row);
    } else {
      for (std::uint32_t i = 0; i < count; ++i) f(index[i]);
    }
  }
};

// Memory blocks that are used again, batch after batch.
class Pool {
 public:
  static constexpr std::align_val_t kAlignment{64};
  struct Free {
    void operator()(std::byte* block) const { ::operator delete[](block, kAlignment); }
  };
  using Block = std::unique_ptr<std::byte[], Free>;

  // The exponent of the smallest power of two, from 1024, that holds so many bytes.
  static std::size_t sizeClass(std::size_t bytes) { return std::bit_width((bytes == 0 ? 0 : bytes - 1) | 1023); }
  Block take(std::size_t sizeClass) {
    std::vector<Block>& stack = free_[sizeClass];
    if (stack.empty()) {
      return Block(static_cast<std::byte*>(::operator new[](std::size_t{1} << sizeClass, kAlignment)));
    }
    Block block = std::move(stack.back());
    stack.pop_back();
    return block;
  }
  void give(std::size_t sizeClass, Block block) { free_[sizeClass].push_back(std::move(block)); }

 private:
  std::array<std::vector<Block>, 64> free_;
};

// A block on loan; goes back to its pool.
class Buffer {
 public:
  Buffer() = default;
  Buffer(Pool& pool, std::size_t bytes)
      : pool_(&pool), sizeClass_(Pool::sizeClass(bytes)), block_(pool.take(sizeClass_)) {}
  Buffer(Buffer&& other) noexcept
      : pool_(std::exchange(other.pool_, nullptr)), sizeClass_(other.sizeClass_), block_(std::move(other.block_)) {}
  Buffer& operator=(Buffer&& other) noexcept {
    std::swap(pool_, other.pool_);
    std::swap(sizeClass_, other.sizeClass_);
    std::swap(block_, other.block_);
    return *this;
  }
  ~Buffer() {
    if (pool_ != nullptr) pool_->give(sizeClass_, std::move(block_));
  }
  explicit operator bool() const { return pool_ != nullptr; }
  template <typename T>
  T* as() const {
    return reinterpret_cast<T*>(block_.get());
  }

 private:
  Pool* pool_ = nullptr;
  std::size_t sizeClass_ = 0;
  Pool::Block block_;
};

// Bytes of the strings that one evaluation makes.
class Arena {
 public:
  // Beyond this the rows of one batch fail: a column cannot hold more than 2 GiB.
  static constexpr std::size_t kMaxBytes = std::size_t{1} << 30;

  // Null when the evaluation has made too much already.
  char* allocate(std::size_t bytes) {
    if (bytes > left_ || next_ == nullptr) {
      if (total_ + bytes > kMaxBytes) return nullptr;
      const std::size_t size = bytes > kChunk ? bytes : kChunk;
      chunks_.push_back(std::make_unique_for_overwrite<char[]>(size));
      next_ = chunks_.back().get();
      left_ = size;
      total_ += size;
    }
    left_ -= bytes;
    return std::exchange(next_, next_ + bytes);
  }
  // Makes the first chunk free again and gives the others back.
  void reset() {
    if (chunks_.empty()) return;
    if (total_ != kChunk) {
      chunks_.clear();
      chunks_.push_back(std::make_unique_for_overwrite<char[]>(kChunk));
    }
    next_ = chunks_.front().get();
    left_ = kChunk;
    total_ = kChunk;
  }

 private:
  static constexpr std::size_t kChunk = 64 * 1024;
  std::vector<std::unique_ptr<char[]>> chunks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t total_ = 0;
};

// One evaluation.
struct Frame {
  const weir_batch* batch;  // null while constants are folded
  std::uint32_t rowCount;
  Pool& pool;
  Arena& arena;
  std::vector<RowError>& errors;
  std::optional<Error>& failure;  // the first one that is not about rows: nothing of the evaluation counts then
};

// Values by physical row; only the rows that were asked for are defined. In memory a bool is a byte, a string
// a string_view, a decimal may be unaligned (as Arrow allows), anything else its C++ type.
class Vector {
 public:
  Vector() = default;
  // Room for new values.
  static Vector make(Frame& frame, std::size_t width) {
    Vector out;
    out.ownValues_ = Buffer(frame.pool, width * frame.rowCount);
    out.values_ = out.ownValues_.as<std::byte>();
    return out;
  }
  // Values and null marks (or null) that somebody else owns.
  static Vector borrow(const void* values, const std::uint8_t* nulls) {
    Vector out;
    out.values_ = values;
    out.nulls_ = nulls;
    return out;
  }

  const void* values() const { return values_; }
  template <typename T>
  T* mutableValues() {
    return ownValues_.as<T>();
  }
  // A byte per row, 1 for null; without null values nothing.
  const std::uint8_t* nulls() const { return nulls_; }
  bool isNull(std::uint32_t row) const { return nulls_ != nullptr && nulls_[row] != 0; }

  // Null marks of our own, zeroed at `rows` where there were none.
  std::uint8_t* mutableNulls(Frame& frame, Rows rows) {
    if (!ownNulls_) {
      Buffer fresh(frame.pool, frame.rowCount);
      auto* const marks = fresh.as<std::uint8_t>();
      const std::uint8_t* const old = nulls_;
      if (old == nullptr) {
        rows.each([&](std::uint32_t row) { marks[row] = 0; });
      } else {
        rows.each([&](std::uint32_t row) { marks[row] = old[row]; });
      }
      ownNulls_ = std::move(fresh);
      nulls_ = marks;
    }
    return ownNulls_.as<std::uint8_t>();
  }
  // Takes the null marks of `other`, which must outlive this unless it owns them.
  void takeNulls(Vector& other) {
    nulls_ = other.nulls_;
    ownNulls_ = std::move(other.ownNulls_);
  }

 private:
  Buffer ownValues_;
  Buffer ownNulls_;
  const void* values_ = nullptr;
  const std::uint8_t* nulls_ = nullptr;
};

// Typed access to the values of a vector.
template <typename T>
class Values {
 public:
  explicit Values(const Vector& vector) : data_(static_cast<const T*>(vector.values())) {}
  T operator[](std::uint32_t row) const {
    if constexpr (sizeof(T) == sizeof(Decimal) && !std::is_same_v<T, std::string_view>) {
      T value;
      std::memcpy(&value, reinterpret_cast<const std::byte*>(data_) + std::size_t{row} * sizeof(T), sizeof(T));
      return value;
    } else {
      return data_[row];
    }
  }

 private:
  const T* data_;
};

}  // namespace weir::expr
