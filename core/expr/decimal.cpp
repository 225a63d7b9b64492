#include "core/expr/decimal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace weir::expr {

namespace {

constexpr std::array<Decimal, kMaxDecimalPrecision + 1> makePowers() {
  std::array<Decimal, kMaxDecimalPrecision + 1> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}
constexpr std::array<Decimal, kMaxDecimalPrecision + 1> kPowers = makePowers();
constexpr UnsignedDecimal kMaxMagnitude = ~UnsignedDecimal{0} >> 1;

struct Wide {
  UnsignedDecimal high = 0;
  UnsignedDecimal low = 0;
};

Wide multiplyWide(UnsignedDecimal left, UnsignedDecimal right) {
  const UnsignedDecimal mask = ~std::uint64_t{0};
  const UnsignedDecimal ll = (left & mask) * (right & mask);
  const UnsignedDecimal lh = (left & mask) * (right >> 64);
  const UnsignedDecimal hl = (left >> 64) * (right & mask);
  const UnsignedDecimal hh = (left >> 64) * (right >> 64);
  const UnsignedDecimal middle = (ll >> 64) + (lh & mask) + (hl & mask);
  return {hh + (lh >> 64) + (hl >> 64) + (middle >> 64), (middle << 64) | (ll & mask)};
}

// value * factor; false when it needs more than 256 bits.
bool multiplyWide(Wide value, UnsignedDecimal factor, Wide& out) {
  const Wide low = multiplyWide(value.low, factor);
  const Wide high = multiplyWide(value.high, factor);
  if (high.high != 0) return false;
  out.low = low.low;
  return !__builtin_add_overflow(high.low, low.high, &out.high);
}

// Rounded quotient; false when it is over 127 bits.
bool divideWide(Wide value, UnsignedDecimal divisor, UnsignedDecimal& quotient) {
  UnsignedDecimal rest = 0;
  if (value.high == 0) {
    quotient = value.low / divisor;
    rest = value.low % divisor;
  } else {
    if (value.high >= divisor) return false;
    rest = value.high;
    quotient = 0;
    for (int bit = 127; bit >= 0; --bit) {
      const bool carry = (rest >> 127) != 0;
      rest = (rest << 1) | ((value.low >> bit) & 1);
      quotient <<= 1;
      if (carry || rest >= divisor) {
        rest -= divisor;
        quotient |= 1;
      }
    }
  }
  if (rest >= divisor - rest && ++quotient == 0) return false;
  return quotient <= kMaxMagnitude;
}

Decimal withSign(UnsignedDecimal value, bool negative) {
  return negative ? -static_cast<Decimal>(value) : static_cast<Decimal>(value);
}

}  // namespace

Decimal powerOfTen(int exponent) {
  return kPowers[static_cast<std::size_t>(exponent)];
}

bool rescaleDecimal(Decimal value, int fromScale, int toScale, Decimal& out) {
  if (toScale >= fromScale) return !__builtin_mul_overflow(value, powerOfTen(toScale - fromScale), &out);
  return divideDecimal(value, powerOfTen(fromScale - toScale), 0, out);
}

bool multiplyDecimal(Decimal left, Decimal right, int drop, Decimal& out) {
  if (drop == 0) return !__builtin_mul_overflow(left, right, &out);
  const Wide product = multiplyWide(magnitude(left), magnitude(right));
  UnsignedDecimal quotient = 0;
  // The type rules never drop more than 38 digits.
  if (!divideWide(product, static_cast<UnsignedDecimal>(powerOfTen(drop)), quotient)) return false;
  out = withSign(quotient, (left < 0) != (right < 0));
  return true;
}

bool divideDecimal(Decimal left, Decimal right, int shift, Decimal& out) {
  Wide numerator = multiplyWide(magnitude(left), static_cast<UnsignedDecimal>(powerOfTen(std::min(shift, 38))));
  // A numerator over 256 bits means a quotient over 10^38: no decimal holds it.
  if (shift > 38 && !multiplyWide(numerator, static_cast<UnsignedDecimal>(powerOfTen(shift - 38)), numerator)) {
    return false;
  }
  UnsignedDecimal quotient = 0;
  if (!divideWide(numerator, magnitude(right), quotient)) return false;
  out = withSign(quotient, (left < 0) != (right < 0));
  return true;
}

int compareDecimal(Decimal left, int leftScale, Decimal right, int rightScale) {
  if ((left < 0) != (right < 0)) return left < 0 ? -1 : 1;
  const Wide a =
      multiplyWide(magnitude(left), static_cast<UnsignedDecimal>(powerOfTen(std::max(0, rightScale - leftScale))));
  const Wide b =
      multiplyWide(magnitude(right), static_cast<UnsignedDecimal>(powerOfTen(std::max(0, leftScale - rightScale))));
  const int order = a.high != b.high ? (a.high < b.high ? -1 : 1) : a.low != b.low ? (a.low < b.low ? -1 : 1) : 0;
  return left < 0 ? -order : order;
}

std::string decimalText(Decimal value, int scale) {
  std::string digits;
  for (UnsignedDecimal rest = magnitude(value); rest != 0; rest /= 10) {
    digits += static_cast<char>('0' + static_cast<int>(rest % 10));
  }
  while (digits.size() <= static_cast<std::size_t>(scale)) digits += '0';
  if (scale > 0) digits.insert(static_cast<std::size_t>(scale), 1, '.');
  if (value < 0) digits += '-';
  std::reverse(digits.begin(), digits.end());
  return digits;
}

bool parseDecimal(std::string_view text, int scale, Decimal& out) {
  std::size_t at = 0;
  const bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) ++at;
  // `value` holds the digits before `roundAt`; the digit there decides about rounding.
  const std::size_t mantissaEnd = std::min(text.find_first_of("eE"), text.size());
  std::int64_t exponent = 0;
  if (mantissaEnd < text.size()) {
    std::string_view tail = text.substr(mantissaEnd + 1);
    if (!tail.empty() && tail[0] == '+') tail.remove_prefix(1);
    const auto [end, problem] = std::from_chars(tail.data(), tail.data() + tail.size(), exponent);
    if (problem != std::errc() || end != tail.data() + tail.size() || exponent > 100000 || exponent < -100000)
      return false;
  }
  const std::string_view mantissa = text.substr(at, mantissaEnd - at);
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  std::int64_t position = static_cast<std::int64_t>(point) + exponent + scale;  // digits that stay
  UnsignedDecimal value = 0;
  bool anyDigit = false;
  bool roundUp = false;
  bool tooLarge = false;
  for (std::size_t i = 0; i < mantissa.size(); ++i) {
    if (i == point) continue;
    if (mantissa[i] < '0' || mantissa[i] > '9') return false;
    anyDigit = true;
    const auto digit = static_cast<unsigned>(mantissa[i] - '0');
    if (position > 0) {
      if (value > (kMaxMagnitude - digit) / 10) tooLarge = true;
      value = value * 10 + digit;
    } else if (position == 0) {
      roundUp = digit >= 5;
    }
    --position;
  }
  if (!anyDigit || tooLarge) return false;
  for (; position > 0 && value != 0; --position) {
    if (value > kMaxMagnitude / 10) return false;
    value *= 10;
  }
  if (roundUp) ++value;
  if (value > kMaxMagnitude) return false;
  out = withSign(value, negative);
  return true;
}

double decimalToDouble(Decimal value, int scale) {
  constexpr Decimal kExact = Decimal{1} << 53;
  if (value < kExact && value > -kExact && scale <= 22) {
    return static_cast<double>(static_cast<std::int64_t>(value)) / static_cast<double>(powerOfTen(scale));
  }
  const std::string text = decimalText(value, scale);
  double out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

bool doubleToDecimal(double value, int scale, Decimal& out) {
  if (!std::isfinite(value)) return false;
  char text[32];
  const auto end = std::to_chars(text, text + sizeof(text), value, std::chars_format::scientific).ptr;
  return parseDecimal({text, static_cast<std::size_t>(end - text)}, scale, out);
}

}  // namespace weir::expr
