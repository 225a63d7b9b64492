// The watermark of something with several inputs: a node with several edges, a task with several splits,
// a reader with several writers. It is the minimum over the inputs that take part, and never falls.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "weir/sdk/batch.hpp"

namespace weir::runtime {

// [task] A call costs the logarithm of the number of inputs: a source may have tens of thousands of splits.
class StepMerger {
 public:
  // Answers the number of the input: the next one, or one that was given back. A new input holds time back until it is
  // heard.
  std::size_t addInput(std::int64_t watermark = WEIR_WATERMARK_MIN);
  // Gives the number of an input back. What it has said stays said.
  void removeInput(std::size_t input);
  // Numbers in use and given back.
  std::size_t inputCount() const { return inputs_.size(); }

  // Per-input watermarks never fall: a lower one is ignored.
  void advance(std::size_t input, std::int64_t watermark);
  // An idle input does not hold time back; what it says while idle is remembered. When all are idle, time is where the
  // furthest of them stood.
  void setIdle(std::size_t input, bool idle);
  bool allIdle() const { return active_ == 0; }

  std::int64_t watermark(std::size_t input) const { return inputs_[input].watermark; }
  std::int64_t combined() const { return combined_; }
  // The least over the inputs that take part, as it stands; WEIR_WATERMARK_MAX when none does.
  std::int64_t lowest() const { return tree_[1]; }
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
  void setWatermark(std::size_t input, std::int64_t watermark);
  void place(std::size_t input);
  void grow();
  void refresh();

  std::vector<Input> inputs_;
  std::vector<std::size_t> free_;
  std::size_t active_ = 0;  // inputs that are not idle
  // Minima of minima: node i is the least of 2i and 2i + 1, and input i stands at leaves_ + i. Idle ones, and leaves
  // without an input, are WEIR_WATERMARK_MAX.
  std::size_t leaves_ = 1;
  std::vector<std::int64_t> tree_ = std::vector<std::int64_t>(2, WEIR_WATERMARK_MAX);
  std::int64_t furthest_ = WEIR_WATERMARK_MIN;  // that any input has told, but for the end of its rows
  std::int64_t combined_ = WEIR_WATERMARK_MIN;
};

}  // namespace weir::runtime
