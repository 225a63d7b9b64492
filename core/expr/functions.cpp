// The functions of the language: one table, and the few whose operands follow rules of their own.
#include <algorithm>

#include "core/base/article.hpp"
#include "core/base/closest_name.hpp"
#include "core/expr/binder.hpp"
#include "core/expr/function_help.hpp"
#include "core/expr/text.hpp"

namespace weir::expr {

namespace {

// Parameters, one letter each: s string, x string or bytes, i integer, n number, t timestamp, k constant; those
// after '?' may be left out. '*': the function checks its operands itself.
struct Function {
  std::string_view name;
  std::string_view parameters;
  std::string_view usage;
};

constexpr Function kFunctions[] = {
    {"abs", "n", "abs(number)"},
    {"ceil", "n", "ceil(number)"},
    {"coalesce", "*", "coalesce(value, value, ...)"},
    {"concat", "*", "concat(string, string, ...)"},
    {"contains", "ss", "contains(string, part)"},
    {"date_trunc", "kt", "date_trunc('hour', timestamp)"},
    {"day", "t", "day(timestamp)"},
    {"day_of_week", "t", "day_of_week(timestamp)"},
    {"day_of_year", "t", "day_of_year(timestamp)"},
    {"ends_with", "ss", "ends_with(string, part)"},
    {"epoch_micros", "t", "epoch_micros(timestamp)"},
    {"epoch_millis", "t", "epoch_millis(timestamp)"},
    {"epoch_seconds", "t", "epoch_seconds(timestamp)"},
    {"floor", "n", "floor(number)"},
    {"greatest", "*", "greatest(value, value, ...)"},
    {"hour", "t", "hour(timestamp)"},
    {"if", "*", "if(condition, value, otherwise)"},
    {"least", "*", "least(value, value, ...)"},
    {"length", "x", "length(string)"},
    {"lower", "s", "lower(string)"},
    {"ltrim", "s", "ltrim(string)"},
    {"millisecond", "t", "millisecond(timestamp)"},
    {"minute", "t", "minute(timestamp)"},
    {"month", "t", "month(timestamp)"},
    {"nullif", "*", "nullif(value, value)"},
    {"replace", "sss", "replace(string, from, to)"},
    {"round", "n?k", "round(number, digits)"},
    {"rtrim", "s", "rtrim(string)"},
    {"second", "t", "second(timestamp)"},
    {"starts_with", "ss", "starts_with(string, part)"},
    {"substring", "si?i", "substring(string, start, length)"},
    {"timestamp_micros", "i", "timestamp_micros(integer)"},
    {"timestamp_millis", "i", "timestamp_millis(integer)"},
    {"timestamp_seconds", "i", "timestamp_seconds(integer)"},
    {"trim", "s", "trim(string)"},
    {"upper", "s", "upper(string)"},
    {"year", "t", "year(timestamp)"},
};

struct Synonym {
  std::string_view name;
  std::string_view ours;
};
constexpr Synonym kSynonyms[] = {
    {"substr", "substring"},
    {"len", "length"},
    {"char_length", "length"},
    {"ceiling", "ceil"},
    {"ifnull", "coalesce"},
    {"nvl", "coalesce"},
    {"isnull", "is null"},
    {"iif", "if"},
    {"dayofweek", "day_of_week"},
    {"dayofyear", "day_of_year"},
    {"ucase", "upper"},
    {"lcase", "lower"},
    {"unix_timestamp", "epoch_seconds"},
    {"to_timestamp", "timestamp_millis"},
    {"from_unixtime", "timestamp_seconds"},
    {"startswith", "starts_with"},
    {"endswith", "ends_with"},
    {"max", "greatest"},
    {"min", "least"},
};

struct NamedUnit {
  std::string_view name;
  TimeUnit unit;
};
constexpr NamedUnit kUnits[] = {{"millisecond", TimeUnit::Millisecond},
                                {"second", TimeUnit::Second},
                                {"minute", TimeUnit::Minute},
                                {"hour", TimeUnit::Hour},
                                {"day", TimeUnit::Day},
                                {"week", TimeUnit::Week},
                                {"month", TimeUnit::Month},
                                {"quarter", TimeUnit::Quarter},
                                {"year", TimeUnit::Year}};

const Function* findFunction(std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(kFunctions), std::end(kFunctions), [&](const Function& f) { return f.name == name; });
  return found == std::end(kFunctions) ? nullptr : found;
}

std::string suggestFunction(std::string_view name) {
  for (const Synonym& synonym : kSynonyms) {
    if (synonym.name == name) return std::string(synonym.ours);
  }
  std::vector<std::string_view> names;
  for (const Function& function : kFunctions) names.emplace_back(function.name);
  return closestName(name, names).value_or("");
}

std::int64_t microsPerUnit(std::string_view name) {
  if (name.ends_with("millis")) return 1000;
  return name.ends_with("micros") ? 1 : kMicrosPerSecond;
}

}  // namespace

std::vector<FunctionHelp> functionHelp() {
  std::vector<FunctionHelp> all;
  for (const Function& function : kFunctions) all.push_back({function.name, function.usage});
  return all;
}

NodePtr Binder::bindCall(const Syntax& syntax) {
  if (syntax.isQualified) return bindPluginCall(syntax);
  const Function* const function = findFunction(syntax.text);
  if (function == nullptr) {
    const Span name{syntax.span.begin, syntax.span.begin + syntax.text.size()};
    std::string suggestion = suggestFunction(syntax.text);
    if (suggestion.empty()) suggestion = suggestPluginFunction(syntax.text);
    return failNoFunction(name, syntax.text, std::move(suggestion));
  }
  std::vector<NodePtr> operands;
  if (!bindAll(syntax.children, operands)) return nullptr;
  if (function->parameters == "*") return bindFlexibleCall(syntax, std::move(operands));

  std::string letters(function->parameters);
  const std::size_t optional = letters.find('?');
  const std::size_t least = optional == std::string::npos ? letters.size() : optional;
  letters.erase(std::remove(letters.begin(), letters.end(), '?'), letters.end());
  if (operands.size() < least || operands.size() > letters.size()) {
    return fail(syntax.span, "'" + syntax.text + "' is used as " + std::string(function->usage));
  }
  for (std::size_t i = 0; i < operands.size(); ++i) {
    operands[i] = bindParameter(letters[i], syntax, i, std::move(operands[i]));
    if (!operands[i]) return nullptr;
  }

  const std::string_view name = function->name;
  const Span span = syntax.span;
  const std::string shown = source(span);
  if (name == "abs") return fold(makeAbs(span, shown, std::move(operands[0])));
  if (name == "round" || name == "floor" || name == "ceil") return bindRound(syntax, std::move(operands));
  if (name == "date_trunc") return bindTruncate(syntax, std::move(operands));
  if (name.starts_with("epoch_")) return fold(makeEpoch(microsPerUnit(name), name, span, std::move(operands[0])));
  if (name.starts_with("timestamp_")) {
    return fold(makeFromEpoch(microsPerUnit(name), name, span, shown, std::move(operands[0])));
  }
  if (function->parameters == "t") return fold(makeDatePart(name, span, std::move(operands[0])));
  return fold(makeTextFunction(name, span, shown, std::move(operands)));
}

NodePtr Binder::bindParameter(char parameter, const Syntax& call, std::size_t index, NodePtr operand) {
  const ValueType& type = operand->type();
  const bool integer = type.is(TypeId::Int32) || type.is(TypeId::Int64);
  const bool isNull = type.isNull();
  const char* wanted = "constant";
  switch (parameter) {
    case 's':
      if (type.is(TypeId::String) || isNull) return coerce(std::move(operand), TypeId::String);
      wanted = "string";
      break;
    case 'x':
      if (type.is(TypeId::Bytes)) return operand;
      if (type.is(TypeId::String) || isNull) return coerce(std::move(operand), TypeId::String);
      wanted = "string or bytes";
      break;
    case 'i':
      if (integer || isNull) return coerce(std::move(operand), TypeId::Int64);
      wanted = "whole number";
      break;
    case 'n':
      if (integer || type.is(TypeId::Decimal128) || type.is(TypeId::Float64)) return operand;
      if (isNull) return coerce(std::move(operand), TypeId::Float64);
      wanted = "number";
      break;
    case 't':
      if (type.is(TypeId::Timestamp) || type.is(TypeId::Date) || isNull ||
          (type.is(TypeId::String) && operand->constant() != nullptr)) {
        return coerce(std::move(operand), TypeId::Timestamp);
      }
      wanted = "timestamp";
      break;
    default:
      if (operand->constant() != nullptr) return operand;
      break;
  }
  return fail(operand->span(), "Operand " + std::to_string(index + 1) + " of '" + call.text + "' must be " +
                                   withArticle(wanted) + ", but " + source(operand->span()) + " is " +
                                   withArticle(type.name()));
}

NodePtr Binder::bindFlexibleCall(const Syntax& syntax, std::vector<NodePtr> operands) {
  const std::string& name = syntax.text;
  const Span span = syntax.span;
  const auto misused = [&] {
    return fail(span, "'" + name + "' is used as " + std::string(findFunction(name)->usage));
  };
  if (name == "concat") return operands.empty() ? misused() : bindConcat(syntax, std::move(operands));
  if (name == "nullif") {
    if (operands.size() != 2) return misused();
    LetBuilder value(std::move(operands[0]));
    const ValueType type = value.value().type();
    NodePtr equal = compare("=", span, value.use(), std::move(operands[1]));
    if (!equal) return nullptr;
    if (type.isNull()) return makeLiteral({}, type, span);
    return value.finish(
        fold(makeCase(type, span, nodeList(std::move(equal), makeLiteral({}, type, span), value.use()))));
  }
  NodePtr condition;
  if (name == "if") {
    if (operands.size() != 3) return misused();
    condition = asBool(std::move(operands[0]), "'if'");
    if (!condition) return nullptr;
    operands.erase(operands.begin());
  }
  if (operands.size() < 2 && name != "coalesce") return misused();
  if (operands.empty()) return misused();
  const std::optional<ValueType> common = commonType(operands, span, "choose between");
  if (!common) return nullptr;
  if (common->isNull()) return makeLiteral({}, ValueType::null(), span);
  if (!coerceAll(operands, *common)) return nullptr;
  if (condition) {
    return fold(
        makeCase(*common, span, nodeList(std::move(condition), std::move(operands[0]), std::move(operands[1]))));
  }
  if (name == "coalesce") return fold(makeCoalesce(*common, span, std::move(operands)));
  NodePtr best = std::move(operands[0]);
  for (std::size_t i = 1; i < operands.size(); ++i) {
    best = fold(makeLarger(name == "greatest", *common, span, std::move(best), std::move(operands[i])));
  }
  return best;
}

NodePtr Binder::bindConcat(const Syntax& syntax, std::vector<NodePtr> operands) {
  const std::string_view symbol = syntax.isCall ? "concat" : "||";
  const bool bytes = std::any_of(operands.begin(), operands.end(),
                                 [](const NodePtr& operand) { return operand->type().is(TypeId::Bytes); });
  const TypeId type = bytes ? TypeId::Bytes : TypeId::String;
  std::vector<NodePtr> parts;
  for (NodePtr& operand : operands) {
    if (operand->type().isNull()) operand = coerce(std::move(operand), type);
    if (!operand->type().is(type)) {
      const Span span = operand->span();
      return fail(span, "'" + std::string(symbol) + "' needs strings, but " + source(span) + " is " +
                            withArticle(operand->type().name()) + "; write cast(... as string)");
    }
    parts.push_back(std::move(operand));
  }
  return fold(makeConcat(type, syntax.span, source(syntax.span), std::move(parts)));
}

NodePtr Binder::bindRound(const Syntax& syntax, std::vector<NodePtr> operands) {
  int digits = 0;
  if (operands.size() == 2) {
    const auto* const value = std::get_if<std::int32_t>(operands[1]->constant());
    if (value == nullptr || *value < -kMaxDecimalPrecision || *value > kMaxDecimalPrecision) {
      return fail(operands[1]->span(), "The digits to round to are a whole number from -38 to 38");
    }
    digits = *value;
    const ValueType& type = operands[0]->type();
    if (digits < 0 && !type.is(TypeId::Decimal128) && !type.is(TypeId::Float64)) {
      return fail(operands[1]->span(),
                  "Digits before the point can only be rounded in a decimal or float64; write cast(" +
                      source(operands[0]->span()) + " as decimal(19,0))");
    }
  }
  return fold(makeRounding(syntax.text, digits, syntax.span, source(syntax.span), std::move(operands[0])));
}

NodePtr Binder::bindTruncate(const Syntax& syntax, std::vector<NodePtr> operands) {
  const auto* const text = std::get_if<std::string>(operands[0]->constant());
  const std::string wanted = text == nullptr ? "" : asciiLower(*text);
  std::vector<std::string_view> names;
  for (const NamedUnit& unit : kUnits) {
    if (unit.name == wanted) {
      return fold(makeTruncate(unit.unit, unit.name, syntax.span, source(syntax.span), std::move(operands[1])));
    }
    names.emplace_back(unit.name);
  }
  return fail(operands[0]->span(),
              "The unit is one of millisecond, second, minute, hour, day, week, month, quarter, year",
              closestName(wanted, names).value_or(""));
}

}  // namespace weir::expr
