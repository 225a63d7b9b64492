// Tables: updates as adjacent pairs of rows.
#pragma once

#include <cstdint>
#include <optional>

#include "weir/abi/batch.h"

namespace weir {

// The first of `rows` changes that is half of an update: a "before" without its "after" next to it, or the other way
// round.
inline std::optional<std::int64_t> halfUpdate(const std::int8_t* ops, std::int64_t rows) {
  for (std::int64_t row = 0; row < rows; ++row) {
    if (ops[row] == WEIR_OP_UPDATE_AFTER) return row;
    if (ops[row] != WEIR_OP_UPDATE_BEFORE) continue;
    if (row + 1 == rows || ops[row + 1] != WEIR_OP_UPDATE_AFTER) return row;
    ++row;
  }
  return std::nullopt;
}

}  // namespace weir
