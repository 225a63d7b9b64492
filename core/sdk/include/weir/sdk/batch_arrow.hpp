// Batches to and from other Arrow implementations, over the C data interface, without copying columns.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "weir/sdk/arrow_schema.hpp"
#include "weir/sdk/batch_maker.hpp"
#include "weir/sdk/batch_slice.hpp"

namespace weir {

namespace detail {

// Every exported array keeps the batch by itself: a consumer may move children out of their parent.
struct ExportedArray {
  Batch keep;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;

  static void release(ArrowArray* array) {
    auto* self = static_cast<ExportedArray*>(array->private_data);
    for (ArrowArray& child : self->children) {
      if (child.release != nullptr) child.release(&child);
    }
    delete self;
    array->release = nullptr;
  }
};

inline ArrowArray exportArray(const ArrowArray& array, const Batch& batch) {
  auto owner = std::make_unique<ExportedArray>();
  owner->keep = batch;
  owner->children.reserve(static_cast<std::size_t>(array.n_children));
  for (std::int64_t i = 0; i < array.n_children; ++i) {
    owner->children.push_back(exportArray(*array.children[i], batch));
  }
  for (ArrowArray& child : owner->children) owner->pointers.push_back(&child);
  ArrowArray out = array;
  out.children = owner->pointers.data();
  out.release = ExportedArray::release;
  out.private_data = owner.release();
  return out;
}

}  // namespace detail

// The columns of a batch as a struct array. Event time, steps and selection are not part of it: `compact` first
// where there is a selection.
inline OwnedColumn exportBatch(const Batch& batch) {
  return OwnedColumn(detail::exportArray(*batch.get()->columns, batch));
}

// A batch over columns that somebody else made. Takes `array` over (also when it answers nothing: it has a type
// that Weir does not have, or nulls at the top).
inline std::optional<Batch> importBatch(const ArrowSchema& schema, OwnedColumn array) {
  std::optional<Schema> known = importSchema(schema);
  const std::int64_t rows = array.array().length;
  const std::int64_t offset = array.array().offset;
  if (!known || array.array().null_count > 0) return std::nullopt;
  BatchMaker maker(makeSchema(std::move(*known)));
  // Shared: the columns point into it, and so may batches made from this one.
  const auto owner = std::make_shared<const OwnedColumn>(std::move(array));
  for (std::int64_t i = 0; i < owner->array().n_children; ++i) {
    maker.column(detail::sliceColumn(*owner->array().children[i], offset, rows));
  }
  return maker.keepAlive(owner).finish(rows);
}

}  // namespace weir
