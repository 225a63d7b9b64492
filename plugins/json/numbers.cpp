#include "plugins/json/numbers.hpp"

#include <charconv>

namespace weir::json {
namespace {

const char* fail(Problem& problem, Problem text) {
  problem = text;
  return nullptr;
}

const char* skipDigits(const char* at) {
  while (isDigit(*at)) ++at;
  return at;
}

}  // namespace

const char* skipNumber(const char* at, Problem& problem) {
  if (*at == '-') ++at;
  if (!isDigit(*at)) return fail(problem, nullptr);
  if (*at == '0' && isDigit(at[1])) return fail(problem, "a number must not begin with zero");
  at = skipDigits(at);
  if (*at == '.') {
    if (!isDigit(at[1])) return fail(problem, "digits must follow the decimal point");
    at = skipDigits(at + 1);
  }
  if (*at == 'e' || *at == 'E') {
    ++at;
    if (*at == '+' || *at == '-') ++at;
    if (!isDigit(*at)) return fail(problem, "digits must follow the exponent sign");
    at = skipDigits(at);
  }
  return at;
}

const char* readDoubleSlowly(const char* at, double& value, Problem& problem) {
  const char* end = skipNumber(at, problem);
  if (end == nullptr) return nullptr;
  value = 0;
  const auto result = std::from_chars(at, end, value);
  if (result.ec == std::errc::result_out_of_range) {
    // Too great or too small: told apart by the decimal exponent of the first digit that counts.
    const char* first = at + (*at == '-' ? 1 : 0);
    const char* point = skipDigits(first);
    long long magnitude = 0;
    const char* digit = first;
    while (digit < end && (*digit == '0' || *digit == '.')) ++digit;
    if (digit < point) {
      magnitude = point - digit;
    } else {
      magnitude = -(digit - point);
    }
    const char* exponent = *point == '.' ? skipDigits(point + 1) : point;
    if (exponent < end) {
      ++exponent;
      const bool negative = *exponent == '-';
      if (*exponent == '+' || *exponent == '-') ++exponent;
      long long power = 0;
      for (; exponent < end; ++exponent) power = power > 1'000'000'000 ? power : power * 10 + (*exponent - '0');
      magnitude += negative ? -power : power;
    }
    if (magnitude > 0) return fail(problem, "out of range");
    value = *at == '-' ? -0.0 : 0.0;
  }
  return end;
}

const char* readDecimal(const char* at, int precision, int scale, Int128& value, Problem& problem) {
  const char* end = skipNumber(at, problem);
  if (end == nullptr) return nullptr;
  const bool negative = *at == '-';
  if (negative) ++at;
  // The exponent first: it says where the decimal point really stands.
  const char* mantissaEnd = at;
  while (mantissaEnd < end && *mantissaEnd != 'e' && *mantissaEnd != 'E') ++mantissaEnd;
  long long exponent = 0;
  if (mantissaEnd < end) {
    const char* digit = mantissaEnd + 1;
    const bool below = *digit == '-';
    if (*digit == '+' || *digit == '-') ++digit;
    for (; digit < end; ++digit) exponent = exponent > 1'000'000'000 ? exponent : exponent * 10 + (*digit - '0');
    if (below) exponent = -exponent;
  }
  const char* point = at;
  while (point < mantissaEnd && *point != '.') ++point;
  // Position of a digit: 0 is the last one that the scale keeps.
  long long position = (point - at) - 1 + exponent + scale;
  Int128 magnitude = 0;
  int significant = 0;
  for (const char* digit = at; digit < mantissaEnd; ++digit) {
    if (*digit == '.') continue;
    if (*digit != '0' && position < 0) return fail(problem, "more decimals than the scale");
    if (*digit != '0' && position >= precision) return fail(problem, "more digits than the precision");
    if (position >= 0 && (significant != 0 || *digit != '0') && significant < precision) {
      magnitude = magnitude * 10 + (*digit - '0');
      ++significant;
    }
    --position;
  }
  // Zeros that the text leaves out, as in 1e3.
  if (magnitude != 0) {
    for (; position >= 0; --position) magnitude *= 10;
  }
  value = negative ? -magnitude : magnitude;
  return end;
}

Problem wholeNumberProblem(const char* at, std::size_t count) {
  if (count == 0) return nullptr;
  if (*at == '0' && count != 1) return "a number must not begin with zero";
  if (count > 19) return "out of range";
  return "a fraction or exponent is not taken for a whole number";
}

const char* readMillisecondsSlowly(const char* at, std::int64_t& microseconds, Problem& problem) {
  const bool negative = *at == '-';
  at += negative ? 1 : 0;
  const std::size_t count = countDigits(at);
  if (count == 0) return nullptr;
  if (*at == '0' && count != 1) return fail(problem, "a number must not begin with zero");
  constexpr std::uint64_t kGreatest = std::uint64_t{std::numeric_limits<std::int64_t>::max()} / 1000 - 1;
  if (count > 19) return fail(problem, "out of range");
  const std::uint64_t milliseconds = digitsValue(at, count);
  if (milliseconds > kGreatest) return fail(problem, "out of range");
  std::uint64_t micros = milliseconds * 1000;
  at += count;
  if (*at == '.') {
    const std::size_t fraction = countDigits(++at);
    if (fraction == 0 || fraction > 3) return fail(problem, "milliseconds take one to three decimals");
    micros += digitsValue(at, fraction) * kPowersOfTen[3 - fraction];
    at += fraction;
  }
  if ((*at | 0x20) == 'e') return fail(problem, "milliseconds take no exponent");
  microseconds = negative ? -static_cast<std::int64_t>(micros) : static_cast<std::int64_t>(micros);
  return at;
}

}  // namespace weir::json
