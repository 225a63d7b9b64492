// A growing array without initialisation, whose memory a finished column takes over as it is.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <utility>

namespace weir::json {

// T is trivially copyable.
template <typename T>
class Buffer {
 public:
  Buffer() = default;
  Buffer(Buffer&& other) noexcept
      : data_(std::move(other.data_)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  Buffer& operator=(Buffer&& other) noexcept {
    data_ = std::move(other.data_);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
    return *this;
  }

  T* data() { return data_.get(); }
  const T* data() const { return data_.get(); }
  std::size_t size() const { return size_; }
  T& operator[](std::size_t index) { return data_[index]; }
  T operator[](std::size_t index) const { return data_[index]; }

  void push(T value) {
    if (size_ == capacity_) [[unlikely]]
      grow(size_ + 1);
    data_[size_++] = value;
  }
  // Room for `count` more; the caller writes there and tells with `setSize` how much it used.
  T* room(std::size_t count) {
    if (capacity_ - size_ < count) [[unlikely]]
      grow(size_ + count);
    return data_.get() + size_;
  }
  void append(const T* values, std::size_t count) {
    if (count == 0) return;
    std::memcpy(room(count), values, count * sizeof(T));
    size_ += count;
  }
  void setSize(std::size_t size) { size_ = size; }
  void reserve(std::size_t count) {
    if (count > capacity_) grow(count);
  }

 private:
  [[gnu::noinline]] void grow(std::size_t least) {
    const std::size_t capacity = std::max({least, capacity_ * 2, std::size_t{64}});
    auto larger = std::make_unique_for_overwrite<T[]>(capacity);
    if (size_ != 0) std::memcpy(larger.get(), data_.get(), size_ * sizeof(T));
    data_ = std::move(larger);
    capacity_ = capacity;
  }

  std::unique_ptr<T[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace weir::json
