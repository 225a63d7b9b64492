// Growing memory that is not zeroed: what column blocks are written into.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

namespace weir::runtime {

class ByteBuffer {
 public:
  std::size_t size() const { return size_; }
  const std::byte* data() const { return bytes_.get(); }
  void clear() { size_ = 0; }
  // Makes room for `count` more bytes, and `slack` beyond them that a writer may overwrite.
  void reserve(std::size_t count, std::size_t slack = 0) {
    if (size_ + count + slack > capacity_) grow(size_ + count + slack);
  }
  // Appends `count` bytes and answers where they begin; they are to be written by the caller.
  std::byte* extend(std::size_t count) {
    reserve(count);
    std::byte* at = bytes_.get() + size_;
    size_ += count;
    return at;
  }
  void append(const void* from, std::size_t count) {
    if (count != 0) std::memcpy(extend(count), from, count);
  }

 private:
  struct Free {
    void operator()(std::byte* bytes) const { std::free(bytes); }
  };

  void grow(std::size_t atLeast) {
    std::size_t capacity = capacity_ < 64 ? 64 : capacity_ * 2;
    if (capacity < atLeast) capacity = atLeast;
    auto* grown = static_cast<std::byte*>(std::realloc(bytes_.get(), capacity));
    if (grown == nullptr) throw std::bad_alloc();
    static_cast<void>(bytes_.release());
    bytes_.reset(grown);
    capacity_ = capacity;
  }

  std::unique_ptr<std::byte, Free> bytes_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace weir::runtime
