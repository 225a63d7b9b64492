// Tells whether a batch keeps the promises of its layout.
#pragma once

#include <cstdint>

#include "core/base/result.hpp"
#include "weir/abi/batch.h"
#include "weir/sdk/arrow_schema.hpp"

namespace weir::runtime {

enum class CheckDepth : std::uint8_t {
  // What keeps whoever reads the batch inside its buffers: types, lengths, buffers that are there, offsets, the
  // selection, steps, ops, and nulls where the schema allows none. For every batch that a plugin gives: a few compares
  // a column, and one pass over offsets and indexes that are new.
  Memory,
  // And what it says beyond that: null counts, update pairs. For debug builds, `weir plugin-check` and tests.
  Everything,
};

// The error names the column. It cannot check that buffers are as long as they should be. What `trusted` holds, a batch
// that was checked before, and `batch` took over by pointer, is not looked at again.
Result<void> checkBatch(const weir_batch& batch, const EdgeSchema& port, CheckDepth depth,
                        const weir_batch* trusted = nullptr);
// The same by the schema that the batch itself names.
Result<void> checkBatch(const weir_batch& batch, CheckDepth depth = CheckDepth::Everything);

// What must be there before a batch may be held, or anything else of it is read. A part of checkBatch.
Result<void> checkFrame(const weir_batch& batch);

// An array beside the rows of a batch, which `name` says.
Result<void> checkColumn(const ArrowArray* array, const DataType& type, std::int64_t rows, const char* name);

// Whether no entry of `offsets`, of which there are `count` + 1, is less than the one before.
bool ascends(const std::int32_t* offsets, std::int64_t count);
bool ascends(const std::uint64_t* offsets, std::size_t count);

}  // namespace weir::runtime
