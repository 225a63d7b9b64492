// Reads dates and times as text, in the proleptic Gregorian calendar, UTC.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace weir::json {

// "2013-01-31"; years outside 0000 to 9999 carry a sign: "+12013-01-31".
std::optional<std::int32_t> parseDate(std::string_view text);

// "2013-01-31T23:59:59.123456Z", also with a space for the T, without seconds or fraction, and with an offset
// such as +01:00. The zone must be there. Digits after the sixth decimal are cut off. No leap seconds.
std::optional<std::int64_t> parseTimestamp(std::string_view text);

}  // namespace weir::json
