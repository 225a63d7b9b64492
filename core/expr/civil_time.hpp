// The calendar: the proleptic Gregorian one, UTC, without leap seconds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weir::expr {

inline constexpr std::int64_t kMicrosPerSecond = 1'000'000;
inline constexpr std::int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;

struct CivilDate {
  std::int64_t year = 1970;
  int month = 1;
  int day = 1;
};

// Days since 1970-01-01.
std::int64_t daysFromCivil(CivilDate date);
CivilDate civilFromDays(std::int64_t days);

inline std::int64_t floorDivide(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

// '2024-01-31', then optionally 'T' or a space, '23:59', ':59', a fraction and 'Z', '+01:00', '+0100' or '+01';
// without a zone it is UTC. Digits of the fraction after the sixth are dropped.
bool parseTimestamp(std::string_view text, std::int64_t& micros);
bool parseDate(std::string_view text, std::int32_t& days);

// '2024-01-31T23:59:59Z', with three or six digits of fraction where they are not zero.
std::string timestampText(std::int64_t micros);
std::string dateText(std::int32_t days);

enum class TimeUnit : std::uint8_t { Millisecond, Second, Minute, Hour, Day, Week, Month, Quarter, Year };

// False when the beginning lies before the first timestamp.
bool truncateTime(TimeUnit unit, std::int64_t micros, std::int64_t& out);

}  // namespace weir::expr
