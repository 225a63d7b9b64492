// Strings as expressions see them: UTF-8, counted in code points.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weir::expr {

bool isUtf8(std::string_view text);

// Only A-Z and a-z change.
std::string asciiLower(std::string_view text);

inline bool isContinuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

std::int64_t codePoints(std::string_view text);

// SQL's substring: `start` counts from 1 and may lie before the string; `count` code points from there.
std::string_view substring(std::string_view text, std::int64_t start, std::int64_t count);

enum class LikeMatch : std::uint8_t { No, Yes, BadPattern };

// SQL's LIKE: '%' any run, '_' one code point; `escape` (empty: none) makes the next character plain. A
// pattern is bad when it ends with the escape, or escapes anything but '%', '_' and the escape.
LikeMatch like(std::string_view text, std::string_view pattern, std::string_view escape);

}  // namespace weir::expr
