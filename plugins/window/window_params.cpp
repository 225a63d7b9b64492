#include "plugins/window/window_params.hpp"

namespace weir::window {

WindowParams::WindowParams(const CreateInfo& info)
    : groupBy(info.params().texts("group_by")),
      size(info.params().duration("size")),
      grace(info.params().duration("grace", 0)),
      onUpdate(info.params().text("emit", "on_close") == "on_update") {
  if (size < 1) throw ConfigError("The parameter 'size' must be longer than nothing.");
  if (size > INT64_MAX / 4 || grace > INT64_MAX / 4) throw ConfigError("A window cannot be as long as that.");
  if (grace < 0) throw ConfigError("The parameter 'grace' cannot be negative.");
}

std::vector<std::size_t> groupColumns(const CreateInfo& info, const WindowParams& params) {
  std::vector<std::size_t> columns;
  for (const std::string& name : params.groupBy) columns.push_back(info.column(name));
  return columns;
}

namespace {

// Null keys are dead letters, so the key columns of a result have none.
void addKeyFields(const CreateInfo& info, Schema& schema) {
  for (const std::size_t column : groupColumns(info, WindowParams(info))) {
    Field field = info.input()->schema().fields[column];
    field.nullable = false;
    schema.fields.push_back(std::move(field));
  }
}

}  // namespace

Schema resultSchema(const CreateInfo& info) {
  Schema schema;
  addKeyFields(info, schema);
  schema.fields.push_back({"window_start", TypeId::Timestamp, false});
  schema.fields.push_back({"window_end", TypeId::Timestamp, false});
  for (Field& field : Aggregates(info).resultFields()) {
    if (schema.find(field.name)) {
      throw ConfigError("Two columns of the result are called '" + field.name + "'; give the aggregate another name.");
    }
    schema.fields.push_back(std::move(field));
  }
  return schema;
}

namespace {

// A key may be called like a column that only the two stages know of.
void addColumn(Schema& schema, std::string name, DataType type, bool nullable) {
  while (schema.find(name)) name += '_';
  schema.fields.push_back({std::move(name), std::move(type), nullable});
}

}  // namespace

Schema partialSchema(const CreateInfo& info) {
  Schema schema;
  addKeyFields(info, schema);
  schema.fields.push_back({"window_start", TypeId::Timestamp, false});
  addColumn(schema, "group", TypeId::Bytes, false);
  const std::vector<Field> types = Aggregates(info).inputTypes();
  if (!types.empty()) addColumn(schema, "aggregated", DataType::list({"item", DataType::structure(types)}), true);
  return schema;
}

std::vector<Field> aggregatedTypes(const Schema& partial) {
  const Field& last = partial.fields.back();
  if (last.type.id != TypeId::List) return {};
  return last.type.children.at(0).type.children;
}

}  // namespace weir::window
