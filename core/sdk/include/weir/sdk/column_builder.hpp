// Builders of single columns. A finished column is an ArrowArray that owns its buffers.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "weir/abi/arrow.h"

namespace weir {

// An ArrowArray with one owner; moving moves the array.
class OwnedColumn {
 public:
  OwnedColumn() = default;
  explicit OwnedColumn(ArrowArray array) : array_(array) {}
  OwnedColumn(OwnedColumn&& other) noexcept : array_(std::exchange(other.array_, ArrowArray{})) {}
  OwnedColumn& operator=(OwnedColumn&& other) noexcept {
    std::swap(array_, other.array_);
    return *this;
  }
  OwnedColumn(const OwnedColumn&) = delete;
  OwnedColumn& operator=(const OwnedColumn&) = delete;
  ~OwnedColumn() {
    if (array_.release != nullptr) array_.release(&array_);
  }
  const ArrowArray& array() const { return array_; }
  ArrowArray leak() { return std::exchange(array_, ArrowArray{}); }

 private:
  ArrowArray array_{};
};

namespace detail {

// Buffers are vectors of the builder's types, moved here as they are.
template <typename... Buffers>
struct ColumnStorage {
  std::tuple<Buffers...> owned;
  std::vector<std::uint8_t> validity;
  std::array<const void*, 3> buffers{};
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> childPointers;

  static void release(ArrowArray* array) {
    auto* self = static_cast<ColumnStorage*>(array->private_data);
    for (ArrowArray& child : self->children) {
      if (child.release != nullptr) child.release(&child);
    }
    delete self;
    array->release = nullptr;
  }
};

}  // namespace detail

// Validity bits, made only once a null arrives.
class ValidityBuilder {
 public:
  void append(bool valid) {
    if (!valid && bits_.empty()) {
      bits_.assign((count_ + 8) / 8, 0xff);
    }
    if (!bits_.empty()) {
      if (bits_.size() * 8 <= count_) bits_.push_back(0xff);
      if (!valid) bits_[count_ >> 3] &= static_cast<std::uint8_t>(~(1U << (count_ & 7)));
    }
    nulls_ += valid ? 0 : 1;
    ++count_;
  }
  std::size_t count() const { return count_; }
  std::int64_t nulls() const { return nulls_; }
  std::vector<std::uint8_t> take() {
    count_ = 0;
    nulls_ = 0;
    return std::exchange(bits_, {});
  }

 private:
  std::vector<std::uint8_t> bits_;
  std::size_t count_ = 0;
  std::int64_t nulls_ = 0;
};

// T: std::int32_t, std::int64_t, double, Int128.
template <typename T>
class FixedBuilder {
 public:
  void reserve(std::size_t rows) { values_.reserve(rows); }
  std::size_t size() const { return values_.size(); }
  void append(T value) {
    values_.push_back(value);
    validity_.append(true);
  }
  void appendNull() {
    values_.push_back(T{});
    validity_.append(false);
  }
  OwnedColumn finish() {
    using Storage = detail::ColumnStorage<std::vector<T>>;
    auto storage = std::make_unique<Storage>();
    ArrowArray out{};
    out.length = static_cast<std::int64_t>(values_.size());
    out.null_count = validity_.nulls();
    storage->validity = validity_.take();
    std::get<0>(storage->owned) = std::exchange(values_, {});
    storage->buffers = {storage->validity.empty() ? nullptr : storage->validity.data(),
                        std::get<0>(storage->owned).data(), nullptr};
    out.n_buffers = 2;
    out.buffers = storage->buffers.data();
    out.release = Storage::release;
    out.private_data = storage.release();
    return OwnedColumn(out);
  }

 private:
  std::vector<T> values_;
  ValidityBuilder validity_;
};

class BoolBuilder {
 public:
  std::size_t size() const { return validity_.count(); }
  void append(bool value) {
    push(value);
    validity_.append(true);
  }
  void appendNull() {
    push(false);
    validity_.append(false);
  }
  OwnedColumn finish() {
    using Storage = detail::ColumnStorage<std::vector<std::uint8_t>>;
    auto storage = std::make_unique<Storage>();
    ArrowArray out{};
    out.length = static_cast<std::int64_t>(validity_.count());
    out.null_count = validity_.nulls();
    storage->validity = validity_.take();
    std::get<0>(storage->owned) = std::exchange(bits_, {});
    storage->buffers = {storage->validity.empty() ? nullptr : storage->validity.data(),
                        std::get<0>(storage->owned).data(), nullptr};
    out.n_buffers = 2;
    out.buffers = storage->buffers.data();
    out.release = Storage::release;
    out.private_data = storage.release();
    return OwnedColumn(out);
  }

 private:
  void push(bool value) {
    const std::size_t row = validity_.count();
    if (bits_.size() * 8 <= row) bits_.push_back(0);
    if (value) bits_[row >> 3] |= static_cast<std::uint8_t>(1U << (row & 7));
  }
  std::vector<std::uint8_t> bits_;
  ValidityBuilder validity_;
};

// Strings and bytes. A column holds at most 2 GiB of them (Arrow's 32-bit offsets); more throws.
class StringBuilder {
 public:
  StringBuilder() : offsets_(1, 0) {}
  void reserve(std::size_t rows, std::size_t bytes) {
    offsets_.reserve(rows + 1);
    data_.reserve(bytes);
  }
  std::size_t size() const { return offsets_.size() - 1; }
  std::size_t byteCount() const { return data_.size(); }
  void append(std::string_view value) {
    if (data_.size() + value.size() > INT32_MAX) throw std::length_error("a string column is over 2 GiB");
    data_.insert(data_.end(), value.begin(), value.end());
    close(true);
  }
  void appendNull() { close(false); }
  OwnedColumn finish() {
    using Storage = detail::ColumnStorage<std::vector<std::int32_t>, std::vector<char>>;
    auto storage = std::make_unique<Storage>();
    ArrowArray out{};
    out.length = static_cast<std::int64_t>(size());
    out.null_count = validity_.nulls();
    storage->validity = validity_.take();
    storage->owned = {std::exchange(offsets_, std::vector<std::int32_t>(1, 0)), std::exchange(data_, {})};
    storage->buffers = {storage->validity.empty() ? nullptr : storage->validity.data(),
                        std::get<0>(storage->owned).data(), std::get<1>(storage->owned).data()};
    out.n_buffers = 3;
    out.buffers = storage->buffers.data();
    out.release = Storage::release;
    out.private_data = storage.release();
    return OwnedColumn(out);
  }

 private:
  void close(bool valid) {
    offsets_.push_back(static_cast<std::int32_t>(data_.size()));
    validity_.append(valid);
  }
  std::vector<std::int32_t> offsets_;
  std::vector<char> data_;
  ValidityBuilder validity_;
};

// A list column: the caller appends elements to a builder of its own and closes each row here.
class ListBuilder {
 public:
  ListBuilder() : offsets_(1, 0) {}
  // Ends a row whose elements reach up to `elementCount` elements in all.
  void closeRow(std::size_t elementCount, bool valid = true) {
    if (elementCount > INT32_MAX) throw std::length_error("a list column has over 2^31 elements");
    offsets_.push_back(static_cast<std::int32_t>(elementCount));
    validity_.append(valid);
  }
  OwnedColumn finish(OwnedColumn elements) {
    using Storage = detail::ColumnStorage<std::vector<std::int32_t>>;
    auto storage = std::make_unique<Storage>();
    ArrowArray out{};
    out.length = static_cast<std::int64_t>(offsets_.size() - 1);
    out.null_count = validity_.nulls();
    storage->validity = validity_.take();
    std::get<0>(storage->owned) = std::exchange(offsets_, std::vector<std::int32_t>(1, 0));
    storage->buffers = {storage->validity.empty() ? nullptr : storage->validity.data(),
                        std::get<0>(storage->owned).data(), nullptr};
    storage->children.push_back(elements.leak());
    storage->childPointers.push_back(&storage->children.back());
    out.n_buffers = 2;
    out.n_children = 1;
    out.buffers = storage->buffers.data();
    out.children = storage->childPointers.data();
    out.release = Storage::release;
    out.private_data = storage.release();
    return OwnedColumn(out);
  }

 private:
  std::vector<std::int32_t> offsets_;
  ValidityBuilder validity_;
};

// A struct column from the columns of its fields, all of `rows` rows.
inline OwnedColumn makeStruct(std::int64_t rows, std::vector<OwnedColumn> fields, ValidityBuilder validity = {}) {
  using Storage = detail::ColumnStorage<>;
  auto storage = std::make_unique<Storage>();
  ArrowArray out{};
  out.length = rows;
  out.null_count = validity.nulls();
  storage->validity = validity.take();
  storage->buffers = {storage->validity.empty() ? nullptr : storage->validity.data(), nullptr, nullptr};
  storage->children.reserve(fields.size());
  for (OwnedColumn& field : fields) storage->children.push_back(field.leak());
  for (ArrowArray& child : storage->children) storage->childPointers.push_back(&child);
  out.n_buffers = 1;
  out.n_children = static_cast<std::int64_t>(storage->children.size());
  out.buffers = storage->buffers.data();
  out.children = storage->childPointers.data();
  out.release = Storage::release;
  out.private_data = storage.release();
  return OwnedColumn(out);
}

}  // namespace weir
