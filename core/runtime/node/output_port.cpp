#include "core/runtime/node/output_port.hpp"

#include <algorithm>

#include "core/runtime/time/input_end.hpp"
#include "weir/sdk/batch_builder.hpp"

namespace weir::runtime {

OutputPort::OutputPort(const Schema& schema, TapPoint* tap)
    : schema_(makeSchema(schema)), noRows_(BatchBuilder(schema_).finish()), tap_(tap) {}

void OutputPort::passes(const Batch& batch) {
  if (tap_ != nullptr) tap_->passes(batch);
  ended_ = ended_ || tellsEnd(batch.steps());
  const std::span<const WatermarkStep> steps = withoutEnd(batch.steps());
  if (!steps.empty()) watermark_ = std::max(watermark_, steps.back().watermark);
}

bool OutputPort::isBehind(const OutputPort& other) const {
  return !edges_.empty() && (watermark_ < other.watermark_ || ended_ != other.ended_);
}

Batch OutputPort::timeOf(const OutputPort& other) const {
  return timeOnly(noRows_, other.watermark_, other.ended_);
}

}  // namespace weir::runtime
