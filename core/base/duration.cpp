#include "core/base/duration.hpp"

#include <algorithm>
#include <charconv>

namespace weir {

namespace {

struct Unit {
  std::string_view name;
  Duration length;
};

constexpr Unit kUnits[] = {
    {"d", 86400 * kSecond}, {"h", 3600 * kSecond}, {"m", 60 * kSecond}, {"s", kSecond}, {"ms", kMillisecond}, {"us", 1},
};

Error noDuration(std::string_view text, std::string_view why) {
  return configError("\"" + std::string(text) + "\" " + std::string(why) +
                     " Write a whole number and a unit: 500ms, 5s, 1m, 2h or 7d.");
}

}  // namespace

Result<Duration> parseDuration(std::string_view text) {
  Duration count = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, count);
  if (problem == std::errc::result_out_of_range) return noDuration(text, "is too long for a duration.");
  if (problem != std::errc() || text.starts_with('-')) return noDuration(text, "is not a duration.");
  const std::string_view unit(stop, static_cast<std::size_t>(end - stop));
  if (unit.empty()) return noDuration(text, "has no unit.");
  const auto* const found =
      std::find_if(std::begin(kUnits), std::end(kUnits), [&](const Unit& candidate) { return candidate.name == unit; });
  if (found == std::end(kUnits)) return noDuration(text, "is not a duration.");
  Duration length = 0;
  if (__builtin_mul_overflow(count, found->length, &length)) return noDuration(text, "is too long for a duration.");
  return length;
}

std::string durationText(Duration duration) {
  if (duration == 0) return "0s";
  for (const Unit& unit : kUnits) {
    if (duration % unit.length == 0) return std::to_string(duration / unit.length) + std::string(unit.name);
  }
  return std::to_string(duration) + "us";
}

}  // namespace weir
