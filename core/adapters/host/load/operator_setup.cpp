#include "core/adapters/host/load/operator_setup.hpp"

#include <algorithm>
#include <utility>

#include "core/base/duration.hpp"
#include "core/base/json_parser.hpp"
#include "core/catalog/format_use.hpp"
#include "core/topology/graph/schema_rules.hpp"

namespace weir::host {

namespace {

using catalog::ParamSpec;
using catalog::ParamType;

Result<json::Value> plainValue(const ParamSpec& spec, const json::Value& given) {
  if (spec.type == ParamType::Duration && given.isText()) {
    WEIR_TRY_ASSIGN(duration, parseDuration(given.asText()));
    return json::Value::number(duration);
  }
  if (spec.type == ParamType::Format && given.isObject()) {
    const json::Value* const use = given.find(catalog::kUse);
    json::Value rest = json::Value::object();
    for (const json::Member& member : given.members()) {
      if (member.name != catalog::kUse) rest.set(member.name, member.value);
    }
    return json::Value::text(catalog::formatText(use == nullptr ? "" : use->asText(), rest));
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

Result<std::string> completeParams(const std::vector<ParamSpec>& specs, const std::string& given) {
  WEIR_TRY_ASSIGN(value, json::parseText(given));
  WEIR_TRY_ASSIGN(plain, plainParams(specs, value));
  for (const ParamSpec& spec : specs) {
    if (spec.required && plain.find(spec.name) == nullptr) {
      return configError("The parameter '" + spec.name + "' is missing.");
    }
  }
  for (const json::Member& member : plain.members()) {
    const bool known =
        std::any_of(specs.begin(), specs.end(), [&](const auto& spec) { return spec.name == member.name; });
    if (!known) return configError("There is no parameter '" + member.name + "'.");
  }
  return json::write(plain);
}

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
                                          const std::vector<Schema>& inputs, const expr::Functions& functions) {
  std::vector<Schema> derived;
  if (stage != WEIR_STAGE_WHOLE || std::any_of(spec.outputs.begin(), spec.outputs.end(), topology::asksOperator)) {
    WEIR_TRY_ASSIGN(answer, host.deriveSchemas(use, stage, json::write(params), inputs));
    derived = std::move(answer);
  }
  std::vector<Schema> schemas;
  for (std::size_t port = 0; port < spec.outputs.size(); ++port) {
    if (stage != WEIR_STAGE_WHOLE || topology::asksOperator(spec.outputs[port])) {
      schemas.push_back(derived.at(port));
      continue;
    }
    WEIR_TRY_ASSIGN(schema, topology::schemaByRules(spec, spec.outputs[port], params, inputs, functions));
    schemas.push_back(std::move(schema));
  }
  return schemas;
}

}  // namespace weir::host
