// Schema <-> ArrowSchema.
#pragma once

#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "weir/abi/arrow.h"
#include "weir/sdk/types.hpp"

namespace weir {

namespace detail {

struct ArrowSchemaStorage {
  std::string format;
  std::string name;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> childPointers;
};

inline void releaseArrowSchema(ArrowSchema* schema) {
  auto* storage = static_cast<ArrowSchemaStorage*>(schema->private_data);
  for (ArrowSchema& child : storage->children) {
    if (child.release != nullptr) child.release(&child);
  }
  delete storage;
  schema->release = nullptr;
}

inline std::string arrowFormat(const DataType& type) {
  switch (type.id) {
    case TypeId::Bool: return "b";
    case TypeId::Int32: return "i";
    case TypeId::Int64: return "l";
    case TypeId::Float64: return "g";
    case TypeId::Decimal128: return "d:" + std::to_string(type.precision) + "," + std::to_string(type.scale);
    case TypeId::String: return "u";
    case TypeId::Bytes: return "z";
    case TypeId::Timestamp: return "tsu:UTC";
    case TypeId::Date: return "tdD";
    case TypeId::List: return "+l";
    case TypeId::Struct: return "+s";
  }
  return "n";
}

inline ArrowSchema exportField(const Field& field) {
  auto storage = std::make_unique<ArrowSchemaStorage>();
  storage->format = arrowFormat(field.type);
  storage->name = field.name;
  storage->children.reserve(field.type.children.size());
  for (const Field& child : field.type.children) storage->children.push_back(exportField(child));
  for (ArrowSchema& child : storage->children) storage->childPointers.push_back(&child);

  ArrowSchema out{};
  out.format = storage->format.c_str();
  out.name = storage->name.c_str();
  out.flags = field.nullable ? ARROW_FLAG_NULLABLE : 0;
  out.n_children = static_cast<std::int64_t>(storage->children.size());
  out.children = storage->childPointers.data();
  out.release = releaseArrowSchema;
  out.private_data = storage.release();
  return out;
}

}  // namespace detail

// A struct type with one child per field. The caller owns the result and calls its `release`.
inline ArrowSchema exportSchema(const Schema& schema) {
  return detail::exportField(Field{"", DataType::structure(schema.fields), false});
}

// One field as a schema of its own: the form in which an expression's type travels.
inline ArrowSchema exportField(const Field& field) {
  return detail::exportField(field);
}

// The field that an ArrowSchema describes, or nothing when it holds a type that Weir does not have, or is damaged: the
// other side of a border made it. `depth`: so many types may stand in one another.
inline std::optional<Field> importField(const ArrowSchema& schema, int depth = 64) {
  if (schema.format == nullptr || schema.dictionary != nullptr || depth == 0) return std::nullopt;
  Field field;
  field.name = schema.name == nullptr ? "" : schema.name;
  field.nullable = (schema.flags & ARROW_FLAG_NULLABLE) != 0;
  const std::string_view format = schema.format;
  if (format == "b") {
    field.type = TypeId::Bool;
  } else if (format == "i") {
    field.type = TypeId::Int32;
  } else if (format == "l") {
    field.type = TypeId::Int64;
  } else if (format == "g") {
    field.type = TypeId::Float64;
  } else if (format == "u") {
    field.type = TypeId::String;
  } else if (format == "z") {
    field.type = TypeId::Bytes;
  } else if (format == "tsu:UTC") {
    field.type = TypeId::Timestamp;
  } else if (format == "tdD") {
    field.type = TypeId::Date;
  } else if (format.substr(0, 2) == "d:") {
    char* end = nullptr;
    const long precision = std::strtol(schema.format + 2, &end, 10);
    if (*end != ',') return std::nullopt;
    const long scale = std::strtol(end + 1, &end, 10);
    if (*end != '\0' || precision < 1 || precision > 38 || scale < 0 || scale > precision) return std::nullopt;
    field.type = DataType::decimal(static_cast<int>(precision), static_cast<int>(scale));
  } else if (format == "+l" || format == "+s") {
    field.type = format == "+l" ? TypeId::List : TypeId::Struct;
    if (format == "+l" && schema.n_children != 1) return std::nullopt;
    if (schema.n_children > 0 && schema.children == nullptr) return std::nullopt;
    for (std::int64_t i = 0; i < schema.n_children; ++i) {
      if (schema.children[i] == nullptr) return std::nullopt;
      std::optional<Field> child = importField(*schema.children[i], depth - 1);
      if (!child) return std::nullopt;
      field.type.children.push_back(std::move(*child));
    }
  } else {
    return std::nullopt;
  }
  return field;
}

inline std::optional<Schema> importSchema(const ArrowSchema& schema) {
  std::optional<Field> field = importField(schema);
  if (!field || field->type.id != TypeId::Struct) return std::nullopt;
  return Schema{std::move(field->type.children)};
}

// A schema in both forms, made once and shared by every batch of an edge.
class EdgeSchema {
 public:
  explicit EdgeSchema(Schema schema) : schema_(std::move(schema)), arrow_(exportSchema(schema_)) {}
  EdgeSchema(const EdgeSchema&) = delete;
  EdgeSchema& operator=(const EdgeSchema&) = delete;
  ~EdgeSchema() { arrow_.release(&arrow_); }

  const Schema& schema() const { return schema_; }
  const ArrowSchema& arrow() const { return arrow_; }

 private:
  Schema schema_;
  ArrowSchema arrow_;
};

// Shared: batches in flight keep the schema of their edge alive after the operator that made them is gone.
using SchemaRef = std::shared_ptr<const EdgeSchema>;

inline SchemaRef makeSchema(Schema schema) {
  return std::make_shared<const EdgeSchema>(std::move(schema));
}

}  // namespace weir
