// Durations as people write them: 500ms, 5s, 1m, 2h, 7d.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"

namespace weir {

// A whole number and a unit, nothing else: "90s", "500ms", "250us". The unit is required; the error says what
// to write instead.
Result<Duration> parseDuration(std::string_view text);

// The shortest exact way to write it: 60'000'000 is "1m".
std::string durationText(Duration duration);

}  // namespace weir
