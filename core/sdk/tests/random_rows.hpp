// Random values of any type, as an independent model of what a column holds.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "weir/sdk/any_builder.hpp"

namespace weir {

// A value as plain C++; `order` compares two of the same type by the documented order.
struct Value {
  bool isNull = false;
  Int128 integer = 0;  // bool, integers, times, decimals
  double real = 0;
  std::string text;
  std::vector<Value> parts;  // list, struct
};

using Random = std::mt19937_64;

inline Value randomValue(Random& random, const DataType& type, bool nullable = true) {
  const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  Value value;
  if (nullable && pick(6) == 0) {
    value.isNull = true;
    return value;
  }
  // Small ranges, so that equal values and common prefixes are frequent; and extremes.
  const auto integer = [&](std::int64_t low, std::int64_t high) -> std::int64_t {
    switch (pick(6)) {
      case 0: return low;
      case 1: return high;
      case 2: return static_cast<std::int64_t>(random()) % (high / 2);
      default: return static_cast<std::int64_t>(pick(5)) - 2;
    }
  };
  switch (type.id) {
    case TypeId::Bool: value.integer = static_cast<Int128>(pick(2)); break;
    case TypeId::Int32:
    case TypeId::Date: value.integer = integer(INT32_MIN, INT32_MAX); break;
    case TypeId::Int64:
    case TypeId::Timestamp: value.integer = integer(INT64_MIN, INT64_MAX); break;
    case TypeId::Decimal128:
      value.integer = static_cast<Int128>(integer(INT64_MIN, INT64_MAX)) * (pick(2) == 0 ? 1 : 1000000007);
      break;
    case TypeId::Float64: {
      const double inf = std::numeric_limits<double>::infinity();
      const double some[] = {0.0, -0.0, 1, -1, inf, -inf, std::nan(""), -std::nan("7"), 5e-324, -5e-324, 1e308, 0.5};
      value.real = pick(3) == 0 ? std::ldexp(static_cast<double>(random()) - 9e18, static_cast<int>(pick(99)) - 60)
                                : some[pick(std::size(some))];
      break;
    }
    case TypeId::String:
    case TypeId::Bytes: {
      const char alphabet[] = {'\0', '\1', 'a', 'b', '\xff', '\xfe'};
      for (std::size_t n = pick(pick(8) == 0 ? 70 : 5); n > 0; --n) value.text += alphabet[pick(sizeof alphabet)];
      break;
    }
    case TypeId::List:
      for (std::size_t n = pick(4); n > 0; --n) value.parts.push_back(randomValue(random, type.children[0].type));
      break;
    case TypeId::Struct:
      for (const Field& field : type.children) value.parts.push_back(randomValue(random, field.type));
      break;
  }
  return value;
}

// Below zero, zero or above, like memcmp.
inline int order(const DataType& type, const Value& left, const Value& right) {
  if (left.isNull || right.isNull) return static_cast<int>(right.isNull) - static_cast<int>(left.isNull);
  const auto compare = [](const auto& a, const auto& b) { return a < b ? -1 : b < a ? 1 : 0; };
  switch (type.id) {
    case TypeId::Float64:
      if (std::isnan(left.real) || std::isnan(right.real)) {
        return static_cast<int>(std::isnan(left.real)) - static_cast<int>(std::isnan(right.real));
      }
      return compare(left.real, right.real);
    case TypeId::String:
    case TypeId::Bytes: return compare(left.text.compare(right.text), 0);
    case TypeId::List:
    case TypeId::Struct:
      for (std::size_t i = 0; i < left.parts.size() && i < right.parts.size(); ++i) {
        const DataType& part = type.children[type.id == TypeId::List ? 0 : i].type;
        if (const int result = order(part, left.parts[i], right.parts[i])) return result;
      }
      return compare(left.parts.size(), right.parts.size());
    default: return compare(left.integer, right.integer);
  }
}

inline void appendValue(AnyBuilder& out, const Value& value) {
  if (value.isNull) return out.appendNull();
  switch (out.type().id) {
    case TypeId::Bool: return out.append(value.integer != 0);
    case TypeId::Decimal128: return out.append(Decimal{value.integer});
    case TypeId::Float64: return out.append(value.real);
    case TypeId::String:
    case TypeId::Bytes: return out.append(value.text);
    case TypeId::List:
      for (const Value& part : value.parts) appendValue(out.child(), part);
      return out.endRow();
    case TypeId::Struct:
      for (std::size_t i = 0; i < value.parts.size(); ++i) appendValue(out.child(i), value.parts[i]);
      return out.endRow();
    default: return out.append(static_cast<std::int64_t>(value.integer));
  }
}

inline Value valueAt(const DataType& type, const ColumnView& column, std::int64_t row) {
  Value value;
  if (column.isNull(row)) {
    value.isNull = true;
    return value;
  }
  switch (type.id) {
    case TypeId::Bool: value.integer = BoolView(column)[row] ? 1 : 0; break;
    case TypeId::Int32:
    case TypeId::Date: value.integer = FixedView<std::int32_t>(column)[row]; break;
    case TypeId::Int64:
    case TypeId::Timestamp: value.integer = FixedView<std::int64_t>(column)[row]; break;
    case TypeId::Decimal128: value.integer = FixedView<Int128>(column)[row]; break;
    case TypeId::Float64: value.real = FixedView<double>(column)[row]; break;
    case TypeId::String:
    case TypeId::Bytes: value.text = StringView(column)[row]; break;
    case TypeId::List: {
      const ListView list(column);
      for (std::int64_t i = list.begin(row); i < list.end(row); ++i) {
        value.parts.push_back(valueAt(type.children[0].type, list.child(0), i));
      }
      break;
    }
    case TypeId::Struct:
      for (std::size_t i = 0; i < type.children.size(); ++i) {
        value.parts.push_back(valueAt(type.children[i].type, column.child(i), column.childRow(row)));
      }
      break;
  }
  return value;
}

// One of each, and some inside of others.
inline std::vector<DataType> everyType() {
  const DataType point = DataType::structure({{"x", TypeId::Int32}, {"name", TypeId::String}});
  return {TypeId::Bool,
          TypeId::Int32,
          TypeId::Int64,
          TypeId::Float64,
          DataType::decimal(38, 4),
          TypeId::String,
          TypeId::Bytes,
          TypeId::Timestamp,
          TypeId::Date,
          DataType::list({"item", TypeId::String}),
          DataType::list({"item", DataType::list({"item", TypeId::Int64})}),
          point,
          DataType::list({"item", point}),
          DataType::structure({{"inner", point}, {"tags", DataType::list({"item", TypeId::Bool})}})};
}

}  // namespace weir
