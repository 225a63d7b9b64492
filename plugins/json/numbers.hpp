// JSON numbers into columns' values. Every function takes the first byte of a value and answers the place
// after it, or nullptr when there is no such number; what is wrong is in `problem`.
#pragma once

#include <cstdint>
#include <limits>

#include "scan.hpp"

namespace weir::json {

__extension__ using Int128 = __int128;

// Filled in on failure; nullptr there means "not a number at all".
using Problem = const char*;

// A whole number without fraction or exponent.
inline const char* readInteger(const char* at, std::int64_t& value, Problem& problem) {
  const bool negative = *at == '-';
  at += negative ? 1 : 0;
  const char* begin = at;
  Digits digits;
  at = scanDigits(at, digits);
  if (digits.count == 0) return nullptr;
  if (*begin == '0' && digits.count != 1) [[unlikely]] {
    problem = "a number must not begin with zero";
    return nullptr;
  }
  if ((*at == '.' || *at == 'e' || *at == 'E')) [[unlikely]] {
    problem = "a fraction or exponent is not taken for a whole number";
    return nullptr;
  }
  const std::uint64_t limit = std::uint64_t{std::numeric_limits<std::int64_t>::max()} + (negative ? 1 : 0);
  if (digits.count > 19 || digits.value > limit) [[unlikely]] {
    problem = "out of range";
    return nullptr;
  }
  value = static_cast<std::int64_t>(negative ? 0 - digits.value : digits.value);
  return at;
}

// The nearest double (ties to even). Beyond the greatest double is a failure, below the least one zero.
const char* readDoubleSlowly(const char* at, double& value, Problem& problem);

inline constexpr double kExactPowersOfTen[23] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                                 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

inline const char* readDouble(const char* at, double& value, Problem& problem) {
  const char* begin = at;
  const bool negative = *at == '-';
  at += negative ? 1 : 0;
  Digits digits;
  const char* whole = at;
  at = scanDigits(at, digits);
  const std::size_t wholeCount = digits.count;
  if (wholeCount == 0 || (*whole == '0' && wholeCount != 1)) [[unlikely]]
    return readDoubleSlowly(begin, value, problem);
  std::size_t fractionCount = 0;
  if (*at == '.') {
    at = scanDigits(at + 1, digits);
    fractionCount = digits.count - wholeCount;
    if (fractionCount == 0) [[unlikely]]
      return readDoubleSlowly(begin, value, problem);
  }
  // Both operands are exact doubles, so that one division rounds correctly.
  if (*at == 'e' || *at == 'E' || digits.count > 19 || digits.value > (1ULL << 53)) [[unlikely]] {
    return readDoubleSlowly(begin, value, problem);
  }
  const double magnitude = static_cast<double>(digits.value) / kExactPowersOfTen[fractionCount];
  value = negative ? -magnitude : magnitude;
  return at;
}

// A number as value * 10^scale, exactly; at most `precision` digits. Trailing zeros beyond the scale are fine.
const char* readDecimal(const char* at, int precision, int scale, Int128& value, Problem& problem);

// Milliseconds, with up to three decimals, as microseconds.
const char* readMilliseconds(const char* at, std::int64_t& microseconds, Problem& problem);

// Any number, by JSON's grammar.
const char* skipNumber(const char* at, Problem& problem);

}  // namespace weir::json
