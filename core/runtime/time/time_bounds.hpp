// Which event times can be true. One row of the year 2099 would otherwise end every window that is open, and make all
// rows after it late.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "weir/sdk/batch.hpp"

namespace weir::runtime {

// Years 1 to 9999: what a date of four digits can say.
inline constexpr Timestamp kLeastEventTime = -62'135'596'800 * kSecond;
inline constexpr Timestamp kMostEventTime = 253'402'300'800 * kSecond - 1;

// [task] Judges rows when they are read for the first time. The verdict is part of the commit that holds their
// position: a row that came through is not judged again, whatever the clock says later.
class TimeBounds {
 public:
  // `maxAhead`: of the clock; negative: as far as they like.
  explicit TimeBounds(Duration maxAhead) : maxAhead_(maxAhead) {}

  // Selected rows with a time that cannot be true; valid until the next call. Rows without a time are none of them.
  const std::vector<std::uint32_t>& outside(const Batch& rows, const std::int64_t* times, Timestamp now);
  // Why such a time was refused.
  std::string reason(std::int64_t time, Timestamp now) const;

 private:
  std::int64_t latest(Timestamp now) const;

  Duration maxAhead_;
  std::vector<std::uint32_t> outside_;
};

// The rows without those of `outside`, and `times` without what these say about time: in `storage`.
Batch withoutRows(const Batch& rows, const std::vector<std::uint32_t>& outside, const std::int64_t*& times,
                  std::vector<std::int64_t>& storage);

}  // namespace weir::runtime
