#include "core/runtime/input/source_positions.hpp"

#include <algorithm>
#include <cstring>
#include <map>

#include "core/base/murmur2.hpp"
#include "core/runtime/time/input_end.hpp"
#include "weir/abi/batch.h"
#include "weir/sdk/slice.hpp"

namespace weir::runtime {

using namespace source_positions;

std::string withWatermark(std::int64_t watermark, std::string_view rest) {
  std::string out(sizeof watermark, '\0');
  std::memcpy(out.data(), &watermark, sizeof watermark);
  return out.append(rest);
}

std::int64_t takeWatermark(std::string_view& bytes) {
  std::int64_t watermark = WEIR_WATERMARK_MIN;
  if (bytes.size() < sizeof watermark) return watermark;
  std::memcpy(&watermark, bytes.data(), sizeof watermark);
  bytes.remove_prefix(sizeof watermark);
  return dataTime(watermark);
}

std::int32_t taskOfSplit(std::string_view splitId, std::int32_t tasks) {
  return partitionOf(splitId.substr(splitId.rfind(':') + 1), tasks);
}

namespace {

Result<std::map<std::string, std::string>> entriesOf(NodeState& state) {
  std::map<std::string, std::string> entries;
  WEIR_TRY(state.store(kStore).scan(0, toSlice(""), kAbsent, [&](const weir_state_entry& entry) {
    entries.emplace(toView(entry.key), toView(entry.value));
    return true;
  }));
  return entries;
}

}  // namespace

Result<void> moveSplits(std::span<const std::unique_ptr<NodeState>> states, std::int32_t before, std::int32_t after) {
  // What every old task had passed; one that told nothing may own splits that nobody has read yet.
  std::int64_t passed = WEIR_WATERMARK_MAX;
  for (std::int32_t task = 0; task < before; ++task) {
    NodeState& from = *states[static_cast<std::size_t>(task)];
    WEIR_TRY_ASSIGN(entries, entriesOf(from));
    std::int64_t watermark = WEIR_WATERMARK_MIN;
    for (const auto& [key, value] : entries) {
      if (key == kWatermarkKey) {
        std::string_view bytes = value;
        watermark = takeWatermark(bytes);
        from.remove(kStore, key);
      } else if (key == kAheadKey || key == kTurnKey) {
        // The order of reading begins anew; no result depends on it.
        from.remove(kStore, key);
      } else if (key.starts_with(kSplitPrefix) || key.starts_with(kRowsPrefix) || key.starts_with(kMissingPrefix)) {
        const std::int32_t to = taskOfSplit(std::string_view(key).substr(key.find('/') + 1), after);
        if (to == task) continue;
        states[static_cast<std::size_t>(to)]->put(kStore, key, value);
        from.remove(kStore, key);
      }
    }
    passed = std::min(passed, watermark);
  }
  if (passed == WEIR_WATERMARK_MIN) return {};
  for (std::int32_t task = 0; task < after; ++task) {
    states[static_cast<std::size_t>(task)]->put(kStore, kWatermarkKey, withWatermark(passed, ""));
  }
  return {};
}

}  // namespace weir::runtime
