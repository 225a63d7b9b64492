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

// The candidate closest to `wanted` if it is close enough to be a slip; otherwise empty. Differences of case
// count less than any other.
template <typename Names>
std::string closestName(std::string_view wanted, const Names& candidates);

// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
std::size_t editDistance(std::string_view left, std::string_view right);

template <typename Names>
std::string closestName(std::string_view wanted, const Names& candidates) {
  const std::string lower = asciiLower(wanted);
  std::size_t best = wanted.size() / 3 + 2;  // exclusive
  std::string found;
  for (const auto& candidate : candidates) {
    const std::size_t distance = editDistance(lower, asciiLower(candidate));
    if (distance < best && distance < candidate.size()) {
      best = distance;
      found = candidate;
    }
  }
  return found;
}

}  // namespace weir::expr
