// Common types and the conversions that need no cast. int32 -> int64 -> decimal -> float64, date -> timestamp, a
// string literal beside a timestamp or date, null to anything.
#include <algorithm>

#include "core/base/article.hpp"
#include "core/expr/binder.hpp"
#include "core/expr/vector.hpp"

namespace weir::expr {

namespace {

bool isInteger(const ValueType& type) {
  return type.is(TypeId::Int32) || type.is(TypeId::Int64);
}
bool isNumber(const ValueType& type) {
  return isInteger(type) || type.is(TypeId::Decimal128) || type.is(TypeId::Float64);
}
bool isTime(const ValueType& type) {
  return type.is(TypeId::Timestamp) || type.is(TypeId::Date);
}

// What an integer or decimal needs as a decimal. A literal needs its own digits only, which keeps results narrow.
DataType decimalOf(const Node& node) {
  const DataType& type = node.type().type;
  if (type.id == TypeId::Decimal128) return type;
  if (const Scalar* constant = node.constant()) {
    Decimal value = 0;
    if (const auto* small = std::get_if<std::int32_t>(constant)) value = *small;
    if (const auto* large = std::get_if<std::int64_t>(constant)) value = *large;
    int digits = 1;
    while (!fitsPrecision(value, digits)) ++digits;
    return DataType::decimal(digits, 0);
  }
  return DataType::decimal(type.id == TypeId::Int32 ? 10 : 19, 0);
}

DataType commonDecimal(const DataType& left, const DataType& right) {
  const int integral = std::max(left.precision - left.scale, right.precision - right.scale);
  const int scale = std::max(left.scale, right.scale);
  return boundedDecimal(integral + scale, scale);
}

Scalar scalarAt(const Vector& vector, TypeId type) {
  if (vector.isNull(0)) return {};
  return withStorageType(type, [&]<typename T>() -> Scalar {
    const T value = Values<T>(vector)[0];
    if constexpr (std::is_same_v<T, std::uint8_t>) return value != 0;
    if constexpr (std::is_same_v<T, std::string_view>) return std::string(value);
    if constexpr (!std::is_same_v<T, std::uint8_t> && !std::is_same_v<T, std::string_view>) return value;
  });
}

}  // namespace

std::optional<ValueType> Binder::commonType(const std::vector<NodePtr>& operands, Span span, std::string_view what) {
  ValueType common = ValueType::null();
  DataType decimal = DataType::decimal(1, 0);
  bool literals = true;
  for (const NodePtr& operand : operands) {
    const ValueType& type = operand->type();
    if (type.isNull()) continue;
    if (isNested(type.type.id)) {
      fail(operand->span(), "A " + type.name() + " can only be passed on and tested for null");
      return std::nullopt;
    }
    if (isNumber(type) && !type.is(TypeId::Float64)) decimal = commonDecimal(decimal, decimalOf(*operand));
    const bool literal = operand->constant() != nullptr;
    if (common.isNull()) {  // NOLINT(bugprone-branch-clone): the rules stand in their order
      common = type;
    } else if (isNumber(common) && isNumber(type)) {
      if (common.is(TypeId::Float64) || type.is(TypeId::Float64)) {
        common = TypeId::Float64;
      } else if (common.is(TypeId::Decimal128) || type.is(TypeId::Decimal128)) {
        common = decimal;
      } else if (!(common == type)) {
        common = TypeId::Int64;
      }
    } else if (isTime(common) && isTime(type)) {
      if (!(common == type)) common = TypeId::Timestamp;
    } else if (isTime(common) && type.is(TypeId::String) && literal) {
      continue;
    } else if (common.is(TypeId::String) && literals && isTime(type)) {
      common = type;
    } else if (!(common == type)) {
      const ValueType& wanted = common;
      std::string hint;
      if (!wanted.isInterval() && !type.isInterval()) hint = "; write cast(... as " + wanted.name() + ")";
      fail(span,
           "Cannot " + std::string(what) + " " + wanted.name() + " and " + type.name() + " in " + source(span) + hint);
      return std::nullopt;
    }
    literals = literals && literal;
  }
  if (common.is(TypeId::Decimal128)) common = decimal;
  return common;
}

bool Binder::widens(const Node& node, const DataType& target) {
  const ValueType& type = node.type();
  if (type.isNull()) return true;
  if (type.isInterval()) return false;
  switch (target.id) {
    case TypeId::Int64: return type.is(TypeId::Int32);
    case TypeId::Float64: return isNumber(type);
    case TypeId::Timestamp: return type.is(TypeId::Date) || (type.is(TypeId::String) && node.constant() != nullptr);
    case TypeId::Date: return type.is(TypeId::String) && node.constant() != nullptr;
    default: return false;
  }
}

NodePtr Binder::coerce(NodePtr node, const ValueType& target) {
  if (node->type() == target) return node;
  const Span span = node->span();
  if (node->type().isNull()) return makeLiteral({}, target, span);
  const bool isText = node->type().is(TypeId::String);
  const std::string shown = source(span);
  NodePtr cast = makeCast(std::move(node), target.type, span, shown);
  if (cast == nullptr) return fail(span, "This must be " + withArticle(target.name()));
  cast = fold(std::move(cast));
  if (isText && cast->constant() == nullptr) return fail(span, shown + " is not " + withArticle(target.name()));
  return cast;
}

bool Binder::coerceAll(std::vector<NodePtr>& nodes, const ValueType& target) {
  for (NodePtr& node : nodes) {
    node = coerce(std::move(node), target);
    if (!node) return false;
  }
  return true;
}

// Decimals keep their scales, so that a comparison is exact whatever they are.
bool Binder::makeComparable(Span span, NodePtr& left, NodePtr& right) {
  std::vector<NodePtr> both = nodeList(std::move(left), std::move(right));
  const std::optional<ValueType> common = commonType(both, span, "compare");
  if (!common) return false;
  if (common->isNull()) {
    if (!coerceAll(both, TypeId::Bool)) return false;
  } else if (common->is(TypeId::Decimal128)) {
    for (NodePtr& node : both) {
      if (node->type().isNull()) node = coerce(std::move(node), *common);
      if (!node->type().is(TypeId::Decimal128)) {
        const DataType own = decimalOf(*node);
        node = coerce(std::move(node), own);
      }
    }
  } else if (!coerceAll(both, *common)) {
    return false;
  }
  left = std::move(both[0]);
  right = std::move(both[1]);
  return true;
}

NodePtr Binder::compare(std::string_view symbol, Span span, NodePtr left, NodePtr right) {
  if (!makeComparable(span, left, right)) return nullptr;
  return fold(makeComparison(symbol, span, std::move(left), std::move(right)));
}

NodePtr Binder::asBool(NodePtr node, std::string_view where) {
  if (node->type().isNull()) return coerce(std::move(node), TypeId::Bool);
  if (node->type().is(TypeId::Bool)) return node;
  const Span span = node->span();
  return fail(
      span, std::string(where) + " needs a condition, but " + source(span) + " is " + withArticle(node->type().name()));
}

NodePtr Binder::fold(NodePtr node) {
  const auto* const operation = dynamic_cast<const OperationNode*>(node.get());
  if (operation == nullptr || isNested(node->type().type.id)) return node;
  for (const NodePtr& operand : operation->operands()) {
    if (operand->constant() == nullptr) return node;
  }
  Pool pool;
  Arena arena;
  std::vector<RowError> errors;
  std::optional<Error> failure;
  Frame frame{nullptr, 1, pool, arena, errors, failure};
  Scalar value;
  {
    const Vector result = node->evaluate(frame, Rows{nullptr, 1});
    // What always fails stays as it is: it may stand in a branch that is never taken.
    if (!errors.empty()) return node;
    value = scalarAt(result, node->type().type.id);
  }
  return makeLiteral(std::move(value), node->type(), node->span());
}

}  // namespace weir::expr
