// Gives rows their event time, and a split its watermark: greatest event time - disorder - 1.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "weir/sdk/batch.hpp"
#include "weir/sdk/batch_maker.hpp"

namespace weir::runtime {

// Time of one split. [task]
class SplitTime {
 public:
  SplitTime(std::int64_t disorder, std::int64_t watermark) : disorder_(disorder), watermark_(watermark) {}

  std::int64_t watermark() const { return watermark_; }

  // Advances over event times in order and notes each rise: the step that holds before the next row. The
  // first step tells the watermark before row 0.
  void advance(const std::int64_t* times, std::int64_t count, std::vector<WatermarkStep>& steps);
  // The same from what the source itself says: `watermark` holds behind `count` rows.
  void tell(std::int64_t watermark, std::int64_t count, std::vector<WatermarkStep>& steps);

 private:
  std::int64_t disorder_;
  std::int64_t watermark_;
};

// Event times of a timestamp column. Points into the column, or, when there are nulls, into `storage`.
const std::int64_t* eventTimes(const ColumnView& column, std::vector<std::int64_t>& storage);

}  // namespace weir::runtime
