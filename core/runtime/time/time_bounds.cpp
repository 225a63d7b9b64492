#include "core/runtime/time/time_bounds.hpp"

#include <algorithm>

#include "core/base/duration.hpp"
#include "core/expr/civil_time.hpp"
#include "weir/sdk/batch_maker.hpp"

namespace weir::runtime {

std::int64_t TimeBounds::latest(Timestamp now) const {
  return maxAhead_ < 0 || now > kMostEventTime - maxAhead_ ? kMostEventTime : now + maxAhead_;
}

const std::vector<std::uint32_t>& TimeBounds::outside(const Batch& rows, const std::int64_t* times, Timestamp now) {
  outside_.clear();
  // One comparison for both ends: what lies before the first wraps around.
  const auto width = static_cast<std::uint64_t>(latest(now)) - static_cast<std::uint64_t>(kLeastEventTime);
  const auto isOutside = [width](std::int64_t time) {
    return static_cast<std::uint64_t>(time) - static_cast<std::uint64_t>(kLeastEventTime) > width;
  };
  // Nearly always there is none: one pass without branches finds that out.
  bool any = false;
  for (std::int64_t row = 0; row < rows.rowCount(); ++row) any |= isOutside(times[row]);
  if (!any) return outside_;
  const auto refused = [&](std::int64_t row) { return isOutside(times[row]) && times[row] != WEIR_NO_TIME; };
  // An update is refused whole.
  const std::int8_t* const ops = rows.get()->ops;
  const auto other = [&](std::int64_t row) {
    if (ops == nullptr) return row;
    return ops[row] == WEIR_OP_UPDATE_BEFORE ? row + 1 : ops[row] == WEIR_OP_UPDATE_AFTER ? row - 1 : row;
  };
  rows.forEachRow([&](std::int64_t row) {
    if (refused(row) || refused(other(row))) outside_.push_back(static_cast<std::uint32_t>(row));
  });
  return outside_;
}

std::string TimeBounds::reason(std::int64_t time, Timestamp now) const {
  const std::string text = "The event time " + expr::timestampText(time);
  if (time < kLeastEventTime || time > kMostEventTime) return text + " is not within the years 1 to 9999.";
  if (time <= latest(now)) return "It belongs to an update whose other row has an event time that cannot be.";
  return text + " is more than " + durationText(maxAhead_) + " ahead of the clock, which said " +
         expr::timestampText(now) + " when the row was read (max_ahead).";
}

Batch withoutRows(const Batch& rows, const std::vector<std::uint32_t>& outside, const std::int64_t*& times,
                  std::vector<std::int64_t>& storage) {
  std::vector<std::uint32_t> kept;
  rows.forEachRow([&](std::int64_t row) {
    if (!std::binary_search(outside.begin(), outside.end(), row)) kept.push_back(static_cast<std::uint32_t>(row));
  });
  if (times != storage.data()) storage.assign(times, times + rows.rowCount());
  times = storage.data();
  for (const std::uint32_t row : outside) storage[row] = WEIR_NO_TIME;
  return BatchMaker::from(rows).selection(std::move(kept)).finish(rows.rowCount());
}

}  // namespace weir::runtime
