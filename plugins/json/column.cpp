#include "plugins/json/column.hpp"

#include <stdexcept>
#include <utility>

#include "plugins/json/object_reader.hpp"

namespace weir::json {
namespace {

// Memory of a finished column.
struct Storage {
  std::vector<std::uint8_t> validity;
  Buffer<std::int64_t> longs;
  Buffer<std::int32_t> ints;
  Buffer<double> doubles;
  Buffer<Int128> decimals;
  Buffer<std::uint8_t> bools;
  Buffer<char> text;
  std::array<const void*, 3> buffers{};
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> childPointers;

  static void release(ArrowArray* array) {
    auto* self = static_cast<Storage*>(array->private_data);
    for (ArrowArray& child : self->children) {
      if (child.release != nullptr) child.release(&child);
    }
    delete self;
    array->release = nullptr;
  }
};

// Moves the buffer out, and makes a new one that is as large.
template <typename T>
Buffer<T> take(Buffer<T>& buffer) {
  Buffer<T> taken = std::exchange(buffer, Buffer<T>());
  buffer.reserve(taken.size() + taken.size() / 8);
  return taken;
}

bool hasOffsets(TypeId type) {
  return type == TypeId::String || type == TypeId::Bytes || type == TypeId::List;
}

}  // namespace

Column::Column(Field field, std::string path) : field_(std::move(field)), path_(std::move(path)) {
  if (hasOffsets(field_.type.id)) ints_.push(0);
  if (field_.type.id == TypeId::List) children_.emplace_back(field_.type.children.at(0), path_ + "[]");
  if (field_.type.id == TypeId::Struct) {
    members_ = std::make_unique<ObjectReader>(field_.type.children, path_ + ".");
  }
}
Column::Column(Column&&) noexcept = default;
Column::~Column() = default;

void Column::append(bool value) {
  if (rows_ % 8 == 0) bools_.push(0);
  if (value) bools_[rows_ / 8] = static_cast<std::uint8_t>(bools_[rows_ / 8] | 1U << (rows_ % 8));
  endRow();
}

void Column::closeList() {
  if (children_[0].rows() > INT32_MAX) throw std::length_error("a list column is over 2^31 elements");
  ints_.push(static_cast<std::int32_t>(children_[0].rows()));
  endRow();
}

void Column::markValid(bool valid) {
  if (nulls_ == 0) validity_.assign(rows_ / 8 + 1, 0xff);
  if (validity_.size() * 8 <= rows_) validity_.push_back(0xff);
  if (!valid) {
    validity_[rows_ / 8] = static_cast<std::uint8_t>(validity_[rows_ / 8] & ~(1U << (rows_ % 8)));
    ++nulls_;
  }
}

// Fills the value buffers for a row without a value.
void Column::appendNothing() {
  switch (field_.type.id) {
    case TypeId::Int64:
    case TypeId::Timestamp: longs_.push(0); break;
    case TypeId::Int32:
    case TypeId::Date: ints_.push(0); break;
    case TypeId::Float64: doubles_.push(0); break;
    case TypeId::Decimal128: decimals_.push(0); break;
    case TypeId::Bool:
      if (rows_ % 8 == 0) bools_.push(0);
      break;
    case TypeId::String:
    case TypeId::Bytes:
    case TypeId::List: ints_.push(ints_[ints_.size() - 1]); break;
    case TypeId::Struct:
      for (Column& child : members_->columns()) {
        if (child.field().nullable) {
          child.appendNull();
        } else {
          child.appendNothing();
          child.endRow();
        }
      }
      break;
  }
}

void Column::appendNull() {
  appendNothing();
  markValid(false);
  ++rows_;
}

void Column::truncate(std::size_t rows) {
  // Text and elements of an unfinished row may lie beyond the last offset.
  if (field_.type.id == TypeId::Struct) {
    for (Column& child : members_->columns()) child.truncate(rows);
  }
  if (rows_ > rows) {
    if (nulls_ != 0) {
      for (std::size_t row = rows; row < rows_; ++row) {
        const auto bit = static_cast<std::uint8_t>(1U << (row % 8));
        nulls_ -= (validity_[row / 8] & bit) == 0 ? 1 : 0;
        validity_[row / 8] = static_cast<std::uint8_t>(validity_[row / 8] | bit);
      }
      validity_.resize(rows / 8 + 1);
    }
    if (field_.type.id == TypeId::Bool) {
      bools_.setSize((rows + 7) / 8);
      if (rows % 8 != 0) bools_[rows / 8] = static_cast<std::uint8_t>(bools_[rows / 8] & ((1U << (rows % 8)) - 1));
    }
    if (longs_.size() > rows) longs_.setSize(rows);
    if (doubles_.size() > rows) doubles_.setSize(rows);
    if (decimals_.size() > rows) decimals_.setSize(rows);
    const std::size_t kept = rows + (hasOffsets(field_.type.id) ? 1 : 0);
    if (ints_.size() > kept) ints_.setSize(kept);
    rows_ = rows;
  }
  if (hasOffsets(field_.type.id)) {
    const auto end = static_cast<std::size_t>(ints_[ints_.size() - 1]);
    if (field_.type.id == TypeId::List) {
      children_[0].truncate(end);
    } else {
      text_.setSize(end);
    }
  }
}

OwnedColumn Column::finish() {
  auto storage = std::make_unique<Storage>();
  ArrowArray out{};
  out.length = static_cast<std::int64_t>(rows_);
  out.null_count = static_cast<std::int64_t>(nulls_);
  if (nulls_ != 0) storage->validity = std::exchange(validity_, {});
  storage->longs = take(longs_);
  storage->ints = take(ints_);
  storage->doubles = take(doubles_);
  storage->decimals = take(decimals_);
  storage->bools = take(bools_);
  storage->text = take(text_);
  rows_ = 0;
  nulls_ = 0;
  storage->buffers[0] = storage->validity.empty() ? nullptr : storage->validity.data();
  out.n_buffers = 2;
  switch (field_.type.id) {
    case TypeId::Int64:
    case TypeId::Timestamp: storage->buffers[1] = storage->longs.data(); break;
    case TypeId::Int32:
    case TypeId::Date: storage->buffers[1] = storage->ints.data(); break;
    case TypeId::Float64: storage->buffers[1] = storage->doubles.data(); break;
    case TypeId::Decimal128: storage->buffers[1] = storage->decimals.data(); break;
    case TypeId::Bool: storage->buffers[1] = storage->bools.data(); break;
    case TypeId::String:
    case TypeId::Bytes:
      storage->buffers[1] = storage->ints.data();
      storage->buffers[2] = storage->text.data();
      out.n_buffers = 3;
      break;
    case TypeId::List:
      storage->buffers[1] = storage->ints.data();
      storage->children.push_back(children_[0].finish().leak());
      break;
    case TypeId::Struct:
      out.n_buffers = 1;
      for (Column& child : members_->columns()) storage->children.push_back(child.finish().leak());
      break;
  }
  if (hasOffsets(field_.type.id)) ints_.push(0);
  for (ArrowArray& child : storage->children) storage->childPointers.push_back(&child);
  out.n_children = static_cast<std::int64_t>(storage->children.size());
  out.children = storage->childPointers.data();
  out.buffers = storage->buffers.data();
  out.release = Storage::release;
  out.private_data = storage.release();
  return OwnedColumn(out);
}

}  // namespace weir::json
