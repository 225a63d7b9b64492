// cast(value as type): one kernel for each pair of types that has one.
#include <charconv>
#include <cmath>
#include <limits>

#include "core/expr/factories.hpp"
#include "core/expr/kernels.hpp"
#include "core/expr/text.hpp"

namespace weir::expr {

namespace {

constexpr std::size_t kMaxShownBytes = 40;

std::string show(std::string_view text) {
  if (!isUtf8(text)) return "a value of " + std::to_string(text.size()) + " bytes";
  if (text.size() <= kMaxShownBytes) return "'" + std::string(text) + "'";
  return "'" + std::string(substring(text, 1, kMaxShownBytes / 4)) + "...'";
}
std::string show(std::int32_t value) {
  return std::to_string(value);
}
std::string show(std::int64_t value) {
  return std::to_string(value);
}
std::string show(double value) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof(text), value).ptr};
}

// A cast that can fail; the reason shows the value.
template <typename F>
struct Convert {
  static constexpr bool kFails = true;
  static constexpr bool kSkipsNulls = true;
  F f;
  std::string target;
  std::string source;
  int sourceScale = 0;
  template <typename R, typename A>
  bool operator()(Frame&, R& out, A value) const {
    return f(out, value);
  }
  template <typename A>
  std::string reason(A value) const {
    std::string shown;
    if constexpr (std::is_same_v<A, Decimal>) {
      shown = decimalText(value, sourceScale);
    } else {
      shown = show(value);
    }
    return "cannot cast " + shown + " to " + target + " in " + source;
  }
};

// A cast to string; the bytes lie in the arena.
template <typename F>
struct Print {
  static constexpr bool kFails = true;
  static constexpr bool kSkipsNulls = true;
  F f;  // std::string f(A)
  template <typename A>
  bool operator()(Frame& frame, std::string_view& out, A value) const {
    const std::string text = f(value);
    char* const bytes = frame.arena.allocate(text.size());
    if (bytes == nullptr) return false;
    std::copy(text.begin(), text.end(), bytes);
    out = {bytes, text.size()};
    return true;
  }
  template <typename A>
  std::string reason(A) const {
    return "the strings of this batch are over 1 GiB";
  }
};

// Integers are printed straight into the arena.
struct PrintInteger {
  static constexpr bool kFails = true;
  static constexpr bool kSkipsNulls = true;
  template <typename A>
  bool operator()(Frame& frame, std::string_view& out, A value) const {
    char text[24];
    const auto size = static_cast<std::size_t>(std::to_chars(text, text + sizeof(text), value).ptr - text);
    char* const bytes = frame.arena.allocate(size);
    if (bytes == nullptr) return false;
    std::memcpy(bytes, text, size);
    out = {bytes, size};
    return true;
  }
  template <typename A>
  std::string reason(A) const {
    return "the strings of this batch are over 1 GiB";
  }
};

std::string_view trimSpaces(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// Reads a whole number; a '+' may stand before it.
template <typename T>
bool parseNumber(T& out, std::string_view text) {
  text = trimSpaces(text);
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), out);
  return problem == std::errc() && end == text.data() + text.size() && !text.empty();
}

bool parseBool(std::uint8_t& out, std::string_view text) {
  const std::string lower = asciiLower(trimSpaces(text));
  out = lower == "true";
  return out != 0 || lower == "false";
}

// Towards zero; false for NaN and what does not fit.
template <typename T>
bool doubleToInteger(T& out, double value) {
  const double whole = std::trunc(value);
  // -2^63 is a double and 2^63 - 1 is not, hence the half-open test.
  constexpr T kHalf = std::numeric_limits<T>::max() / 2 + 1;
  constexpr double kLimit = static_cast<double>(kHalf) * 2;
  if (!(whole >= -kLimit && whole < kLimit)) return false;
  out = static_cast<T>(whole);
  return true;
}

struct Caster {
  NodePtr operand;
  DataType from;
  DataType target;
  Span span;
  std::string source;
  std::string name;

  template <typename R, typename A, typename F>
  NodePtr total(F f) {
    return makeTotal<R, A>(f, name, target, span, std::move(operand));
  }
  template <typename R, typename A, typename F>
  NodePtr checked(F f) {
    return makeKernel<R, A>(Convert<F>{f, typeName(target), source, from.scale}, name, target, span,
                            nodeList(std::move(operand)));
  }
  template <typename A, typename F>
  NodePtr print(F f) {
    return makeKernel<std::string_view, A>(Print<F>{f}, name, target, span, nodeList(std::move(operand)));
  }

  NodePtr toString() {
    switch (from.id) {
      case TypeId::Bool:
        return total<std::string_view, std::uint8_t>(
            [](std::uint8_t value) { return value != 0 ? std::string_view("true") : std::string_view("false"); });
      case TypeId::Int32:
        return makeKernel<std::string_view, std::int32_t>(PrintInteger{}, name, target, span,
                                                          nodeList(std::move(operand)));
      case TypeId::Int64:
        return makeKernel<std::string_view, std::int64_t>(PrintInteger{}, name, target, span,
                                                          nodeList(std::move(operand)));
      case TypeId::Float64:
        return print<double>([](double value) {
          if (std::isnan(value)) return std::string("NaN");
          if (std::isinf(value)) return std::string(value < 0 ? "-Infinity" : "Infinity");
          return show(value);
        });
      case TypeId::Decimal128:
        return print<Decimal>([scale = int{from.scale}](Decimal value) { return decimalText(value, scale); });
      case TypeId::Timestamp: return print<std::int64_t>(timestampText);
      case TypeId::Date: return print<std::int32_t>(dateText);
      case TypeId::Bytes:
        return checked<std::string_view, std::string_view>([](std::string_view& out, std::string_view value) {
          out = value;
          return isUtf8(value);
        });
      default: return nullptr;
    }
  }

  template <typename T>
  NodePtr toInteger() {
    switch (from.id) {
      case TypeId::Bool: return total<T, std::uint8_t>([](std::uint8_t value) { return value; });
      case TypeId::Int32: return total<T, std::int32_t>([](std::int32_t value) { return value; });
      case TypeId::Int64:
        return checked<T, std::int64_t>([](T& out, std::int64_t value) {
          out = static_cast<T>(value);
          return out == value;
        });
      case TypeId::Float64: return checked<T, double>(doubleToInteger<T>);
      case TypeId::Decimal128:
        return checked<T, Decimal>([unit = powerOfTen(from.scale)](T& out, Decimal value) {
          const Decimal whole = value / unit;
          out = static_cast<T>(whole);
          return whole == out;
        });
      case TypeId::String: return checked<T, std::string_view>(parseNumber<T>);
      default: return nullptr;
    }
  }

  NodePtr toDouble() {
    switch (from.id) {
      case TypeId::Int32: return total<double, std::int32_t>([](std::int32_t value) { return double(value); });
      case TypeId::Int64: return total<double, std::int64_t>([](std::int64_t value) { return double(value); });
      case TypeId::Decimal128:
        return total<double, Decimal>(
            [scale = int{from.scale}](Decimal value) { return decimalToDouble(value, scale); });
      case TypeId::String: return checked<double, std::string_view>(parseNumber<double>);
      default: return nullptr;
    }
  }

  NodePtr toDecimal() {
    const int precision = target.precision;
    const int scale = target.scale;
    const int fromScale = from.scale;
    switch (from.id) {
      case TypeId::Int32:
        return checked<Decimal, std::int32_t>([=](Decimal& out, std::int32_t value) {
          return rescaleDecimal(value, 0, scale, out) && fitsPrecision(out, precision);
        });
      case TypeId::Int64:
        return checked<Decimal, std::int64_t>([=](Decimal& out, std::int64_t value) {
          return rescaleDecimal(value, 0, scale, out) && fitsPrecision(out, precision);
        });
      case TypeId::Float64:
        return checked<Decimal, double>([=](Decimal& out, double value) {
          return doubleToDecimal(value, scale, out) && fitsPrecision(out, precision);
        });
      case TypeId::Decimal128:
        return checked<Decimal, Decimal>([=](Decimal& out, Decimal value) {
          return rescaleDecimal(value, fromScale, scale, out) && fitsPrecision(out, precision);
        });
      case TypeId::String:
        return checked<Decimal, std::string_view>([=](Decimal& out, std::string_view text) {
          return parseDecimal(trimSpaces(text), scale, out) && fitsPrecision(out, precision);
        });
      default: return nullptr;
    }
  }

  NodePtr toTimestamp() {
    if (from.id == TypeId::Date) {
      return checked<std::int64_t, std::int32_t>([](std::int64_t& out, std::int32_t days) {
        return !__builtin_mul_overflow(std::int64_t{days}, kMicrosPerDay, &out);
      });
    }
    if (from.id != TypeId::String) return nullptr;
    return checked<std::int64_t, std::string_view>(
        [](std::int64_t& out, std::string_view text) { return parseTimestamp(trimSpaces(text), out); });
  }

  NodePtr toDate() {
    if (from.id == TypeId::Timestamp) {
      return total<std::int32_t, std::int64_t>([](std::int64_t micros) { return floorDivide(micros, kMicrosPerDay); });
    }
    if (from.id != TypeId::String) return nullptr;
    return checked<std::int32_t, std::string_view>(
        [](std::int32_t& out, std::string_view text) { return parseDate(trimSpaces(text), out); });
  }

  NodePtr make() {
    switch (target.id) {
      case TypeId::Bool:
        return from.id == TypeId::String ? checked<std::uint8_t, std::string_view>(parseBool) : nullptr;
      case TypeId::Int32: return toInteger<std::int32_t>();
      case TypeId::Int64: return toInteger<std::int64_t>();
      case TypeId::Float64: return toDouble();
      case TypeId::Decimal128: return toDecimal();
      case TypeId::String: return toString();
      case TypeId::Bytes:
        if (from.id != TypeId::String) return nullptr;
        return total<std::string_view, std::string_view>([](std::string_view text) { return text; });
      case TypeId::Timestamp: return toTimestamp();
      case TypeId::Date: return toDate();
      default: return nullptr;
    }
  }
};

}  // namespace

NodePtr makeCast(NodePtr operand, const DataType& target, Span span, const std::string& source) {
  const ValueType from = operand->type();
  if (from.isInterval()) {  // the number of microseconds
    if (target.id != TypeId::Int64) return nullptr;
    return makeTotal<std::int64_t, std::int64_t>([](std::int64_t micros) { return micros; }, "cast", target, span,
                                                 std::move(operand));
  }
  Caster caster{std::move(operand), from.type, target, span, source, "cast"};
  return caster.make();
}

}  // namespace weir::expr
