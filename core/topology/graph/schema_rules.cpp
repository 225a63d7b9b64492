#include "core/topology/graph/schema_rules.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "core/base/type_name.hpp"
#include "core/expr/expr.hpp"
#include "core/topology/graph/normalise.hpp"

namespace weir::topology {

namespace {

using catalog::SchemaRule;

Result<Field> inputColumn(const Schema& input, const std::string& name) {
  const std::optional<std::size_t> index = input.find(name);
  if (!index) return configError("The input has no column '" + name + "'.");
  return input.fields[*index];
}

Result<Field> addedColumn(const catalog::OperatorSpec& spec, const SchemaRule& rule, const json::Value& params,
                          const Schema& input, const expr::Functions& functions) {
  if (rule.param.empty()) {
    WEIR_TRY_ASSIGN(type, parseType(rule.type));
    return Field{rule.name, std::move(type), rule.nullable};
  }
  const json::Value* const given = params.find(rule.param);
  if (given == nullptr || !given->isText()) {
    return configError("The columns of the output hang on the parameter '" + rule.param + "', which is missing.");
  }
  const catalog::ParamSpec* const param = spec.param(rule.param);
  if (param != nullptr && param->type == catalog::ParamType::Field) {
    WEIR_TRY_ASSIGN(column, inputColumn(input, given->asText()));
    return Field{rule.name, column.type, column.nullable};
  }
  WEIR_TRY_ASSIGN(expression, expr::compile(given->asText(), input, nullptr, &functions));
  return Field{rule.name, expression->type(), expression->nullable()};
}

Result<Schema> declaredColumns(const json::Value* schema) {
  Schema columns;
  if (schema == nullptr) return columns;
  for (const json::Value& column : schema->items()) {
    WEIR_TRY_ASSIGN(field, columnOf(column));
    columns.fields.push_back(std::move(field));
  }
  return columns;
}

}  // namespace

bool asksOperator(const catalog::PortSpec& port) {
  return std::any_of(port.schemaRules.begin(), port.schemaRules.end(),
                     [](const SchemaRule& rule) { return rule.kind == SchemaRule::Kind::Derive; });
}

Result<Schema> schemaByRules(const catalog::OperatorSpec& spec, const catalog::PortSpec& port,
                             const json::Value& params, std::span<const Schema> inputs,
                             const expr::Functions& functions) {
  static const Schema kNone;
  Schema out;
  for (const SchemaRule& rule : port.schemaRules) {
    const Schema& input = rule.input < inputs.size() ? inputs[rule.input] : kNone;
    switch (rule.kind) {
      case SchemaRule::Kind::Pass: out.fields.insert(out.fields.end(), input.fields.begin(), input.fields.end()); break;
      case SchemaRule::Kind::Fields:
        for (const std::string& name : fieldNames(params.find(rule.param))) {
          WEIR_TRY_ASSIGN(column, inputColumn(input, name));
          out.fields.push_back(std::move(column));
        }
        break;
      case SchemaRule::Kind::Drop:
        for (const std::string& name : fieldNames(params.find(rule.param))) {
          std::erase_if(out.fields, [&](const Field& field) { return field.name == name; });
        }
        break;
      case SchemaRule::Kind::Add: {
        WEIR_TRY_ASSIGN(column, addedColumn(spec, rule, params, input, functions));
        out.fields.push_back(std::move(column));
        break;
      }
      case SchemaRule::Kind::Declared: {
        WEIR_TRY_ASSIGN(declared, declaredColumns(params.find("schema")));
        out.fields.insert(out.fields.end(), declared.fields.begin(), declared.fields.end());
        break;
      }
      case SchemaRule::Kind::Derive: break;  // asksOperator
    }
  }
  return out;
}

}  // namespace weir::topology
