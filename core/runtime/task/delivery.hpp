// A batch on its way from an input to the operators, in slices.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "weir/sdk/batch.hpp"
#include "weir/sdk/batch_slice.hpp"

namespace weir::runtime {

// [task]
class Delivery {
 public:
  void begin(Batch batch, std::size_t node) {
    batch_ = std::move(batch);
    node_ = node;
    row_ = 0;
  }
  // Everything has been given out.
  bool isDone() const { return !batch_; }
  // That it leaves.
  std::size_t node() const { return node_; }
  // At most so many rows, but both rows of an update stay together.
  Batch next(std::int64_t rows) {
    if (row_ == 0 && batch_.rowCount() <= rows) return std::exchange(batch_, Batch());
    const std::int64_t count = wholeUpdates(batch_, row_, rows);
    Batch slice = sliceBatch(batch_, row_, count);
    row_ += count;
    if (row_ == batch_.rowCount()) batch_ = Batch();
    return slice;
  }

 private:
  Batch batch_;
  std::size_t node_ = 0;
  std::int64_t row_ = 0;
};

}  // namespace weir::runtime
