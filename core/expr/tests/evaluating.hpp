// What the tests of expressions say: schemas, values as text, errors as text.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/expr/civil_time.hpp"
#include "core/expr/decimal.hpp"
#include "core/expr/expr.hpp"
#include "weir/sdk/batch_builder.hpp"

namespace weir::expr {

// "null", "12.50", "eu": one value of a column.
inline std::string shown(ColumnView column, const DataType& type, std::int64_t row) {
  if (column.isNull(row)) return "null";
  switch (type.id) {
    case TypeId::Bool: return BoolView(column)[row] ? "true" : "false";
    case TypeId::Int32: return std::to_string(FixedView<std::int32_t>(column)[row]);
    case TypeId::Int64: return std::to_string(FixedView<std::int64_t>(column)[row]);
    case TypeId::Float64: {
      char text[40];
      std::snprintf(text, sizeof(text), "%.17g", FixedView<double>(column)[row]);
      return text;
    }
    case TypeId::Decimal128: return decimalText(FixedView<Decimal>(column)[row], type.scale);
    case TypeId::Timestamp: return timestampText(FixedView<std::int64_t>(column)[row]);
    case TypeId::Date: return dateText(FixedView<std::int32_t>(column)[row]);
    case TypeId::String:
    case TypeId::Bytes: return std::string(StringView(column)[row]);
    default: return "nested";
  }
}

inline std::unique_ptr<Expression> compiled(std::string_view text, const Schema& schema) {
  Result<std::unique_ptr<Expression>> result = compile(text, schema);
  if (!result) throw std::runtime_error(std::string(text) + ": " + result.error().message);
  return std::move(result).value();
}

// The value of each row, "error: why" for those that failed and "-" for those that are not selected.
inline std::vector<std::string> valuesOf(Expression& expression, const Batch& batch) {
  const Evaluated result = expression.evaluate(batch).value();
  std::vector<std::string> out(static_cast<std::size_t>(batch.rowCount()), "-");
  batch.forEachRow([&](std::int64_t row) {
    out[static_cast<std::size_t>(row)] = shown(ColumnView(result.column.array()), expression.type(), row);
  });
  for (const RowError& error : result.errors) out[error.row] = "error: " + error.reason;
  return out;
}

// One row without columns is enough for constants.
inline Batch oneRow() {
  return BatchMaker(makeSchema({})).finish(1);
}

// "value type" of an expression without fields, or "error: why".
inline std::string constant(std::string_view text) {
  const std::unique_ptr<Expression> expression = compiled(text, {});
  const std::string value = valuesOf(*expression, oneRow()).at(0);
  return value.starts_with("error") ? value : value + " " + typeName(expression->type());
}

}  // namespace weir::expr
