// The watermark of something with several inputs: a node with several edges, a task with several splits,
// a reader with several writers. It is the minimum over the inputs that take part, and never falls.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "weir/sdk/batch.hpp"

namespace weir::runtime {

// [task]
class StepMerger {
 public:
  // Inputs are numbered in the order in which they are added. A new input holds time back until it is heard.
  std::size_t addInput(std::int64_t watermark = WEIR_WATERMARK_MIN);
  std::size_t inputCount() const { return inputs_.size(); }

  // Per-input watermarks never fall: a lower one is ignored.
  void advance(std::size_t input, std::int64_t watermark);
  // An idle input does not hold time back; what it says while idle is remembered. When all are idle, time is where the
  // furthest of them stood.
  void setIdle(std::size_t input, bool idle);
  bool allIdle() const;

  std::int64_t watermark(std::size_t input) const { return inputs_[input].watermark; }
  std::int64_t combined() const { return combined_; }
  // Raises the combined watermark to what an earlier run had already reached.
  void restore(std::int64_t combined);
  // The input that holds time back, or inputCount() when none does.
  std::size_t holder() const;

  // Steps of one batch of `input`, turned into steps of the combined watermark; both are advanced. The first
  // step, at row 0, is what was combined before, so that a batch can be understood alone.
  void merge(std::size_t input, std::span<const WatermarkStep> steps, std::vector<WatermarkStep>& out);

 private:
  struct Input {
    std::int64_t watermark = WEIR_WATERMARK_MIN;
    bool idle = false;
  };
  std::int64_t minimumOfOthers(std::size_t input) const;
  void refresh();

  std::vector<Input> inputs_;
  std::int64_t combined_ = WEIR_WATERMARK_MIN;
};

}  // namespace weir::runtime
