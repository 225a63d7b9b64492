// Tells whether a batch keeps the promises of its layout. Meant for debug builds, for `weir plugin-check` and
// for tests: it walks every offset and index, which is too dear for every batch of a release run.
#pragma once

#include "base/result.hpp"
#include "weir/abi/batch.h"

namespace weir::runtime {

// Checks row counts against column lengths, types against the schema, offsets, validity counts, nulls where the
// schema allows none (in selected rows), the selection, ops and watermark steps. The error names the column. It cannot
// check that buffers are as long as they should be. `expected` may be nullptr: then the batch's own schema counts.
Result<void> checkBatch(const weir_batch& batch, const ArrowSchema* expected = nullptr);

}  // namespace weir::runtime
