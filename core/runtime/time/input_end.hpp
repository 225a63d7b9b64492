// The end of the input of a run, in band: WEIR_WATERMARK_MAX behind all rows. It says nothing about time and is never
// kept as one (docs/decisions/0002): how it is found out, and told, stands here.
#pragma once

#include <cstdint>
#include <span>

#include "weir/sdk/batch.hpp"

namespace weir::runtime {

inline bool tellsEnd(std::span<const WatermarkStep> steps) {
  return !steps.empty() && steps.back().watermark == WEIR_WATERMARK_MAX;
}

// What they say about time.
inline std::span<const WatermarkStep> withoutEnd(std::span<const WatermarkStep> steps) {
  while (tellsEnd(steps)) steps = steps.first(steps.size() - 1);
  return steps;
}

// Of a watermark that was kept: an older Weir told, and kept, the end of a run as the end of time.
inline std::int64_t dataTime(std::int64_t kept) {
  return kept == WEIR_WATERMARK_MAX ? WEIR_WATERMARK_MIN : kept;
}

// Words without rows: how far time has come, where that is known, and behind it whether the input has ended. `noRows`
// is a batch of the right schema.
Batch timeOnly(const Batch& noRows, std::int64_t watermark, bool ended = false);

}  // namespace weir::runtime
