// Rounding and absolute values.
#include <cmath>

#include "core/expr/factories.hpp"
#include "core/expr/kernels.hpp"

namespace weir::expr {

namespace {

enum class Rounding : std::uint8_t { HalfAway, Down, Up };

// `value` / 10^drop, rounded.
Decimal dropDigits(Decimal value, int drop, Rounding how) {
  if (drop > kMaxDecimalPrecision)
    return how == Rounding::Up && value > 0 ? 1 : how == Rounding::Down && value < 0 ? -1 : 0;
  const Decimal unit = powerOfTen(drop);
  const Decimal whole = value / unit;
  const Decimal rest = value % unit;
  switch (how) {
    case Rounding::HalfAway: {
      const Decimal size = rest < 0 ? -rest : rest;
      return size >= unit - size ? whole + (value < 0 ? -1 : 1) : whole;
    }
    case Rounding::Down: return rest < 0 ? whole - 1 : whole;
    case Rounding::Up: return rest > 0 ? whole + 1 : whole;
  }
  return whole;
}

// Rounds what the shortest decimal text of `value` says, so that 2.675 to two digits is 2.68.
double roundDouble(double value, int digits) {
  if (digits == 0) return std::round(value);
  if (!std::isfinite(value)) return value;
  if (digits > 0) {
    constexpr double kNoFraction = 4503599627370496.0;  // 2^52
    Decimal scaled = 0;
    if (std::fabs(value) >= kNoFraction || !doubleToDecimal(value, digits, scaled)) return value;
    return std::copysign(decimalToDouble(scaled < 0 ? -scaled : scaled, digits), value);
  }
  Decimal whole = 0;
  if (!doubleToDecimal(value, 0, whole)) return value;  // over 10^38: no digit there is exact anyway
  const Decimal kept = dropDigits(whole, -digits, Rounding::HalfAway);
  Decimal back = 0;
  if (!rescaleDecimal(kept, 0, -digits, back)) return value;
  return decimalToDouble(back, 0);
}

}  // namespace

NodePtr makeRounding(std::string_view name, int digits, Span span, const std::string& source, NodePtr operand) {
  const ValueType type = operand->type();
  const Rounding how = name == "round" ? Rounding::HalfAway : name == "floor" ? Rounding::Down : Rounding::Up;
  const std::string fullName = std::string(name) + "[" + std::to_string(digits) + "]";
  if (type.is(TypeId::Float64)) {
    const auto rounded = [how, digits](double value) {
      return how == Rounding::Down ? std::floor(value)
             : how == Rounding::Up ? std::ceil(value)
                                   : roundDouble(value, digits);
    };
    return makeTotal<double, double>(rounded, fullName, type, span, std::move(operand));
  }
  if (!type.is(TypeId::Decimal128) || digits >= type.type.scale) return operand;
  const int scale = std::max(digits, 0);
  const int drop = type.type.scale - digits;
  const int grow = scale - digits;  // zeros that come back before the point
  const DataType result =
      DataType::decimal(std::min(kMaxDecimalPrecision, type.type.precision - type.type.scale + scale + 1), scale);
  const auto rounded = [=](Decimal& out, Decimal value) {
    return grow <= kMaxDecimalPrecision && rescaleDecimal(dropDigits(value, drop, how), 0, grow, out) &&
           fitsPrecision(out, result.precision);
  };
  return makePartial<Decimal, Decimal>(rounded, typeName(result) + " overflow in " + source, fullName, result, span,
                                       std::move(operand));
}

NodePtr makeAbs(Span span, const std::string& source, NodePtr operand) {
  const ValueType type = operand->type();
  const std::string why = type.name() + " overflow in " + source;
  const auto checked = [](auto& out, auto value) {
    out = value < 0 ? decltype(value)(0U - static_cast<std::make_unsigned_t<decltype(value)>>(value)) : value;
    return out >= 0;
  };
  switch (type.type.id) {
    case TypeId::Float64:
      return makeTotal<double, double>([](double value) { return std::fabs(value); }, "abs", type, span,
                                       std::move(operand));
    case TypeId::Decimal128:
      return makeTotal<Decimal, Decimal>([](Decimal value) { return value < 0 ? -value : value; }, "abs", type, span,
                                         std::move(operand));
    case TypeId::Int32:
      return makePartial<std::int32_t, std::int32_t>(checked, why, "abs", type, span, std::move(operand));
    default: return makePartial<std::int64_t, std::int64_t>(checked, why, "abs", type, span, std::move(operand));
  }
}

}  // namespace weir::expr
