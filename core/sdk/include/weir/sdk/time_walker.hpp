// Walks a batch in the order in which time passes through it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>

#include "weir/sdk/batch.hpp"

namespace weir {

// Splits a batch at its watermark steps, but only where something is due; and knows which rows are late.
// One per input port, kept over batches; the caller may stop anywhere and go on later.
//
//   walker_.begin(batch);
//   TimeWalker::Piece piece;
//   while (walker_.next(nextDue(), piece)) {
//     if (piece.isWatermark) { closeWindows(piece.watermark); continue; }
//     if (piece.isEnd) { emit what is still open, for the answer of this run; continue; }
//     walker_.forEachRow(piece, [&](std::int64_t row) {
//       if (walker_.isLate(row, dueOfWindow)) ...
//       return !openedAWindow;     // false: something new may be due earlier; the rest of the rows comes again
//     });
//   }
//   emit what is left, then walker_.watermark(), and WEIR_WATERMARK_MAX where walker_.ended()
//
// WEIR_WATERMARK_MAX ends the input of a run and says nothing about time: the next run may bring rows that are newer,
// and `watermark` stays what the data said.
class TimeWalker {
 public:
  static constexpr std::int64_t kNever = INT64_MAX;

  struct Piece {
    bool isWatermark = false;
    bool isEnd = false;                           // the input of this run has ended
    std::int64_t watermark = WEIR_WATERMARK_MIN;  // has reached what is due
    std::int64_t first = 0;                       // rows [first, last)
    std::int64_t last = 0;
  };

  // Starts with a batch, which is shared until `next` answers false.
  void begin(Batch batch) {
    batch_ = std::move(batch);
    steps_ = batch_.steps();
    ownOrigin_ = batch_.get()->origin_steps != nullptr;
    origin_ = batch_.originSteps();
    step_ = 0;
    originStep_ = 0;
    // Without steps of its own, a batch goes on where the node's watermark stands.
    originBefore_ = ownOrigin_ ? WEIR_WATERMARK_MIN : watermark_;
    originMost_ = originBefore_;
    for (const WatermarkStep& step : origin_) originMost_ = std::max(originMost_, step.watermark);
    row_ = 0;
    endTold_ = false;
  }

  // The next piece: rows up to where the watermark reaches `due` (the earliest time at which something is to
  // happen, or kNever), or that watermark, or, last of all, the end of the input. False at the end of the batch.
  bool next(std::int64_t due, Piece& piece) {
    if (!batch_) return false;
    const std::int64_t rows = batch_.rowCount();
    // Steps before the present row have passed; whoever is due by now comes before the row.
    for (; step_ < steps_.size() && steps_[step_].row <= row_; ++step_) {
      if (steps_[step_].watermark == WEIR_WATERMARK_MAX) {
        ended_ = true;
      } else {
        watermark_ = std::max(watermark_, steps_[step_].watermark);
      }
    }
    if (due != kNever && watermark_ != WEIR_WATERMARK_MIN && watermark_ >= due) {
      piece = {true, false, watermark_, row_, row_};
      return true;
    }
    if (row_ == rows && ended_ && !endTold_) {
      endTold_ = true;
      piece = {false, true, watermark_, row_, row_};
      return true;
    }
    if (row_ == rows) {
      batch_ = Batch();
      return false;
    }
    std::size_t at = step_;
    while (at < steps_.size() && (due == kNever || steps_[at].watermark < due)) ++at;
    const std::int64_t last = at == steps_.size() ? rows : std::min(rows, steps_[at].row);
    piece = {false, false, watermark_, row_, last};
    row_ = last;
    return true;
  }
  // Rows from `row` on come again, with the next piece: what is due may have changed.
  void rewind(std::int64_t row) { row_ = row; }

  // Calls f(row) for the selected rows of a piece. Where f answers false, the rows after that one come again.
  template <typename F>
  void forEachRow(const Piece& piece, F&& f) {
    const weir_batch& raw = *batch_.get();
    if (raw.selection == nullptr) {
      for (std::int64_t row = piece.first; row < piece.last; ++row) {
        if (!f(row)) return rewind(row + 1);
      }
      return;
    }
    const auto* end = raw.selection + raw.selection_count;
    for (const auto* row = std::lower_bound(raw.selection, end, piece.first); row != end && *row < piece.last; ++row) {
      if (!f(std::int64_t{*row})) return rewind(std::int64_t{*row} + 1);
    }
  }

  // Whether the watermark of the row's split had reached `due` (the end of its window - 1 + grace) before the
  // row, or the node's has. Ask in ascending order of rows.
  bool isLate(std::int64_t row, std::int64_t due) {
    if (originMost_ < due && watermark_ < due) return false;
    return originWatermark(row) >= due || (watermark_ != WEIR_WATERMARK_MIN && watermark_ >= due);
  }
  // The watermark of the split before a row. Ask in ascending order.
  std::int64_t originWatermark(std::int64_t row) {
    while (originStep_ < origin_.size() && origin_[originStep_].row <= row) {
      originBefore_ = origin_[originStep_++].watermark;  // may fall: rows of another split begin
    }
    return originBefore_;
  }

  // The node's watermark so far, as the data tells it.
  std::int64_t watermark() const { return watermark_; }
  // The input of this run has ended.
  bool ended() const { return ended_; }
  const Batch& batch() const { return batch_; }
  bool walking() const { return static_cast<bool>(batch_); }

 private:
  Batch batch_;
  std::span<const WatermarkStep> steps_;
  std::span<const WatermarkStep> origin_;
  bool ownOrigin_ = false;
  std::size_t step_ = 0;  // first step that has not passed
  std::size_t originStep_ = 0;
  std::int64_t row_ = 0;  // first row that has not been given out
  bool ended_ = false;
  bool endTold_ = false;  // in this batch
  std::int64_t watermark_ = WEIR_WATERMARK_MIN;
  std::int64_t originBefore_ = WEIR_WATERMARK_MIN;
  std::int64_t originMost_ = WEIR_WATERMARK_MIN;
};

}  // namespace weir
