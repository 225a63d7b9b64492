#include "core/runtime/time/event_stamper.hpp"

namespace weir::runtime {

void SplitTime::advance(const std::int64_t* times, std::int64_t count, std::vector<WatermarkStep>& steps) {
  steps.clear();
  steps.push_back({0, watermark_});
  const std::int64_t lead = disorder_ + 1;
  // The greatest time so far. Whatever is below it, WEIR_NO_TIME too, moves no watermark.
  std::int64_t most = watermark_ > WEIR_WATERMARK_MAX - lead ? WEIR_WATERMARK_MAX : watermark_ + lead;
  for (std::int64_t row = 0; row < count; ++row) {
    if (times[row] <= most) continue;
    most = times[row];
    watermark_ = most - lead;
    steps.push_back({row + 1, watermark_});
  }
}

void SplitTime::tell(std::int64_t watermark, std::int64_t count, std::vector<WatermarkStep>& steps) {
  steps.assign(1, {0, watermark_});
  if (watermark <= watermark_) return;
  watermark_ = watermark;
  steps.push_back({count, watermark});
}

const std::int64_t* eventTimes(const ColumnView& column, std::vector<std::int64_t>& storage) {
  const FixedView<std::int64_t> values(column);
  if (!column.hasNulls()) return values.data();
  storage.resize(static_cast<std::size_t>(column.size()));
  for (std::int64_t row = 0; row < column.size(); ++row) {
    storage[static_cast<std::size_t>(row)] = column.isNull(row) ? WEIR_NO_TIME : values[row];
  }
  return storage.data();
}

}  // namespace weir::runtime
