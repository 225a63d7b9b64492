#include "core/expr/binder.hpp"

#include <algorithm>
#include <charconv>

#include "core/base/article.hpp"
#include "core/base/closest_name.hpp"
#include "core/base/duration.hpp"
#include "core/expr/text.hpp"

namespace weir::expr {

namespace {

constexpr std::size_t kMaxSourceBytes = 60;

bool isNumeric(const ValueType& type) {
  return type.is(TypeId::Int32) || type.is(TypeId::Int64) || type.is(TypeId::Decimal128) || type.is(TypeId::Float64);
}
bool isMoment(const ValueType& type) {
  return type.is(TypeId::Timestamp) || type.is(TypeId::Date);
}

}  // namespace

NodePtr Binder::fail(Span span, std::string message, std::string suggestion) {
  if (!failed_) error_ = {span.begin, span.end - span.begin, std::move(message), std::move(suggestion), {}};
  failed_ = true;
  return nullptr;
}

void Binder::keepError() {
  if (failed_) said_.push_back(std::move(error_));
  failed_ = false;
}

std::string Binder::source(Span span) const {
  const std::string_view part = text_.substr(span.begin, span.end - span.begin);
  if (part.size() <= kMaxSourceBytes) return "`" + std::string(part) + "`";
  return "`" + std::string(substring(part, 1, kMaxSourceBytes / 2)) + "...`";
}

NodePtr Binder::bindWhole(const Syntax& syntax) {
  NodePtr node = bind(syntax);
  if (!node) {
    keepError();
    error_ = said_.front();
    error_.others.assign(said_.begin() + 1, said_.end());
    return nullptr;
  }
  if (node->type().isNull()) {
    return fail(syntax.span, "The type of this null is not known; write for example cast(null as string)");
  }
  if (node->type().isInterval()) {
    return fail(syntax.span, "A column cannot hold an interval; cast(... as int64) gives its microseconds");
  }
  return node;
}

bool Binder::bindAll(const std::vector<SyntaxPtr>& syntax, std::vector<NodePtr>& nodes) {
  // One part's errors say nothing about the next.
  for (const SyntaxPtr& part : syntax) {
    NodePtr node = bind(*part);
    if (node) {
      nodes.push_back(std::move(node));
    } else {
      keepError();
    }
  }
  return nodes.size() == syntax.size();
}

NodePtr Binder::bind(const Syntax& syntax) {
  switch (syntax.kind) {
    case SyntaxKind::Field: return bindField(syntax);
    case SyntaxKind::Operation: return syntax.isCall ? bindCall(syntax) : bindOperation(syntax);
    case SyntaxKind::Cast: return bindCast(syntax);
    case SyntaxKind::Case: return bindCase(syntax);
    default: return bindLeaf(syntax);
  }
}

NodePtr Binder::bindLeaf(const Syntax& syntax) {
  switch (syntax.kind) {
    case SyntaxKind::Integer:
    case SyntaxKind::DecimalNumber:
    case SyntaxKind::Float: return bindNumber(syntax);
    case SyntaxKind::String: return makeLiteral(syntax.text, TypeId::String, syntax.span);
    case SyntaxKind::Boolean: return makeLiteral(syntax.text == "true", TypeId::Bool, syntax.span);
    case SyntaxKind::Timestamp: {
      std::int64_t micros = 0;
      if (!parseTimestamp(syntax.text, micros)) {
        return fail(syntax.span, "'" + syntax.text + "' is not a timestamp; write for example '2024-01-31T23:59:59Z'");
      }
      return makeLiteral(micros, TypeId::Timestamp, syntax.span);
    }
    case SyntaxKind::Date: {
      std::int32_t days = 0;
      if (!parseDate(syntax.text, days)) {
        return fail(syntax.span, "'" + syntax.text + "' is not a date; write for example '2024-01-31'");
      }
      return makeLiteral(days, TypeId::Date, syntax.span);
    }
    case SyntaxKind::Interval: {
      const Result<Duration> length = parseDuration(syntax.text);
      if (!length) {
        return fail(syntax.span,
                    "'" + syntax.text + "' is not an interval; write for example '500ms', '5s', '1m', '2h' or '7d'");
      }
      return makeLiteral(*length, ValueType::interval(), syntax.span);
    }
    default: return makeLiteral({}, ValueType::null(), syntax.span);
  }
}

NodePtr Binder::bindNumber(const Syntax& syntax) {
  const std::string& text = syntax.text;
  const char* const end = text.data() + text.size();
  if (syntax.kind == SyntaxKind::Float) {
    double value = 0;
    const auto [stop, problem] = std::from_chars(text.data(), end, value);
    if (problem != std::errc() || stop != end) return fail(syntax.span, text + " is outside the range of float64");
    return makeLiteral(value, TypeId::Float64, syntax.span);
  }
  std::int64_t integer = 0;
  if (syntax.kind == SyntaxKind::Integer && std::from_chars(text.data(), end, integer).ec == std::errc()) {
    if (integer >= INT32_MIN && integer <= INT32_MAX) {
      return makeLiteral(static_cast<std::int32_t>(integer), TypeId::Int32, syntax.span);
    }
    return makeLiteral(integer, TypeId::Int64, syntax.span);
  }
  const std::size_t point = text.find('.');
  const std::size_t scale = point == std::string::npos ? 0 : text.size() - point - 1;
  Decimal value = 0;
  if (scale > kMaxDecimalPrecision || !parseDecimal(text, static_cast<int>(scale), value) ||
      !fitsPrecision(value, kMaxDecimalPrecision)) {
    return fail(syntax.span, "A decimal has at most 38 digits; write 1e0 after a number to make it a float64");
  }
  int precision = std::max(1, static_cast<int>(scale));
  while (!fitsPrecision(value, precision)) ++precision;
  return makeLiteral(value, DataType::decimal(precision, static_cast<int>(scale)), syntax.span);
}

NodePtr Binder::bindField(const Syntax& syntax) {
  const std::vector<Field>* level = &schema_.fields;
  std::vector<std::size_t> path;
  bool nullable = false;
  std::string name;
  const Field* found = nullptr;
  for (std::size_t i = 0; i < syntax.path.size(); ++i) {
    const std::string& part = syntax.path[i];
    std::vector<std::string_view> names;
    found = nullptr;
    for (std::size_t k = 0; k < level->size(); ++k) {
      names.emplace_back((*level)[k].name);
      if (names.back() != part) continue;
      found = &(*level)[k];
      path.push_back(k);
      break;
    }
    if (found == nullptr) {
      const std::string closest = closestName(part, names).value_or("");
      std::string message = "There is no field '" + part + "'" + (i == 0 ? "" : " in " + name);
      if (names.empty()) message += "; there are no fields here";
      return fail(syntax.pathSpans[i], std::move(message), closest);
    }
    if (i == 0 && std::find(fields_.begin(), fields_.end(), part) == fields_.end()) fields_.push_back(part);
    std::string quoted = "\"";
    for (char c : part) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    name += (i == 0 ? "" : ".") + quoted + "\"";
    nullable = nullable || found->nullable;
    if (i + 1 < syntax.path.size()) {
      if (found->type.id != TypeId::Struct) {
        return fail(syntax.pathSpans[i + 1],
                    "'" + part + "' is " + withArticle(typeName(found->type)) + " and has no fields");
      }
      level = &found->type.children;
    }
  }
  return makeField(std::move(path), std::move(name), found->type, nullable, syntax.span);
}

NodePtr Binder::bindOperation(const Syntax& syntax) {
  const std::string& name = syntax.text;
  std::vector<NodePtr> operands;
  if (!bindAll(syntax.children, operands)) return nullptr;
  if (name == "and" || name == "or") {
    for (NodePtr& term : operands) {
      term = asBool(std::move(term), "'" + name + "'");
      if (!term) return nullptr;
    }
    return fold(makeAndOr(name == "and", syntax.span, std::move(operands)));
  }
  if (name == "not") {
    NodePtr operand = asBool(std::move(operands[0]), "'not'");
    return operand ? fold(makeNot(syntax.span, std::move(operand))) : nullptr;
  }
  if (name == "is null") {
    NodePtr operand = std::move(operands[0]);
    if (operand->type().isNull()) operand = coerce(std::move(operand), TypeId::Bool);
    return fold(makeIsNull(syntax.span, std::move(operand)));
  }
  if (name == "is distinct from") {
    if (!makeComparable(syntax.span, operands[0], operands[1])) return nullptr;
    return fold(makeIsDistinct(syntax.span, std::move(operands[0]), std::move(operands[1])));
  }
  if (name == "negate") {
    const ValueType& type = operands[0]->type();
    if (!isNumeric(type) && !type.isInterval()) {
      return fail(syntax.span, "Only numbers and intervals have a sign; this is " + withArticle(type.name()));
    }
    return fold(makeNegate(syntax.span, source(syntax.span), std::move(operands[0])));
  }
  if (name == "between") return bindBetween(syntax, std::move(operands));
  if (name == "in") return bindIn(syntax, std::move(operands));
  if (name == "like") return bindLike(syntax, std::move(operands));
  if (name == "||") return bindConcat(syntax, std::move(operands));
  if (name.find_first_of("<>=") != std::string::npos) {
    return compare(name, syntax.span, std::move(operands[0]), std::move(operands[1]));
  }
  return bindArithmetic(syntax, std::move(operands[0]), std::move(operands[1]));
}

NodePtr Binder::bindArithmetic(const Syntax& syntax, NodePtr left, NodePtr right) {
  const std::string& symbol = syntax.text;
  const auto isTimeLike = [](const Node& node) { return node.type().isInterval() || isMoment(node.type()); };
  if (isTimeLike(*left) || isTimeLike(*right)) {
    return bindTimeArithmetic(syntax, std::move(left), std::move(right));
  }
  for (const Node* side : {left.get(), right.get()}) {
    if (isNumeric(side->type()) || side->type().isNull()) continue;
    std::string message =
        "'" + symbol + "' needs numbers, but " + source(side->span()) + " is " + withArticle(side->type().name());
    const bool texts = symbol == "+" && side->type().is(TypeId::String);
    if (texts) message += "; '||' puts strings together";
    return fail(side->span(), std::move(message), texts ? "||" : "");
  }
  std::vector<NodePtr> both = nodeList(std::move(left), std::move(right));
  std::optional<ValueType> common = commonType(both, syntax.span, "calculate with");
  if (!common) return nullptr;
  if (common->isNull()) return makeLiteral({}, ValueType::null(), syntax.span);
  if (common->is(TypeId::Decimal128)) {
    // Operands keep their own precision; the result's follows from both.
    if (!makeComparable(syntax.span, both[0], both[1])) return nullptr;
    common = decimalResult(symbol, both[0]->type().type, both[1]->type().type);
  } else if (!coerceAll(both, *common)) {
    return nullptr;
  }
  return fold(
      makeArithmetic(symbol, *common, syntax.span, source(syntax.span), std::move(both[0]), std::move(both[1])));
}

// timestamp +- interval, timestamp - timestamp, interval +- interval, interval * integer, interval / integer.
NodePtr Binder::bindTimeArithmetic(const Syntax& syntax, NodePtr left, NodePtr right) {
  const char symbol = syntax.text[0];
  const std::string leftName = left->type().name();
  const std::string rightName = right->type().name();
  for (NodePtr* side : {&left, &right}) {
    if (isMoment((*side)->type())) *side = coerce(std::move(*side), TypeId::Timestamp);
    if ((*side)->type().is(TypeId::Int32)) *side = coerce(std::move(*side), TypeId::Int64);
  }
  const ValueType a = left->type();
  const ValueType b = right->type();
  const bool aInterval = a.isInterval();
  const bool bInterval = b.isInterval();
  const bool aMoment = a.is(TypeId::Timestamp);
  const bool bMoment = b.is(TypeId::Timestamp);
  std::optional<ValueType> result;
  if ((symbol == '+' || symbol == '-') && aMoment && bInterval) result = TypeId::Timestamp;
  if (symbol == '+' && aInterval && bMoment) result = TypeId::Timestamp;
  if ((symbol == '+' || symbol == '-') && aInterval && bInterval) result = ValueType::interval();
  if (symbol == '-' && aMoment && bMoment) result = ValueType::interval();
  if ((symbol == '*' || symbol == '/') && aInterval && b.is(TypeId::Int64)) result = ValueType::interval();
  if (symbol == '*' && a.is(TypeId::Int64) && bInterval) result = ValueType::interval();
  if (!result) {
    return fail(syntax.span, "There is no " + leftName + " " + syntax.text + " " + rightName +
                                 "; an interval is written interval '5s'");
  }
  return fold(
      makeArithmetic(syntax.text, *result, syntax.span, source(syntax.span), std::move(left), std::move(right)));
}

NodePtr Binder::bindBetween(const Syntax& syntax, std::vector<NodePtr> operands) {
  LetBuilder value(std::move(operands[0]));
  std::vector<NodePtr> terms;
  terms.push_back(compare(">=", syntax.span, value.use(), std::move(operands[1])));
  if (!terms.back()) return nullptr;
  terms.push_back(compare("<=", syntax.span, value.use(), std::move(operands[2])));
  if (!terms.back()) return nullptr;
  return value.finish(fold(makeAndOr(true, syntax.span, std::move(terms))));
}

NodePtr Binder::bindIn(const Syntax& syntax, std::vector<NodePtr> operands) {
  const std::optional<ValueType> common = commonType(operands, syntax.span, "compare");
  if (!common) return nullptr;
  LetBuilder value(std::move(operands[0]));
  operands.erase(operands.begin());
  // Decimals stay apart: their common type might have to round.
  const bool exact = !common->is(TypeId::Decimal128) && !common->isNull();
  std::vector<Scalar> constants;
  std::vector<NodePtr> terms;
  for (NodePtr& item : operands) {
    if (exact && item->constant() != nullptr && !item->type().isNull()) {
      item = coerce(std::move(item), *common);
      if (!item) return nullptr;
      const Scalar* constant = item->constant();
      if (constant != nullptr && !std::holds_alternative<std::monostate>(*constant)) {
        constants.push_back(*constant);
        continue;
      }
    }
    NodePtr term = compare("=", syntax.span, value.use(), std::move(item));
    if (!term) return nullptr;
    terms.push_back(std::move(term));
  }
  if (!constants.empty()) {
    NodePtr candidate = coerce(value.use(), *common);
    if (!candidate) return nullptr;
    terms.insert(terms.begin(), fold(makeInSet(syntax.span, std::move(candidate), std::move(constants))));
  }
  if (terms.size() == 1) return value.finish(std::move(terms[0]));
  return value.finish(fold(makeAndOr(false, syntax.span, std::move(terms))));
}

NodePtr Binder::bindLike(const Syntax& syntax, std::vector<NodePtr> operands) {
  std::string escape;
  if (operands.size() == 3) {
    escape = std::get<std::string>(*operands[2]->constant());
    if (codePoints(escape) != 1) return fail(operands[2]->span(), "'escape' needs exactly one character");
    operands.pop_back();
  }
  for (NodePtr& operand : operands) {
    if (operand->type().isNull()) operand = coerce(std::move(operand), TypeId::String);
    if (!operand->type().is(TypeId::String)) {
      return fail(operand->span(), "'like' needs strings, but this is " + withArticle(operand->type().name()));
    }
  }
  return fold(
      makeLike(syntax.span, source(syntax.span), std::move(operands[0]), std::move(operands[1]), std::move(escape)));
}

NodePtr Binder::bindCase(const Syntax& syntax) {
  std::vector<NodePtr> parts;
  if (!bindAll(syntax.children, parts)) return nullptr;
  std::optional<LetBuilder> operand;
  std::size_t next = 0;
  if (syntax.hasOperand) operand.emplace(std::move(parts[next++]));
  std::vector<NodePtr> conditions;
  std::vector<NodePtr> values;
  for (; next + 1 < parts.size(); next += 2) {
    const Span span = parts[next]->span();
    NodePtr condition =
        operand ? compare("=", span, operand->use(), std::move(parts[next])) : asBool(std::move(parts[next]), "'when'");
    if (!condition) return nullptr;
    conditions.push_back(std::move(condition));
    values.push_back(std::move(parts[next + 1]));
  }
  values.push_back(syntax.hasElse ? std::move(parts.back()) : makeLiteral({}, ValueType::null(), syntax.span));
  const std::optional<ValueType> common = commonType(values, syntax.span, "choose between");
  if (!common) return nullptr;
  if (common->isNull())
    return fail(syntax.span, "Every branch of this case is null; write for example cast(null as string)");
  if (!coerceAll(values, *common)) return nullptr;
  std::vector<NodePtr> operands;
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    operands.push_back(std::move(conditions[i]));
    operands.push_back(std::move(values[i]));
  }
  operands.push_back(std::move(values.back()));
  NodePtr node = fold(makeCase(*common, syntax.span, std::move(operands)));
  return operand ? operand->finish(std::move(node)) : std::move(node);
}

NodePtr Binder::bindCast(const Syntax& syntax) {
  NodePtr operand = bind(*syntax.children[0]);
  if (!operand) return nullptr;
  const DataType& target = syntax.castType;
  if (operand->type().isNull()) return makeLiteral({}, target, syntax.span);
  const ValueType from = operand->type();
  if (from == ValueType(target)) return operand;
  NodePtr cast = isNested(from.type.id) || isNested(target.id)
                     ? nullptr
                     : makeCast(std::move(operand), target, syntax.span, source(syntax.span));
  if (!cast) {
    std::string hint;
    if (target.id == TypeId::Timestamp && isNumeric(from)) hint = "; timestamp_millis(...) makes one from a number";
    if (from.is(TypeId::Timestamp) && isNumeric(target)) hint = "; epoch_millis(...) gives its milliseconds";
    if (target.id == TypeId::Bool) hint = "; compare it, as in " + source(syntax.children[0]->span) + " <> 0";
    return fail(syntax.span, "There is no cast from " + from.name() + " to " + typeName(target) + hint);
  }
  cast = fold(std::move(cast));
  // Only what is plainly a slip: other constants may stand in a branch that is never taken.
  if (syntax.children[0]->kind == SyntaxKind::String && cast->constant() == nullptr) {
    return fail(syntax.span, source(syntax.children[0]->span) + " cannot be cast to " + typeName(target));
  }
  return cast;
}

}  // namespace weir::expr
