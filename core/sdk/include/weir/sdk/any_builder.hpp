// A column builder for a type that is known at run time only.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "weir/sdk/batch.hpp"
#include "weir/sdk/column_builder.hpp"
#include "weir/sdk/types.hpp"

namespace weir {

// The unscaled value of a decimal: 12.34 in decimal(10,2) is Decimal{1234}.
struct Decimal {
  Int128 unscaled = 0;
};

// Builds a column of any type. Where the type is known when compiling, the builders of column_builder.hpp
// do the same without a dispatch.
//
// A list row is its elements, appended to `child()`, and `endRow`; a struct row is one value appended to each
// `child(i)`, and `endRow`.
class AnyBuilder {
 public:
  explicit AnyBuilder(DataType type);

  const DataType& type() const { return type_; }
  std::size_t size() const;

  // Throws std::invalid_argument when the column's type does not take such a value: integers go into
  // int32, int64, timestamp, date, float64 and decimal (unscaled); texts into string and bytes.
  template <typename T>
  void append(const T& value);
  void appendNull();
  // Copies one value of a column of the same type.
  void appendFrom(ColumnView column, std::int64_t row);
  // Copies many, with one dispatch for all of them.
  void appendFrom(ColumnView column, std::span<const std::uint32_t> rows);

  AnyBuilder& child(std::size_t index = 0);
  void endRow();

  // Throws std::logic_error when fields of a struct have different lengths. Starts anew.
  OwnedColumn finish();

 private:
  struct ListPart {
    ListBuilder rows;
    std::size_t count = 0;
    std::vector<AnyBuilder> element;  // exactly one
  };
  struct StructPart {
    ValidityBuilder validity;
    std::vector<AnyBuilder> fields;
  };
  using Int32s = FixedBuilder<std::int32_t>;
  using Int64s = FixedBuilder<std::int64_t>;
  using Doubles = FixedBuilder<double>;
  using Decimals = FixedBuilder<Int128>;
  using Parts = std::variant<Int64s, Int32s, Doubles, Decimals, BoolBuilder, StringBuilder, ListPart, StructPart>;

  template <typename T>
  void appendFixed(T value) {
    if (auto* longs = std::get_if<Int64s>(&parts_)) {
      longs->append(static_cast<std::int64_t>(value));
    } else if (auto* ints = std::get_if<Int32s>(&parts_)) {
      if (static_cast<std::int64_t>(value) != static_cast<std::int32_t>(value)) refuse("a value beyond 32 bits");
      ints->append(static_cast<std::int32_t>(value));
    } else if (auto* doubles = std::get_if<Doubles>(&parts_)) {
      doubles->append(static_cast<double>(value));
    } else if (auto* decimals = std::get_if<Decimals>(&parts_)) {
      decimals->append(static_cast<Int128>(value));
    } else {
      refuse("an integer");
    }
  }
  template <typename Builder, typename T>
  void appendAs(T value, const char* what) {
    if (auto* builder = std::get_if<Builder>(&parts_)) return builder->append(value);
    refuse(what);
  }
  [[noreturn]] void refuse(const char* what) const {
    throw std::invalid_argument("A column of type " + typeName(type_) + " does not take " + what + ".");
  }

  DataType type_;
  Parts parts_;
};

inline AnyBuilder::AnyBuilder(DataType type) : type_(std::move(type)) {
  switch (type_.id) {
    case TypeId::Bool: parts_ = BoolBuilder(); break;
    case TypeId::Int32:
    case TypeId::Date: parts_ = Int32s(); break;
    case TypeId::Int64:
    case TypeId::Timestamp: parts_ = Int64s(); break;
    case TypeId::Float64: parts_ = Doubles(); break;
    case TypeId::Decimal128: parts_ = Decimals(); break;
    case TypeId::String:
    case TypeId::Bytes: parts_ = StringBuilder(); break;
    case TypeId::List: {
      ListPart list;
      list.element.emplace_back(type_.children.at(0).type);
      parts_ = std::move(list);
      break;
    }
    case TypeId::Struct: {
      StructPart part;
      for (const Field& field : type_.children) part.fields.emplace_back(field.type);
      parts_ = std::move(part);
      break;
    }
  }
}

inline std::size_t AnyBuilder::size() const {
  if (const auto* list = std::get_if<ListPart>(&parts_)) return list->count;
  if (const auto* part = std::get_if<StructPart>(&parts_)) return part->validity.count();
  return std::visit(
      [](const auto& builder) -> std::size_t {
        if constexpr (requires { builder.size(); }) return builder.size();
        return 0;
      },
      parts_);
}

template <typename T>
void AnyBuilder::append(const T& value) {
  if constexpr (std::is_same_v<T, std::nullptr_t> || std::is_same_v<T, std::nullopt_t>) {
    appendNull();
  } else if constexpr (requires { value.has_value(); }) {
    if (value.has_value()) return append(*value);
    appendNull();
  } else if constexpr (std::is_same_v<T, bool>) {
    appendAs<BoolBuilder>(value, "a boolean");
  } else if constexpr (std::is_integral_v<T>) {
    appendFixed(value);
  } else if constexpr (std::is_floating_point_v<T>) {
    appendAs<Doubles>(static_cast<double>(value), "a floating-point number");
  } else if constexpr (std::is_same_v<T, Decimal>) {
    appendAs<Decimals>(value.unscaled, "a decimal");
  } else {
    appendAs<StringBuilder>(std::string_view(value), "a text");
  }
}

inline void AnyBuilder::appendNull() {
  if (auto* list = std::get_if<ListPart>(&parts_)) {
    list->rows.closeRow(list->element[0].size(), false);
    ++list->count;
  } else if (auto* part = std::get_if<StructPart>(&parts_)) {
    for (AnyBuilder& field : part->fields) field.appendNull();
    part->validity.append(false);
  } else {
    std::visit(
        [](auto& builder) {
          if constexpr (requires { builder.appendNull(); }) builder.appendNull();
        },
        parts_);
  }
}

inline void AnyBuilder::appendFrom(ColumnView column, std::int64_t row) {
  const auto one = static_cast<std::uint32_t>(row);
  appendFrom(column, {&one, 1});
}

inline void AnyBuilder::appendFrom(ColumnView column, std::span<const std::uint32_t> rows) {
  const auto copy = [&](auto& builder, const auto& view) {
    for (const std::uint32_t row : rows) {
      if (column.isNull(row)) {
        builder.appendNull();
      } else {
        builder.append(view[row]);
      }
    }
  };
  switch (type_.id) {
    case TypeId::Bool: return copy(std::get<BoolBuilder>(parts_), BoolView(column));
    case TypeId::Int32:
    case TypeId::Date: return copy(std::get<Int32s>(parts_), FixedView<std::int32_t>(column));
    case TypeId::Int64:
    case TypeId::Timestamp: return copy(std::get<Int64s>(parts_), FixedView<std::int64_t>(column));
    case TypeId::Float64: return copy(std::get<Doubles>(parts_), FixedView<double>(column));
    case TypeId::Decimal128: return copy(std::get<Decimals>(parts_), FixedView<Int128>(column));
    case TypeId::String:
    case TypeId::Bytes: return copy(std::get<StringBuilder>(parts_), StringView(column));
    case TypeId::List:
    case TypeId::Struct: break;
  }
  for (const std::uint32_t row : rows) {
    if (column.isNull(row)) {
      appendNull();
      continue;
    }
    if (type_.id == TypeId::List) {
      const ListView list(column);
      for (std::int64_t i = list.begin(row); i < list.end(row); ++i) child().appendFrom(column.child(0), i);
    } else {
      for (std::size_t i = 0; i < type_.children.size(); ++i) {
        child(i).appendFrom(column.child(i), column.childRow(row));
      }
    }
    endRow();
  }
}

inline AnyBuilder& AnyBuilder::child(std::size_t index) {
  if (auto* list = std::get_if<ListPart>(&parts_)) return list->element.at(index);
  if (auto* part = std::get_if<StructPart>(&parts_)) return part->fields.at(index);
  refuse("elements or fields");
}

inline void AnyBuilder::endRow() {
  if (auto* list = std::get_if<ListPart>(&parts_)) {
    list->rows.closeRow(list->element[0].size());
    ++list->count;
  } else if (auto* part = std::get_if<StructPart>(&parts_)) {
    part->validity.append(true);
  } else {
    refuse("endRow");
  }
}

inline OwnedColumn AnyBuilder::finish() {
  if (auto* list = std::get_if<ListPart>(&parts_)) {
    list->count = 0;
    return list->rows.finish(list->element[0].finish());
  }
  if (auto* part = std::get_if<StructPart>(&parts_)) {
    const std::size_t rows = part->validity.count();
    std::vector<OwnedColumn> fields;
    for (AnyBuilder& field : part->fields) {
      if (field.size() != rows) throw std::logic_error("Fields of a struct have different lengths.");
      fields.push_back(field.finish());
    }
    return makeStruct(static_cast<std::int64_t>(rows), std::move(fields), std::exchange(part->validity, {}));
  }
  return std::visit(
      [](auto& builder) -> OwnedColumn {
        if constexpr (requires { builder.append({}); }) return builder.finish();
        return {};
      },
      parts_);
}

}  // namespace weir
