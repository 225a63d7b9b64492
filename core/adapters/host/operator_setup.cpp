#include "adapters/host/operator_setup.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/duration.hpp"
#include "base/type_name.hpp"
#include "expr/expr.hpp"

namespace weir::host {

namespace {

using catalog::ParamSpec;
using catalog::ParamType;
using catalog::SchemaRule;

Result<json::Value> plainValue(const ParamSpec& spec, const json::Value& given) {
  if (spec.type == ParamType::Duration && given.isText()) {
    WEIR_TRY_ASSIGN(duration, parseDuration(given.asText()));
    return json::Value::number(duration);
  }
  if (spec.type == ParamType::List && given.isList() && !spec.element.empty()) {
    json::Value list = json::Value::list();
    for (const json::Value& item : given.items()) {
      WEIR_TRY_ASSIGN(plain, plainValue(spec.element[0], item));
      list.items().push_back(std::move(plain));
    }
    return list;
  }
  if (spec.type == ParamType::Object && given.isObject() && !spec.members.empty()) {
    return plainParams(spec.members, given);
  }
  return given;
}

std::vector<std::string> namesIn(const json::Value* value) {
  std::vector<std::string> names;
  if (value == nullptr) return names;
  if (value->isText()) names.push_back(value->asText());
  for (const json::Value& item : value->items()) names.push_back(item.asText());
  return names;
}

Result<Field> added(const SchemaRule& rule, const json::Value& params, const Schema& input) {
  static constexpr std::string_view kTypeOf = "type_of(";
  const bool ofParam = rule.type.starts_with(kTypeOf) || rule.type.empty();
  if (!ofParam) {
    WEIR_TRY_ASSIGN(type, parseType(rule.type));
    return Field{rule.name, type, rule.nullable};
  }
  const std::string name =
      rule.type.empty() ? rule.param : rule.type.substr(kTypeOf.size(), rule.type.size() - kTypeOf.size() - 1);
  const json::Value* text = params.find(name);
  if (text == nullptr) return configError("The schema of the output hangs on the parameter '" + name + "'.");
  WEIR_TRY_ASSIGN(expression, expr::compile(text->asText(), input));
  return Field{rule.name, expression->type(), expression->nullable()};
}

Result<Schema> declared(const json::Value* fields) {
  Schema schema;
  if (fields == nullptr) return schema;
  for (const json::Value& field : fields->items()) {
    const json::Value* name = field.find("name");
    const json::Value* type = field.find("type");
    if (name == nullptr || type == nullptr) return configError("A field of a schema has a name and a type.");
    WEIR_TRY_ASSIGN(parsed, parseType(type->asText()));
    const json::Value* nullable = field.find("nullable");
    schema.fields.push_back({name->asText(), parsed, nullable == nullptr || nullable->asBoolean()});
  }
  return schema;
}

json::Value exampleValue(const ParamSpec& spec, const Schema& input) {
  if (!spec.examples.empty()) return spec.examples[0];
  if (spec.defaultValue) return *spec.defaultValue;
  const std::string field = input.fields.empty() ? "value" : input.fields[0].name;
  switch (spec.type) {
    case ParamType::Integer:
    case ParamType::Number:
      return json::Value::number(std::max<std::int64_t>(1, static_cast<std::int64_t>(spec.minimum.value_or(1))));
    case ParamType::Boolean: return json::Value::boolean(false);
    case ParamType::Duration: return json::Value::text("1m");
    case ParamType::Choice: return json::Value::text(spec.choices.empty() ? "" : spec.choices[0]);
    case ParamType::Field: return json::Value::text(field);
    case ParamType::Fields: return json::Value::list({json::Value::text(field)});
    case ParamType::Expression: return json::Value::text("true");
    case ParamType::Format: return json::Value::text("json.json");
    case ParamType::List:
      return spec.element.empty() ? json::Value::list() : json::Value::list({exampleValue(spec.element[0], input)});
    case ParamType::Object: return exampleParams(spec.members, input);
    case ParamType::Schema: return json::Value::list();
    case ParamType::Text:
    case ParamType::Path:
    case ParamType::Any: return json::Value::text("example");
  }
  return {};
}

}  // namespace

Result<json::Value> plainParams(const std::vector<ParamSpec>& specs, const json::Value& given) {
  json::Value plain = json::Value::object();
  for (const ParamSpec& spec : specs) {
    const json::Value* value = given.find(spec.name);
    if (value == nullptr && spec.defaultValue) value = &*spec.defaultValue;
    if (value == nullptr) continue;
    Result<json::Value> converted = plainValue(spec, *value);
    if (!converted) return configError("Parameter '" + spec.name + "': " + converted.error().message);
    plain.set(spec.name, std::move(*converted));
  }
  for (const json::Member& member : given.members()) {
    if (plain.find(member.name) == nullptr) plain.set(member.name, member.value);
  }
  return plain;
}

json::Value exampleParams(const std::vector<ParamSpec>& specs, const Schema& input) {
  json::Value params = json::Value::object();
  for (const ParamSpec& spec : specs) {
    if (spec.required || (!spec.examples.empty() && !spec.defaultValue && !spec.standard)) {
      params.set(spec.name, exampleValue(spec, input));
    }
  }
  return params;
}

Result<std::vector<Schema>> outputSchemas(runtime::PluginHost& host, const catalog::OperatorSpec& spec,
                                          const std::string& use, weir_stage stage, const json::Value& params,
                                          const std::vector<Schema>& inputs) {
  std::vector<Schema> derived;
  const auto derives = [](const SchemaRule& rule) { return rule.kind == SchemaRule::Kind::Derive; };
  const bool asks = stage != WEIR_STAGE_WHOLE ||
                    std::any_of(spec.outputs.begin(), spec.outputs.end(), [&](const catalog::PortSpec& port) {
                      return std::any_of(port.schemaRules.begin(), port.schemaRules.end(), derives);
                    });
  if (asks) {
    WEIR_TRY_ASSIGN(answer, host.deriveSchemas(use, stage, json::write(params), inputs));
    derived = std::move(answer);
  }
  std::vector<Schema> schemas;
  for (std::size_t port = 0; port < spec.outputs.size(); ++port) {
    const std::vector<SchemaRule>& rules = spec.outputs[port].schemaRules;
    if (stage != WEIR_STAGE_WHOLE || std::any_of(rules.begin(), rules.end(), derives)) {
      schemas.push_back(derived.at(port));
      continue;
    }
    Schema schema;
    for (const SchemaRule& rule : rules) {
      const Schema input = rule.input < inputs.size() ? inputs[rule.input] : Schema{};
      switch (rule.kind) {
        case SchemaRule::Kind::Pass:
          schema.fields.insert(schema.fields.end(), input.fields.begin(), input.fields.end());
          break;
        case SchemaRule::Kind::Fields:
          for (const std::string& name : namesIn(params.find(rule.param))) {
            const std::optional<std::size_t> index = input.find(name);
            if (!index) return configError("The input has no column '" + name + "'.");
            schema.fields.push_back(input.fields[*index]);
          }
          break;
        case SchemaRule::Kind::Drop:
          for (const std::string& name : namesIn(params.find(rule.param))) {
            std::erase_if(schema.fields, [&](const Field& field) { return field.name == name; });
          }
          break;
        case SchemaRule::Kind::Add: {
          WEIR_TRY_ASSIGN(field, added(rule, params, input));
          schema.fields.push_back(std::move(field));
          break;
        }
        case SchemaRule::Kind::Declared: {
          WEIR_TRY_ASSIGN(fields, declared(params.find("schema")));
          schema = std::move(fields);
          break;
        }
        case SchemaRule::Kind::Derive: break;
      }
    }
    schemas.push_back(std::move(schema));
  }
  return schemas;
}

}  // namespace weir::host
