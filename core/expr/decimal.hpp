// Exact decimal arithmetic on unscaled 128-bit integers: the value is `unscaled` / 10^scale. Functions that
// answer bool say false on overflow, or when the text is no number. Rounding is half away from zero.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weir::expr {

__extension__ using Decimal = __int128;
__extension__ using UnsignedDecimal = unsigned __int128;

inline constexpr int kMaxDecimalPrecision = 38;

// 10^exponent, 0 to 38.
Decimal powerOfTen(int exponent);

inline UnsignedDecimal magnitude(Decimal value) {
  return value < 0 ? UnsignedDecimal{0} - static_cast<UnsignedDecimal>(value) : static_cast<UnsignedDecimal>(value);
}

inline bool fitsPrecision(Decimal value, int precision) {
  return magnitude(value) < static_cast<UnsignedDecimal>(powerOfTen(precision));
}

bool rescaleDecimal(Decimal value, int fromScale, int toScale, Decimal& out);

// left * right / 10^drop, in 256 bits between.
bool multiplyDecimal(Decimal left, Decimal right, int drop, Decimal& out);

// left * 10^shift / right; shift 0 to 76, right not 0.
bool divideDecimal(Decimal left, Decimal right, int shift, Decimal& out);

// -1, 0 or 1, exact for any scales.
int compareDecimal(Decimal left, int leftScale, Decimal right, int rightScale);

std::string decimalText(Decimal value, int scale);

// Digits, a sign, a point and an exponent; excess digits are rounded.
bool parseDecimal(std::string_view text, int scale, Decimal& out);

// The nearest double.
double decimalToDouble(Decimal value, int scale);

// From the shortest decimal text of `value`; false for NaN and infinities.
bool doubleToDecimal(double value, int scale, Decimal& out);

}  // namespace weir::expr
