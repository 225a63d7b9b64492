// Batches as C++ values: a counted handle, and typed views of columns.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "weir/abi/batch.h"

namespace weir {

using WatermarkStep = weir_watermark_step;

// A column of a batch, without copying. Valid as long as its batch.
class ColumnView {
 public:
  explicit ColumnView(const ArrowArray& array) : array_(&array) {}

  const ArrowArray& array() const { return *array_; }
  std::int64_t size() const { return array_->length; }
  bool hasNulls() const { return array_->null_count != 0 && array_->buffers[0] != nullptr; }
  bool isNull(std::int64_t row) const {
    if (!hasNulls()) return false;
    const auto* bits = static_cast<const std::uint8_t*>(array_->buffers[0]);
    const std::int64_t bit = row + array_->offset;
    return ((bits[bit >> 3] >> (bit & 7)) & 1) == 0;
  }
  // Child of a list or struct. A struct's children share its rows (offset included); use `childRow`.
  ColumnView child(std::size_t index) const { return ColumnView(*array_->children[index]); }
  std::int64_t childRow(std::int64_t row) const { return row + array_->offset; }

 protected:
  const ArrowArray* array_;
};

// Columns of fixed width: std::int32_t (int32, date), std::int64_t (int64, timestamp), double, Int128 (decimal).
template <typename T>
class FixedView : public ColumnView {
 public:
  explicit FixedView(const ArrowArray& array)
      : ColumnView(array), values_(static_cast<const T*>(array.buffers[1]) + array.offset) {}
  explicit FixedView(ColumnView column) : FixedView(column.array()) {}
  T operator[](std::int64_t row) const {
    if constexpr (sizeof(T) == 16) {  // Arrow promises 8-byte alignment only
      T value;
      std::memcpy(&value, values_ + row, sizeof(T));
      return value;
    } else {
      return values_[row];
    }
  }
  const T* data() const { return values_; }

 private:
  const T* values_;
};

class BoolView : public ColumnView {
 public:
  explicit BoolView(ColumnView column)
      : ColumnView(column), bits_(static_cast<const std::uint8_t*>(array_->buffers[1])) {}
  bool operator[](std::int64_t row) const {
    const std::int64_t bit = row + array_->offset;
    return ((bits_[bit >> 3] >> (bit & 7)) & 1) != 0;
  }

 private:
  const std::uint8_t* bits_;
};

// Strings and bytes.
class StringView : public ColumnView {
 public:
  explicit StringView(ColumnView column)
      : ColumnView(column),
        offsets_(static_cast<const std::int32_t*>(array_->buffers[1]) + array_->offset),
        data_(static_cast<const char*>(array_->buffers[2])) {}
  std::string_view operator[](std::int64_t row) const {
    return {data_ + offsets_[row], static_cast<std::size_t>(offsets_[row + 1] - offsets_[row])};
  }

 private:
  const std::int32_t* offsets_;
  const char* data_;
};

// Lists: the elements of a row are child(0) rows [begin(row), end(row)).
class ListView : public ColumnView {
 public:
  explicit ListView(ColumnView column)
      : ColumnView(column), offsets_(static_cast<const std::int32_t*>(array_->buffers[1]) + array_->offset) {}
  std::int64_t begin(std::int64_t row) const { return offsets_[row]; }
  std::int64_t end(std::int64_t row) const { return offsets_[row + 1]; }

 private:
  const std::int32_t* offsets_;
};

// Names a row in every run: the split that it came from, and its position there. Valid as long as its batch.
struct RowId {
  std::string_view split;
  std::int64_t position = 0;
};

// A counted reference to an immutable batch. Copies share the batch; any thread may hold one.
class Batch {
 public:
  Batch() = default;
  // Takes over one reference.
  static Batch adopt(const weir_batch* batch) { return Batch(batch); }
  // Adds a reference to a batch that somebody lent.
  static Batch share(const weir_batch* batch) {
    batch->retain(batch);
    return Batch(batch);
  }
  Batch(const Batch& other) : batch_(other.batch_) {
    if (batch_ != nullptr) batch_->retain(batch_);
  }
  Batch(Batch&& other) noexcept : batch_(std::exchange(other.batch_, nullptr)) {}
  Batch& operator=(Batch other) noexcept {
    std::swap(batch_, other.batch_);
    return *this;
  }
  ~Batch() {
    if (batch_ != nullptr) batch_->release(batch_);
  }

  explicit operator bool() const { return batch_ != nullptr; }
  const weir_batch* get() const { return batch_; }
  // Gives the reference away.
  const weir_batch* leak() { return std::exchange(batch_, nullptr); }

  std::int64_t rowCount() const { return batch_->row_count; }
  std::int64_t selectedCount() const {
    return batch_->selection == nullptr ? batch_->row_count : batch_->selection_count;
  }
  std::size_t columnCount() const { return static_cast<std::size_t>(batch_->columns->n_children); }
  ColumnView column(std::size_t index) const { return ColumnView(*batch_->columns->children[index]); }
  std::int64_t eventTime(std::int64_t row) const {
    return batch_->event_time == nullptr ? WEIR_NO_TIME : batch_->event_time[row];
  }
  // For sinks that must know a row again. None where it was made on the way, as by an aggregate.
  std::optional<RowId> rowId(std::int64_t row) const {
    if (!WEIR_HAS(weir_batch, batch_, row_positions) || batch_->row_split.data == nullptr) return std::nullopt;
    const std::string_view split(reinterpret_cast<const char*>(batch_->row_split.data), batch_->row_split.size);
    return RowId{split, batch_->first_position + (batch_->row_positions == nullptr ? row : batch_->row_positions[row])};
  }
  std::span<const WatermarkStep> steps() const { return {batch_->steps, static_cast<std::size_t>(batch_->step_count)}; }
  // The steps by which lateness is judged.
  std::span<const WatermarkStep> originSteps() const {
    if (batch_->origin_steps == nullptr) return steps();
    return {batch_->origin_steps, static_cast<std::size_t>(batch_->origin_step_count)};
  }
  // The watermark of the port that it came in on; `steps` is that of the whole operator.
  std::span<const WatermarkStep> portSteps() const {
    if (!WEIR_HAS(weir_batch, batch_, port_step_count) || batch_->port_steps == nullptr) return steps();
    return {batch_->port_steps, static_cast<std::size_t>(batch_->port_step_count)};
  }
  // Calls f(row) for each selected row, in order.
  template <typename F>
  void forEachRow(F&& f) const {
    if (batch_->selection == nullptr) {
      for (std::int64_t row = 0; row < batch_->row_count; ++row) f(row);
    } else {
      for (std::int64_t i = 0; i < batch_->selection_count; ++i) f(std::int64_t{batch_->selection[i]});
    }
  }

 private:
  explicit Batch(const weir_batch* batch) : batch_(batch) {}
  const weir_batch* batch_ = nullptr;
};

}  // namespace weir
