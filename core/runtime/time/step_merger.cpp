#include "core/runtime/time/step_merger.hpp"

#include <algorithm>

namespace weir::runtime {

std::size_t StepMerger::addInput(std::int64_t watermark) {
  std::size_t input = inputs_.size();
  if (free_.empty()) {
    inputs_.emplace_back();
    if (inputs_.size() > leaves_) grow();
  } else {
    input = free_.back();
    free_.pop_back();
  }
  active_ += 1;
  inputs_[input] = Input();
  setWatermark(input, watermark);
  return input;
}

void StepMerger::removeInput(std::size_t input) {
  setIdle(input, true);
  free_.push_back(input);
}

void StepMerger::advance(std::size_t input, std::int64_t watermark) {
  if (watermark <= inputs_[input].watermark) return;
  setWatermark(input, watermark);
  refresh();
}

void StepMerger::setIdle(std::size_t input, bool idle) {
  if (inputs_[input].idle != idle) {
    inputs_[input].idle = idle;
    if (idle) {
      active_ -= 1;
    } else {
      active_ += 1;
    }
    place(input);
  }
  refresh();
}

void StepMerger::restore(std::int64_t combined) {
  combined_ = std::max(combined_, combined);
}

std::size_t StepMerger::holder() const {
  if (active_ == 0) return inputs_.size();
  std::size_t node = 1;
  while (node < leaves_) node = tree_[2 * node] <= tree_[2 * node + 1] ? 2 * node : 2 * node + 1;
  std::size_t input = node - leaves_;
  // At the end of time those that take part look like those that do not.
  if (tree_[1] == WEIR_WATERMARK_MAX) {
    for (input = 0; inputs_[input].idle;) ++input;
  }
  return input;
}

void StepMerger::merge(std::size_t input, std::span<const WatermarkStep> steps, std::vector<WatermarkStep>& out) {
  out.clear();
  if (combined_ != WEIR_WATERMARK_MIN) out.push_back({0, combined_});
  const std::int64_t others = minimumOfOthers(input);
  std::int64_t told = inputs_[input].watermark;
  for (const WatermarkStep& step : steps) {
    if (step.watermark <= told) continue;
    told = step.watermark;
    if (told != WEIR_WATERMARK_MAX) furthest_ = std::max(furthest_, told);
    const std::int64_t combined = std::min(step.watermark, others);
    if (combined <= combined_) continue;
    // When all have come to their end: as if the furthest had done so last.
    if (combined == WEIR_WATERMARK_MAX && furthest_ > combined_) out.push_back({step.row, furthest_});
    combined_ = combined;
    if (!out.empty() && out.back().row == step.row && combined != WEIR_WATERMARK_MAX) {
      out.back().watermark = combined;
    } else {
      out.push_back({step.row, combined});
    }
  }
  setWatermark(input, told);
}

std::int64_t StepMerger::minimumOfOthers(std::size_t input) const {
  std::int64_t lowest = WEIR_WATERMARK_MAX;
  for (std::size_t node = leaves_ + input; node > 1; node /= 2) lowest = std::min(lowest, tree_[node ^ 1]);
  return lowest;
}

void StepMerger::setWatermark(std::size_t input, std::int64_t watermark) {
  inputs_[input].watermark = watermark;
  if (watermark != WEIR_WATERMARK_MAX) furthest_ = std::max(furthest_, watermark);
  place(input);
}

void StepMerger::place(std::size_t input) {
  std::size_t node = leaves_ + input;
  tree_[node] = inputs_[input].idle ? WEIR_WATERMARK_MAX : inputs_[input].watermark;
  for (node /= 2; node > 0; node /= 2) tree_[node] = std::min(tree_[2 * node], tree_[2 * node + 1]);
}

void StepMerger::grow() {
  leaves_ *= 2;
  tree_.assign(2 * leaves_, WEIR_WATERMARK_MAX);
  for (std::size_t input = 0; input < inputs_.size(); ++input) place(input);
}

void StepMerger::refresh() {
  // When all are idle: as if the furthest had fallen silent last, in whatever order they did.
  combined_ = std::max(combined_, active_ != 0 ? lowest() : furthest_);
}

}  // namespace weir::runtime
