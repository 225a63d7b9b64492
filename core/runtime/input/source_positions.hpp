// How far the tasks of a source have come, as their changelogs keep it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/runtime/state/node_state.hpp"

namespace weir::runtime {

namespace source_positions {

inline constexpr const char* kStore = "$input";
inline constexpr const char* kSplitPrefix = "split/";      // + id: watermark of the split, then its position
inline constexpr const char* kRowsPrefix = "rows/";        // + id: its rows have positions below this
inline constexpr const char* kMissingPrefix = "missing/";  // + id: since when the split has not been there
inline constexpr const char* kAheadKey = "ahead";          // splits of the chunks in flight, a line each
inline constexpr const char* kTurnKey = "turn";            // split that had the last turn of those without a time
inline constexpr const char* kWatermarkKey = "watermark";  // of the task

}  // namespace source_positions

// A watermark before other bytes; taking it answers WEIR_WATERMARK_MIN when there is none, and for the end of time,
// which an older Weir kept when its input had ended.
std::string withWatermark(std::int64_t watermark, std::string_view rest);
std::int64_t takeWatermark(std::string_view& bytes);

// The rule of taskOfSplit: another one means that stored splits may be with the wrong task.
inline constexpr std::int32_t kSplitRule = 1;
// The task that reads a split: decided by the part of its id behind the last colon, so that a source can keep splits in
// one task that it has to tell apart by more than what never changes.
std::int32_t taskOfSplit(std::string_view splitId, std::int32_t tasks);

// Gives each split, with its position and its time, to the task that owns it when there are `after` of them and no
// longer `before`. `states`: of as many tasks as there are at most; the changes stand in them, ready for one commit.
Result<void> moveSplits(std::span<const std::unique_ptr<NodeState>> states, std::int32_t before, std::int32_t after);

}  // namespace weir::runtime
