// The rows of a batch that may not enter a window: late ones go out of their port, others to the dead letters.
#pragma once

#include <cstdint>
#include <vector>

#include "weir/sdk/batch_maker.hpp"
#include "weir/sdk/context.hpp"

namespace weir::window {

class RowGate {
 public:
  static constexpr std::size_t kLatePort = 1;

  explicit RowGate(Context& context) : context_(context), lateRows_(context.counter("late_rows")) {}

  // `rows`: how many of the input a row of the batch stands for.
  void late(std::int64_t row, std::int64_t rows = 1) {
    late_.push_back(static_cast<std::uint32_t>(row));
    lateCount_ += rows;
  }
  void withoutTime(std::int64_t row, std::int64_t time) {
    (time == WEIR_NO_TIME ? noTime_ : outOfRange_).push_back(static_cast<std::uint32_t>(row));
  }
  void withoutKey(std::int64_t row) { noKey_.push_back(static_cast<std::uint32_t>(row)); }

  // Sends what has gathered of this batch on its way.
  void flush(const Batch& batch) {
    context_.deadLetter(batch, noTime_, "The row has no event time, which a window needs.");
    context_.deadLetter(batch, outOfRange_, "The event time is too far away for a window to be told in microseconds.");
    context_.deadLetter(batch, noKey_, "A column that the rows are grouped by is null.");
    noTime_.clear();
    outOfRange_.clear();
    noKey_.clear();
    if (late_.empty()) return;
    lateRows_.add(lateCount_);
    lateCount_ = 0;
    // As they were, but without steps: the time of this port follows that of the results.
    BatchMaker maker = BatchMaker::from(batch);
    maker.selection(std::move(late_)).steps({});
    context_.emit(kLatePort, maker.finish(batch.rowCount()));
    late_.clear();
  }

 private:
  Context& context_;
  Counter lateRows_;
  std::vector<std::uint32_t> late_;
  std::int64_t lateCount_ = 0;
  std::vector<std::uint32_t> noTime_;
  std::vector<std::uint32_t> outOfRange_;
  std::vector<std::uint32_t> noKey_;
};

}  // namespace weir::window
