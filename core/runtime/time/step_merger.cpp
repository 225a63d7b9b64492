#include "runtime/time/step_merger.hpp"

#include <algorithm>

namespace weir::runtime {

std::size_t StepMerger::addInput(std::int64_t watermark) {
  inputs_.push_back(Input{watermark, false});
  return inputs_.size() - 1;
}

void StepMerger::advance(std::size_t input, std::int64_t watermark) {
  if (watermark <= inputs_[input].watermark) return;
  inputs_[input].watermark = watermark;
  refresh();
}

void StepMerger::setIdle(std::size_t input, bool idle) {
  inputs_[input].idle = idle;
  refresh();
}

bool StepMerger::allIdle() const {
  return std::all_of(inputs_.begin(), inputs_.end(), [](const Input& input) { return input.idle; });
}

void StepMerger::restore(std::int64_t combined) {
  combined_ = std::max(combined_, combined);
}

std::size_t StepMerger::holder() const {
  std::size_t lowest = inputs_.size();
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    if (inputs_[i].idle) continue;
    if (lowest == inputs_.size() || inputs_[i].watermark < inputs_[lowest].watermark) lowest = i;
  }
  return lowest;
}

void StepMerger::merge(std::size_t input, std::span<const WatermarkStep> steps, std::vector<WatermarkStep>& out) {
  out.clear();
  if (combined_ != WEIR_WATERMARK_MIN) out.push_back({0, combined_});
  const std::int64_t others = minimumOfOthers(input);
  Input& self = inputs_[input];
  for (const WatermarkStep& step : steps) {
    if (step.watermark <= self.watermark) continue;
    self.watermark = step.watermark;
    const std::int64_t combined = std::min(step.watermark, others);
    if (combined <= combined_) continue;
    combined_ = combined;
    if (!out.empty() && out.back().row == step.row) {
      out.back().watermark = combined;
    } else {
      out.push_back({step.row, combined});
    }
  }
}

std::int64_t StepMerger::minimumOfOthers(std::size_t input) const {
  std::int64_t lowest = WEIR_WATERMARK_MAX;
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    if (i != input && !inputs_[i].idle) lowest = std::min(lowest, inputs_[i].watermark);
  }
  return lowest;
}

void StepMerger::refresh() {
  const std::size_t lowest = holder();
  if (lowest != inputs_.size()) {
    combined_ = std::max(combined_, inputs_[lowest].watermark);
    return;
  }
  // As if the furthest had fallen silent last, in whatever order they did.
  for (const Input& input : inputs_) combined_ = std::max(combined_, input.watermark);
}

}  // namespace weir::runtime
