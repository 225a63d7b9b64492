// JSON numbers into columns' values. Every function takes the first byte of a value and answers the place
// after it, or nullptr when there is no such number; what is wrong is in `problem`.
#pragma once

#include <cstdint>
#include <limits>

#include "plugins/json/scan.hpp"

namespace weir::json {

__extension__ using Int128 = __int128;

// Filled in on failure; nullptr there means "not a number at all".
using Problem = const char*;

// Why `count` digits at `at` and what follows are no whole number; nullptr when there are none.
Problem wholeNumberProblem(const char* at, std::size_t count);

// A whole number without fraction or exponent.
[[gnu::always_inline]] inline const char* readInteger(const char* at, std::int64_t& value, Problem& problem) {
  const bool negative = *at == '-';
  at += negative ? 1 : 0;
  const std::size_t count = countDigits(at);
  const char* const end = at + count;
  if (count - 1 >= 19 || (*at == '0' && count != 1) || *end == '.' || (*end | 0x20) == 'e') [[unlikely]] {
    problem = wholeNumberProblem(at, count);
    return nullptr;
  }
  const std::uint64_t magnitude = digitsValue(at, count);
  if (magnitude > std::uint64_t{std::numeric_limits<std::int64_t>::max()} + (negative ? 1 : 0)) [[unlikely]] {
    problem = "out of range";
    return nullptr;
  }
  value = static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude);
  return end;
}

// The nearest double (ties to even). Beyond the greatest double is a failure, below the least one zero.
const char* readDoubleSlowly(const char* at, double& value, Problem& problem);

inline constexpr double kExactPowersOfTen[16] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

[[gnu::always_inline]] inline const char* readDouble(const char* at, double& value, Problem& problem) {
  const bool negative = *at == '-';
  const char* const whole = at + (negative ? 1 : 0);
  const std::size_t wholeCount = countDigits(whole);
  const char* end = whole + wholeCount;
  std::size_t fractionCount = 0;
  if (*end == '.') {
    fractionCount = countDigits(end + 1);
    if (fractionCount == 0) [[unlikely]]
      return readDoubleSlowly(at, value, problem);
    end += 1 + fractionCount;
  }
  // Up to 15 digits and the power of ten are exact doubles, so that one division rounds correctly.
  if (wholeCount == 0 || (*whole == '0' && wholeCount != 1) || wholeCount + fractionCount > 15 || (*end | 0x20) == 'e')
      [[unlikely]] {
    return readDoubleSlowly(at, value, problem);
  }
  std::uint64_t digits = digitsValue(whole, wholeCount);
  if (fractionCount != 0) {
    digits = digits * kPowersOfTen[fractionCount] + digitsValue(whole + wholeCount + 1, fractionCount);
  }
  const double magnitude = static_cast<double>(digits) / kExactPowersOfTen[fractionCount];
  value = negative ? -magnitude : magnitude;
  return end;
}

// A number as value * 10^scale, exactly; at most `precision` digits. Trailing zeros beyond the scale are fine.
const char* readDecimal(const char* at, int precision, int scale, Int128& value, Problem& problem);

// Milliseconds, with up to three decimals, as microseconds.
const char* readMillisecondsSlowly(const char* at, std::int64_t& microseconds, Problem& problem);

[[gnu::always_inline]] inline const char* readMilliseconds(const char* at, std::int64_t& microseconds,
                                                           Problem& problem) {
  const std::size_t count = countDigits(at);
  const char* const end = at + count;
  if (count - 1 >= 15 || *at == '0' || *end == '.' || (*end | 0x20) == 'e') [[unlikely]] {
    return readMillisecondsSlowly(at, microseconds, problem);
  }
  microseconds = static_cast<std::int64_t>(digitsValue(at, count) * 1000);
  return end;
}

// Any number, by JSON's grammar.
const char* skipNumber(const char* at, Problem& problem);

}  // namespace weir::json
