// + - * / % and unary minus.
#include <cmath>

#include "core/expr/factories.hpp"
#include "core/expr/kernels.hpp"

namespace weir::expr {

namespace {

// Cheap enough to compute for null rows as well, which keeps the loop free of branches.
template <typename F>
struct Arithmetic {
  static constexpr bool kFails = true;
  static constexpr bool kSkipsNulls = false;
  F f;
  std::string overflow;
  std::string byZero;  // empty for operations that do not divide
  template <typename T>
  bool operator()(Frame&, T& out, T left, T right) const {
    return f(out, left, right);
  }
  template <typename T>
  std::string reason(T, T right) const {
    return !byZero.empty() && right == T{} ? byZero : overflow;
  }
};

template <typename T, typename F>
NodePtr makeChecked(F f, std::string_view symbol, const ValueType& type, Span span, const std::string& source,
                    std::vector<NodePtr> operands) {
  const bool divides = symbol == "/" || symbol == "%";
  const Arithmetic<F> op{f, type.name() + " overflow in " + source,
                         divides ? "division by zero in " + source : std::string()};
  return makeKernel<T, T, T>(op, std::string(symbol), type, span, std::move(operands));
}

template <typename T>
NodePtr makeInteger(std::string_view symbol, const ValueType& type, Span span, const std::string& source,
                    std::vector<NodePtr> operands) {
  switch (symbol[0]) {
    case '+':
      return makeChecked<T>([](T& out, T a, T b) { return !__builtin_add_overflow(a, b, &out); }, symbol, type, span,
                            source, std::move(operands));
    case '-':
      return makeChecked<T>([](T& out, T a, T b) { return !__builtin_sub_overflow(a, b, &out); }, symbol, type, span,
                            source, std::move(operands));
    case '*':
      return makeChecked<T>([](T& out, T a, T b) { return !__builtin_mul_overflow(a, b, &out); }, symbol, type, span,
                            source, std::move(operands));
    case '/':
      return makeChecked<T>(
          [](T& out, T a, T b) {
            if (b == 0 || (b == -1 && a == std::numeric_limits<T>::min())) return false;
            out = a / b;
            return true;
          },
          symbol, type, span, source, std::move(operands));
    default:
      return makeChecked<T>(
          [](T& out, T a, T b) {
            if (b == 0) return false;
            out = b == -1 ? 0 : a % b;
            return true;
          },
          symbol, type, span, source, std::move(operands));
  }
}

NodePtr makeFloat(std::string_view symbol, const ValueType& type, Span span, const std::string& source,
                  std::vector<NodePtr> operands) {
  const auto plain = [&](auto f) {
    return makeKernel<double, double, double>(Total<decltype(f), false>{f}, std::string(symbol), type, span,
                                              std::move(operands));
  };
  switch (symbol[0]) {
    case '+': return plain([](double a, double b) { return a + b; });
    case '-': return plain([](double a, double b) { return a - b; });
    case '*': return plain([](double a, double b) { return a * b; });
    case '/':
      return makeChecked<double>(
          [](double& out, double a, double b) {
            out = a / b;
            return b != 0;
          },
          symbol, type, span, source, std::move(operands));
    default:
      return makeKernel<double, double, double>(
          Partial<bool (*)(double&, double, double)>{[](double& out, double a, double b) {
                                                       if (b == 0) return false;
                                                       out = std::fmod(a, b);
                                                       return true;
                                                     },
                                                     "division by zero in " + source},
          std::string(symbol), type, span, std::move(operands));
  }
}

struct DecimalScales {
  int left;
  int right;
  int result;
  int precision;
};

template <typename F>
NodePtr makeDecimalKernel(F f, const DecimalScales& scales, std::string_view symbol, const ValueType& type, Span span,
                          const std::string& source, std::vector<NodePtr> operands) {
  const auto bounded = [f, scales](Decimal& out, Decimal a, Decimal b) {
    return f(scales, out, a, b) && fitsPrecision(out, scales.precision);
  };
  return makeChecked<Decimal>(bounded, symbol, type, span, source, std::move(operands));
}

bool addDecimals(const DecimalScales& scales, Decimal& out, Decimal a, Decimal b) {
  const int wide = std::max(scales.left, scales.right);
  Decimal x = 0;
  Decimal y = 0;
  Decimal sum = 0;
  return rescaleDecimal(a, scales.left, wide, x) && rescaleDecimal(b, scales.right, wide, y) &&
         !__builtin_add_overflow(x, y, &sum) && rescaleDecimal(sum, wide, scales.result, out);
}

NodePtr makeDecimal(std::string_view symbol, const ValueType& type, Span span, const std::string& source,
                    std::vector<NodePtr> operands) {
  const DecimalScales scales{operands[0]->type().type.scale, operands[1]->type().type.scale, type.type.scale,
                             type.type.precision};
  const auto make = [&](auto f) {
    return makeDecimalKernel(f, scales, symbol, type, span, source, std::move(operands));
  };
  using Scales = const DecimalScales&;
  switch (symbol[0]) {
    case '+': return make(addDecimals);
    case '-': return make([](Scales s, Decimal& out, Decimal a, Decimal b) { return addDecimals(s, out, a, -b); });
    case '*':
      return make([](Scales s, Decimal& out, Decimal a, Decimal b) {
        return multiplyDecimal(a, b, s.left + s.right - s.result, out);
      });
    case '/':
      return make([](Scales s, Decimal& out, Decimal a, Decimal b) {
        return b != 0 && divideDecimal(a, b, s.result - s.left + s.right, out);
      });
    default:
      return make([](Scales s, Decimal& out, Decimal a, Decimal b) {
        Decimal x = 0;
        Decimal y = 0;
        if (b == 0 || !rescaleDecimal(a, s.left, s.result, x) || !rescaleDecimal(b, s.right, s.result, y)) return false;
        out = x % y;
        return true;
      });
  }
}

}  // namespace

DataType boundedDecimal(int precision, int scale) {
  if (precision <= kMaxDecimalPrecision) return DataType::decimal(std::max(precision, 1), scale);
  const int integral = precision - scale;
  return DataType::decimal(kMaxDecimalPrecision, std::max(kMaxDecimalPrecision - integral, std::min(scale, 6)));
}

DataType decimalResult(std::string_view symbol, const DataType& left, const DataType& right) {
  const int leftIntegral = left.precision - left.scale;
  const int rightIntegral = right.precision - right.scale;
  const int scale = std::max(left.scale, right.scale);
  switch (symbol[0]) {
    case '*': return boundedDecimal(left.precision + right.precision, left.scale + right.scale);
    case '/': {
      const int quotientScale = std::max(6, left.scale + right.precision + 1);
      return boundedDecimal(leftIntegral + right.scale + quotientScale, quotientScale);
    }
    case '%': return boundedDecimal(std::min(leftIntegral, rightIntegral) + scale, scale);
    default: return boundedDecimal(std::max(leftIntegral, rightIntegral) + scale + 1, scale);
  }
}

NodePtr makeArithmetic(std::string_view symbol, const ValueType& type, Span span, const std::string& source,
                       NodePtr left, NodePtr right) {
  std::vector<NodePtr> operands = nodeList(std::move(left), std::move(right));
  switch (type.type.id) {
    case TypeId::Int32: return makeInteger<std::int32_t>(symbol, type, span, source, std::move(operands));
    case TypeId::Float64: return makeFloat(symbol, type, span, source, std::move(operands));
    case TypeId::Decimal128: return makeDecimal(symbol, type, span, source, std::move(operands));
    default: return makeInteger<std::int64_t>(symbol, type, span, source, std::move(operands));
  }
}

NodePtr makeNegate(Span span, const std::string& source, NodePtr operand) {
  const ValueType type = operand->type();
  const std::string why = type.name() + " overflow in " + source;
  const auto checked = [](auto& out, auto value) { return !__builtin_sub_overflow(decltype(value){0}, value, &out); };
  switch (type.type.id) {
    case TypeId::Int32:
      return makePartial<std::int32_t, std::int32_t>(checked, why, "negate", type, span, std::move(operand));
    case TypeId::Float64:
      return makeTotal<double, double>([](double value) { return -value; }, "negate", type, span, std::move(operand));
    case TypeId::Decimal128:
      return makeTotal<Decimal, Decimal>([](Decimal value) { return -value; }, "negate", type, span,
                                         std::move(operand));
    default: return makePartial<std::int64_t, std::int64_t>(checked, why, "negate", type, span, std::move(operand));
  }
}

}  // namespace weir::expr
