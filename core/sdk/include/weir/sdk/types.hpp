// Types of columns and rows, and their form in the Arrow C data interface.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weir {

// Unscaled decimals. -Wpedantic does not know the built-in type by its own name.
__extension__ typedef __int128 Int128;            // NOLINT(modernize-use-using): __extension__ needs it
__extension__ typedef unsigned __int128 Uint128;  // NOLINT(modernize-use-using)

enum class TypeId : std::uint8_t {
  Bool,
  Int32,
  Int64,
  Float64,
  Decimal128,
  String,
  Bytes,
  Timestamp,  // int64 microseconds since the epoch, UTC
  Date,       // int32 days since the epoch
  List,
  Struct,
};

struct Field;

// The type of a column. A value: equal types compare equal.
struct DataType {
  TypeId id = TypeId::Int64;
  std::uint8_t precision = 0;   // Decimal128: 1 to 38
  std::uint8_t scale = 0;       // Decimal128: 0 to precision
  std::vector<Field> children;  // List: exactly one; Struct: its fields

  DataType(TypeId typeId = TypeId::Int64);  // NOLINT: a plain id names a plain type
  static DataType decimal(int precision, int scale);
  static DataType list(Field element);
  static DataType structure(std::vector<Field> fields);

  friend bool operator==(const DataType& left, const DataType& right);
};

struct Field {
  std::string name;
  DataType type;
  bool nullable = true;

  friend bool operator==(const Field& left, const Field& right) {
    return left.name == right.name && left.nullable == right.nullable && left.type == right.type;
  }
};

inline DataType::DataType(TypeId typeId) : id(typeId) {}  // not in the class: clang wants to see Field first

inline bool operator==(const DataType& left, const DataType& right) {
  return left.id == right.id && left.precision == right.precision && left.scale == right.scale &&
         left.children == right.children;
}

inline DataType DataType::decimal(int precision, int scale) {
  DataType type(TypeId::Decimal128);
  type.precision = static_cast<std::uint8_t>(precision);
  type.scale = static_cast<std::uint8_t>(scale);
  return type;
}

inline DataType DataType::list(Field element) {
  DataType type(TypeId::List);
  type.children.push_back(std::move(element));
  return type;
}

inline DataType DataType::structure(std::vector<Field> fields) {
  DataType type(TypeId::Struct);
  type.children = std::move(fields);
  return type;
}

// The columns of an edge, in order.
struct Schema {
  std::vector<Field> fields;

  std::optional<std::size_t> find(std::string_view name) const {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].name == name) return i;
    }
    return std::nullopt;
  }

  friend bool operator==(const Schema& left, const Schema& right) { return left.fields == right.fields; }
};

// A field's name where types are written: as it is when it is a plain word, and else in double quotes, with a quote
// inside it doubled, as in SQL.
inline std::string fieldNameText(std::string_view name) {
  const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  bool plain = !name.empty() && isLetter(name[0]);
  for (const char c : name) plain = plain && (isLetter(c) || (c >= '0' && c <= '9'));
  if (plain) return std::string(name);
  std::string text = "\"";
  for (const char c : name) text.append(c == '"' ? 2 : 1, c);
  return text + "\"";
}

// The word that topology files, manifests and messages use: "int64", "decimal(12,2)", "list<string>",
// "struct<name string, \"home town\" string, age int32 not null>". Says everything but the name of a list's elements.
inline std::string typeName(const DataType& type) {
  const auto fieldType = [](const Field& field) { return typeName(field.type) + (field.nullable ? "" : " not null"); };
  switch (type.id) {
    case TypeId::Bool: return "bool";
    case TypeId::Int32: return "int32";
    case TypeId::Int64: return "int64";
    case TypeId::Float64: return "float64";
    case TypeId::Decimal128:
      return "decimal(" + std::to_string(type.precision) + "," + std::to_string(type.scale) + ")";
    case TypeId::String: return "string";
    case TypeId::Bytes: return "bytes";
    case TypeId::Timestamp: return "timestamp";
    case TypeId::Date: return "date";
    case TypeId::List: return "list<" + fieldType(type.children.at(0)) + ">";
    case TypeId::Struct: {
      std::string text = "struct<";
      for (std::size_t i = 0; i < type.children.size(); ++i) {
        if (i != 0) text += ", ";
        text += fieldNameText(type.children[i].name) + " " + fieldType(type.children[i]);
      }
      return text + ">";
    }
  }
  return "unknown";
}

}  // namespace weir
