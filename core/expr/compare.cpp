// Comparisons. Floats have a total order: -0 equals 0, NaN equals NaN and is greater than everything else, as in keys.
#include <algorithm>
#include <cmath>
#include <functional>

#include "core/expr/factories.hpp"
#include "core/expr/kernels.hpp"

namespace weir::expr {

namespace {

template <typename T>
struct Order {
  static bool equal(T a, T b) { return a == b; }
  static bool less(T a, T b) { return a < b; }
};
template <>
struct Order<double> {
  static bool equal(double a, double b) { return (a == b) | ((a != a) & (b != b)); }
  static bool less(double a, double b) { return (a < b) | ((a == a) & (b != b)); }
};

enum class Comparison : std::uint8_t { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual };

template <Comparison C, typename T>
struct Compare {
  static constexpr bool kFails = false;
  static constexpr bool kSkipsNulls = std::is_same_v<T, std::string_view>;
  bool operator()(Frame&, std::uint8_t& out, T a, T b) const {
    if constexpr (C == Comparison::Equal) out = Order<T>::equal(a, b);
    if constexpr (C == Comparison::NotEqual) out = !Order<T>::equal(a, b);
    if constexpr (C == Comparison::Less) out = Order<T>::less(a, b);
    if constexpr (C == Comparison::LessEqual) out = !Order<T>::less(b, a);
    if constexpr (C == Comparison::Greater) out = Order<T>::less(b, a);
    if constexpr (C == Comparison::GreaterEqual) out = !Order<T>::less(a, b);
    return true;
  }
};

// Decimals whose scales differ.
template <Comparison C>
struct CompareScaled {
  static constexpr bool kFails = false;
  static constexpr bool kSkipsNulls = true;
  int leftScale;
  int rightScale;
  bool operator()(Frame&, std::uint8_t& out, Decimal a, Decimal b) const {
    const int order = compareDecimal(a, leftScale, b, rightScale);
    out = C == Comparison::Equal       ? order == 0
          : C == Comparison::NotEqual  ? order != 0
          : C == Comparison::Less      ? order < 0
          : C == Comparison::LessEqual ? order <= 0
          : C == Comparison::Greater   ? order > 0
                                       : order >= 0;
    return true;
  }
};

template <typename F>
auto withComparison(std::string_view symbol, F&& f) {
  if (symbol == "=") return f.template operator()<Comparison::Equal>();
  if (symbol == "<>") return f.template operator()<Comparison::NotEqual>();
  if (symbol == "<") return f.template operator()<Comparison::Less>();
  if (symbol == "<=") return f.template operator()<Comparison::LessEqual>();
  if (symbol == ">") return f.template operator()<Comparison::Greater>();
  return f.template operator()<Comparison::GreaterEqual>();
}

// Never null: null is distinct from everything but null.
template <typename T>
class IsDistinctNode final : public OperationNode {
 public:
  IsDistinctNode(Span span, std::vector<NodePtr> operands)
      : OperationNode("is distinct from", TypeId::Bool, false, span, std::move(operands)),
        leftScale_(operand(0).type().type.scale),
        rightScale_(operand(1).type().type.scale) {}

  Vector evaluate(Frame& frame, Rows rows) override {
    const Vector left = operand(0).evaluate(frame, rows);
    const Vector right = operand(1).evaluate(frame, rows);
    Vector out = Vector::make(frame, 1);
    auto* const values = out.mutableValues<std::uint8_t>();
    const Values<T> a(left);
    const Values<T> b(right);
    rows.each([&](std::uint32_t row) {
      const bool leftNull = left.isNull(row);
      const bool rightNull = right.isNull(row);
      values[row] = leftNull || rightNull ? leftNull != rightNull : !equal(a[row], b[row]);
    });
    return out;
  }

 private:
  bool equal(T a, T b) const {
    if constexpr (std::is_same_v<T, Decimal>) return compareDecimal(a, leftScale_, b, rightScale_) == 0;
    return Order<T>::equal(a, b);
  }
  int leftScale_;
  int rightScale_;
};

template <typename T>
struct Less {
  bool operator()(const T& a, const T& b) const { return Order<T>::less(a, b); }
};

// A sorted list of constants.
template <typename T>
struct InSet {
  static constexpr bool kFails = false;
  static constexpr bool kSkipsNulls = true;
  std::vector<T> sorted;
  bool operator()(Frame&, std::uint8_t& out, T value) const {
    out = std::binary_search(sorted.begin(), sorted.end(), value, Less<T>());
    return true;
  }
};

// As above, but keeps the strings that the sorted views point to.
struct InTexts {
  static constexpr bool kFails = false;
  static constexpr bool kSkipsNulls = true;
  std::vector<std::string> sorted;
  bool operator()(Frame&, std::uint8_t& out, std::string_view value) const {
    out = std::binary_search(sorted.begin(), sorted.end(), value, std::less<>());
    return true;
  }
};

}  // namespace

NodePtr makeComparison(std::string_view symbol, Span span, NodePtr left, NodePtr right) {
  const DataType leftType = left->type().type;
  const DataType rightType = right->type().type;
  std::vector<NodePtr> operands = nodeList(std::move(left), std::move(right));
  if (leftType.id == TypeId::Decimal128 && leftType.scale != rightType.scale) {
    return withComparison(symbol, [&]<Comparison C>() {
      return makeKernel<std::uint8_t, Decimal, Decimal>(CompareScaled<C>{leftType.scale, rightType.scale},
                                                        std::string(symbol), TypeId::Bool, span, std::move(operands));
    });
  }
  return withStorageType(leftType.id, [&]<typename T>() {
    return withComparison(symbol, [&]<Comparison C>() {
      return makeKernel<std::uint8_t, T, T>(Compare<C, T>{}, std::string(symbol), TypeId::Bool, span,
                                            std::move(operands));
    });
  });
}

NodePtr makeIsDistinct(Span span, NodePtr left, NodePtr right) {
  return withStorageType(left->type().type.id, [&]<typename T>() -> NodePtr {
    return std::make_unique<IsDistinctNode<T>>(span, nodeList(std::move(left), std::move(right)));
  });
}

NodePtr makeLarger(bool larger, ValueType type, Span span, NodePtr left, NodePtr right) {
  return withStorageType(type.type.id, [&]<typename T>() {
    const auto pick = [larger](T a, T b) { return Order<T>::less(a, b) == larger ? b : a; };
    return makeKernel<T, T, T>(Total<decltype(pick)>{pick}, larger ? "greatest" : "least", type, span,
                               nodeList(std::move(left), std::move(right)));
  });
}

NodePtr makeInSet(Span span, NodePtr operand, std::vector<Scalar> values) {
  return withStorageType(operand->type().type.id, [&]<typename T>() {
    const auto finish = [&](auto op, const std::string& described) {
      return makeKernel<std::uint8_t, T>(std::move(op), described, TypeId::Bool, span, nodeList(std::move(operand)));
    };
    std::string described = "in[";
    const auto add = [&](const Scalar& value) {
      if (described.size() > 3) described += ", ";
      makeLiteral(value, operand->type(), span)->describe(described);
    };
    if constexpr (std::is_same_v<T, std::string_view>) {
      InTexts op;
      for (const Scalar& value : values) op.sorted.push_back(std::get<std::string>(value));
      std::sort(op.sorted.begin(), op.sorted.end());
      op.sorted.erase(std::unique(op.sorted.begin(), op.sorted.end()), op.sorted.end());
      for (const std::string& text : op.sorted) add(text);
      return finish(std::move(op), described + "]");
    } else {
      using Held = std::conditional_t<std::is_same_v<T, std::uint8_t>, bool, T>;
      InSet<T> op;
      for (const Scalar& value : values) op.sorted.push_back(std::get<Held>(value));
      std::sort(op.sorted.begin(), op.sorted.end(), Less<T>());
      op.sorted.erase(std::unique(op.sorted.begin(), op.sorted.end(), Order<T>::equal), op.sorted.end());
      for (const T& value : op.sorted) add(Scalar(static_cast<Held>(value)));
      return finish(std::move(op), described + "]");
    }
  });
}

}  // namespace weir::expr
