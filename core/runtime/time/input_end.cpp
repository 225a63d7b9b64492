#include "core/runtime/time/input_end.hpp"

#include <utility>
#include <vector>

#include "weir/sdk/batch_maker.hpp"

namespace weir::runtime {

Batch timeOnly(const Batch& noRows, std::int64_t watermark, bool ended) {
  std::vector<WatermarkStep> steps;
  if (watermark != WEIR_WATERMARK_MIN) steps.push_back({0, watermark});
  if (ended) steps.push_back({0, WEIR_WATERMARK_MAX});
  BatchMaker maker = BatchMaker::from(noRows);
  if (!steps.empty()) maker.steps(std::move(steps));
  return maker.finish(0);
}

}  // namespace weir::runtime
