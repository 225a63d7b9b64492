#include "core/runtime/output/record_encoder.hpp"

#include "core/runtime/codec/block_buffers.hpp"
#include "weir/sdk/batch_maker.hpp"

namespace weir::runtime {

Result<Batch> RecordEncoder::encode(const Batch& rows, KeyPlacement& placement) {
  WEIR_TRY(encodeValues(rows));
  ArrowArray values{};
  values.length = rows.rowCount();
  values.n_buffers = 3;
  values.buffers = buffers_;
  values.release = [](ArrowArray* array) { array->release = nullptr; };  // of the format, and of this
  BatchMaker maker = BatchMaker::like(rows, columns_);
  maker.column(OwnedColumn(values));
  if (placement.keyed()) {
    WEIR_TRY_ASSIGN(keys, placement.keysOf(rows));
    maker.key(std::move(keys));
  }
  return maker.finish(rows.rowCount());
}

// Rows that are not selected have no bytes: physical rows stay where they are, and with them all that belongs to them.
Result<void> RecordEncoder::encodeValues(const Batch& rows) {
  ends_.assign(static_cast<std::size_t>(rows.rowCount()) + 1, 0);
  buffers_[1] = ends_.data();
  buffers_[2] = ends_.data();  // anything that is there: no bytes are read of it
  if (rows.selectedCount() == 0) return {};
  WEIR_TRY_ASSIGN(encoded, format_->encode(rows));
  const std::uint64_t* const offsets = encoded.offsets;
  if (offsets[encoded.count] - offsets[0] > INT32_MAX) return tooLongForBlock();
  if (encoded.data != nullptr) buffers_[2] = encoded.data + offsets[0];
  std::size_t record = 0;
  std::size_t filled = 0;  // rows whose end is known
  std::int32_t end = 0;
  rows.forEachRow([&](std::int64_t row) {
    while (filled < static_cast<std::size_t>(row)) ends_[++filled] = end;
    end = static_cast<std::int32_t>(offsets[++record] - offsets[0]);
    ends_[++filled] = end;
  });
  while (filled < static_cast<std::size_t>(rows.rowCount())) ends_[++filled] = end;
  return {};
}

}  // namespace weir::runtime
