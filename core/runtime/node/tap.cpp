#include "core/runtime/node/tap.hpp"

#include <algorithm>

#include "weir/sdk/batch_slice.hpp"

namespace weir::runtime {

namespace {

// Of the values of a column, about: what is shared with other batches counts as its own.
std::int64_t bytesOf(const ArrowSchema& schema, const ArrowArray& column) {
  const std::int64_t rows = column.length;
  switch (schema.format[0]) {
    case 'b': return rows / 8;
    case 'i': return rows * 4;
    case 'd': return rows * 16;
    case 'u':
    case 'z': {
      const auto* const offsets = static_cast<const std::int32_t*>(column.buffers[1]);
      return offsets == nullptr ? 0 : rows * 4 + offsets[column.offset + rows] - offsets[column.offset];
    }
    case '+': {
      std::int64_t bytes = rows * 4;
      for (std::int64_t i = 0; i < column.n_children; ++i) bytes += bytesOf(*schema.children[i], *column.children[i]);
      return bytes;
    }
    default: return rows * 8;
  }
}

// The last rows of it.
Batch newest(const Batch& batch, std::int64_t rows) {
  const std::int64_t extra = batch.selectedCount() - rows;
  if (extra <= 0) return batch;
  const std::uint32_t* const selection = batch.get()->selection;
  const std::int64_t first = selection == nullptr ? extra : selection[extra];
  return sliceBatch(batch, first, batch.rowCount() - first);
}

}  // namespace

void Tap::keep(const TaskId& task, const Batch& batch) {
  Kept added{{task, newest(batch, limits_.rows)}, bytesOf(*batch.get()->schema, *batch.get()->columns)};
  const std::int64_t rows = added.tapped.batch.selectedCount();
  const std::lock_guard lock(mutex_);
  passedOver_ += batch.selectedCount() - rows;
  rows_ += rows;
  bytes_ += added.bytes;
  kept_.push_back(std::move(added));
  while (kept_.size() > 1 && (rows_ > limits_.rows || bytes_ > limits_.bytes)) {
    const std::int64_t oldest = kept_.front().tapped.batch.selectedCount();
    passedOver_ += oldest;
    rows_ -= oldest;
    bytes_ -= kept_.front().bytes;
    kept_.pop_front();
  }
}

Tap::Taken Tap::take() {
  const std::lock_guard lock(mutex_);
  Taken taken;
  for (Kept& kept : kept_) taken.batches.push_back(std::move(kept.tapped));
  taken.passedOver = passedOver_;
  kept_.clear();
  rows_ = bytes_ = passedOver_ = 0;
  return taken;
}

void TapPoint::open(std::shared_ptr<Tap> tap) {
  const std::lock_guard lock(mutex_);
  taps_.push_back(std::move(tap));
  watched_ = true;
}

void TapPoint::close(const Tap& tap) {
  const std::lock_guard lock(mutex_);
  std::erase_if(taps_, [&](const auto& open) { return open.get() == &tap; });
  watched_ = !taps_.empty();
}

void TapPoint::show(const Batch& batch) {
  if (batch.selectedCount() == 0) return;
  const std::lock_guard lock(mutex_);
  for (const auto& tap : taps_) tap->keep(task_, batch);
}

}  // namespace weir::runtime
