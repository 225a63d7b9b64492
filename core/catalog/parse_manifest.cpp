#include "core/catalog/parse_manifest.hpp"

#include <algorithm>
#include <set>

#include "core/base/duration.hpp"
#include "core/base/json_parser.hpp"
#include "core/base/type_name.hpp"
#include "core/catalog/format_use.hpp"
#include "core/catalog/manifest_member.hpp"
#include "core/catalog/parse_signature.hpp"
#include "core/catalog/standard_params.hpp"

namespace weir::catalog {

namespace {

std::vector<std::string_view> paramTypeNames() {
  std::vector<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(ParamType::Any); ++i) names.push_back(paramTypeName(static_cast<ParamType>(i)));
  return names;
}

// A bound of a parameter: a number, or a duration with its unit.
std::optional<double> bound(const ManifestObject& object, std::string_view name, ParamType type) {
  const json::Value* const value = object.find(name);
  if (value == nullptr || !value->isText() || type != ParamType::Duration) return object.number(name);
  const Result<Duration> duration = parseDuration(value->asText());
  if (!duration) {
    object.report(name, "is no duration: " + duration.error().message);
    return std::nullopt;
  }
  return static_cast<double>(*duration);
}

ParamSpec readParam(const ManifestObject& object, bool named);

std::vector<ParamSpec> readParams(const ManifestObject& object, std::string_view member) {
  std::vector<ParamSpec> params;
  std::set<std::string> names;
  for (const ManifestObject& item : object.objects(member)) {
    params.push_back(readParam(item, true));
    if (!names.insert(params.back().name).second)
      item.report("name", "stands here twice: \"" + params.back().name + "\".");
  }
  return params;
}

ParamSpec readParam(const ManifestObject& object, bool named) {
  object.allow({"name", "type", "required", "secret", "default", "minimum", "maximum", "choices", "members", "element",
                "aggregates", "access", "result", "over", "types", "unit", "title", "help", "examples"});
  ParamSpec param;
  if (named) param.name = object.identifier("name");
  if (!object.has("type")) object.report("type", "is missing: say what the parameter is.");
  param.type = static_cast<ParamType>(object.choice("type", paramTypeNames(), 0));
  param.required = object.flag("required");
  param.secret = object.flag("secret");
  if (const json::Value* const value = object.find("default")) param.defaultValue = *value;
  param.minimum = bound(object, "minimum", param.type);
  param.maximum = bound(object, "maximum", param.type);
  param.choices = object.texts("choices");
  param.aggregates = object.flag("aggregates");
  if (object.has("aggregates") && param.type != ParamType::Choice) object.report("aggregates", "is for choices only.");
  param.members = readParams(object, "members");
  if (const std::optional<ManifestObject> element = object.object("element")) {
    param.element.push_back(readParam(*element, false));
  }
  param.access = static_cast<PathAccess>(object.choice("access", {"none", "read", "write"}, 0));
  if (object.has("access") && param.type != ParamType::Path) object.report("access", "is for parameters of type path.");
  param.result = object.text("result");
  if (!param.result.empty() && !parseType(param.result)) object.report("result", "is no type.");
  param.overInputs = object.choice("over", {"input", "inputs"}, 0) == 1;
  if (object.has("over") && param.type != ParamType::Expression) object.report("over", "is for expressions only.");
  param.types = object.texts("types");
  if (!param.types.empty() && param.type != ParamType::Field && param.type != ParamType::Fields) {
    object.report("types", "is for parameters of type field or fields.");
  }
  for (const std::string& word : param.types) {
    if (!isTypeWord(word)) object.report("types", "holds \"" + word + "\", which is none of: " + typeWords() + ".");
  }
  param.unit = object.text("unit");
  param.title = object.text("title");
  param.help = object.text("help");
  param.examples = object.values("examples");
  if (param.type == ParamType::Choice && param.choices.empty())
    object.report("choices", "is missing: list the choices.");
  if (param.type == ParamType::List && param.element.empty()) {
    object.report("element", "is missing: say what the list holds.");
  }
  return param;
}

SchemaRule readRule(const ManifestObject& object, const OperatorSpec& spec) {
  SchemaRule rule;
  rule.kind =
      static_cast<SchemaRule::Kind>(object.choice("rule", {"pass", "fields", "drop", "add", "declared", "derive"}, 0));
  if (!object.has("rule")) object.report("rule", "is missing: pass, fields, drop, add, declared or derive.");
  using Kind = SchemaRule::Kind;
  switch (rule.kind) {
    case Kind::Pass: object.allow({"rule", "input"}); break;
    case Kind::Fields: object.allow({"rule", "input", "param"}); break;
    case Kind::Drop: object.allow({"rule", "param"}); break;
    case Kind::Add: object.allow({"rule", "input", "name", "type", "nullable"}); break;
    case Kind::Declared:
    case Kind::Derive: object.allow({"rule"}); break;
  }
  if (const std::string input = object.text("input"); !input.empty()) {
    const std::optional<std::size_t> index = spec.input(input);
    if (!index) object.report("input", "names \"" + input + "\", which is no input of this operator.");
    rule.input = index.value_or(0);
  }
  if (rule.kind == Kind::Fields || rule.kind == Kind::Drop) rule.param = object.text("param", true);
  if (rule.kind == Kind::Add) {
    rule.name = object.text("name", true);
    rule.type = object.text("type", true);
    rule.nullable = object.flag("nullable", true);
    constexpr std::string_view kTypeOf = "type_of(";
    if (rule.type.starts_with(kTypeOf) && rule.type.ends_with(')')) {
      rule.param = rule.type.substr(kTypeOf.size(), rule.type.size() - kTypeOf.size() - 1);
    } else if (const Result<DataType> type = parseType(rule.type); !type) {
      object.report("type", "is no type: " + type.error().message);
    }
  }
  if (!rule.param.empty() && spec.param(rule.param) == nullptr) {
    object.report(rule.kind == Kind::Add ? "type" : "param",
                  "names no parameter of this operator: \"" + rule.param + "\".");
  }
  return rule;
}

void namesColumns(const ManifestObject& object, const OperatorSpec& spec, const std::string& name) {
  const ParamSpec* const param = spec.param(name);
  if (param != nullptr && (param->type == ParamType::Field || param->type == ParamType::Fields)) return;
  object.report("partition_by", "must name a parameter of type field or fields.");
}

PortSpec readPort(const ManifestObject& object, const OperatorSpec& spec, bool output) {
  if (output) {
    object.allow({"name", "role", "shape", "schema", "doc"});
  } else {
    object.allow({"name", "shape", "accepts_table", "optional", "broadcast", "partition_by", "doc"});
  }
  PortSpec port;
  port.name = object.identifier("name");
  port.role = static_cast<PortRole>(object.choice("role", {"data", "late", "dead_letter"}, 0));
  port.shape = static_cast<PortShape>(object.choice("shape", {"stream", "keyed", "table"}, 0));
  port.acceptsTable = object.flag("accepts_table") || port.shape == PortShape::Table;
  port.optional = object.flag("optional");
  port.broadcast = object.flag("broadcast");
  port.partitionBy = object.text("partition_by");
  if (!port.partitionBy.empty()) namesColumns(object, spec, port.partitionBy);
  if (port.broadcast && !port.partitionBy.empty()) object.report("broadcast", "and partition_by exclude each other.");
  port.doc = object.text("doc");
  if (!output) return port;
  for (const ManifestObject& rule : object.objects("schema")) port.schemaRules.push_back(readRule(rule, spec));
  if (port.schemaRules.empty()) {
    SchemaRule rule;
    rule.kind = spec.kind == OperatorKind::Source ? SchemaRule::Kind::Declared : SchemaRule::Kind::Pass;
    port.schemaRules.push_back(rule);
  }
  return port;
}

std::vector<PortSpec> readPorts(const ManifestObject& object, std::string_view member, const OperatorSpec& spec) {
  const bool output = member == "outputs";
  std::vector<PortSpec> ports;
  for (const ManifestObject& item : object.objects(member)) {
    ports.push_back(readPort(item, spec, output));
    const auto same = [&](const PortSpec& other) { return other.name == ports.back().name; };
    if (std::any_of(ports.begin(), ports.end() - 1, same)) item.report("name", "stands here twice.");
  }
  return ports;
}

StoreSpec readStore(const ManifestObject& object, const OperatorSpec& spec) {
  object.allow({"name", "bound", "state_version", "doc"});
  StoreSpec store;
  store.name = object.identifier("name");
  store.bound = object.text("bound");
  store.stateVersion = static_cast<std::int32_t>(object.integer("state_version", 1));
  constexpr std::string_view kParam = "param:";
  if (store.bound.starts_with(kParam) && spec.param(store.bound.substr(kParam.size())) == nullptr) {
    object.report("bound", "names no parameter of this operator: \"" + store.bound.substr(kParam.size()) + "\".");
  }
  return store;
}

// A name alone is a counter.
std::vector<MetricSpec> readMetrics(const ManifestObject& object) {
  std::vector<MetricSpec> metrics;
  const std::vector<json::Value> items = object.values("metrics");
  for (std::size_t i = 0; i < items.size(); ++i) {
    MetricSpec metric;
    if (items[i].isText()) {
      metric.name = items[i].asText();
    } else {
      const ManifestObject item(items[i], object.path() + ".metrics[" + std::to_string(i) + "]", object.problem());
      item.allow({"name", "kind", "unit", "doc"});
      metric.name = item.identifier("name");
      metric.kind = static_cast<MetricKind>(item.choice("kind", {"counter", "gauge", "histogram"}, 0));
      metric.unit = item.text("unit");
      metric.doc = item.text("doc");
    }
    const auto same = [&](const MetricSpec& other) { return other.name == metric.name; };
    if (std::any_of(metrics.begin(), metrics.end(), same)) {
      object.report("metrics", "hold a name twice: \"" + metric.name + "\".");
    }
    metrics.push_back(std::move(metric));
  }
  return metrics;
}

void checkPorts(const ManifestObject& object, const OperatorSpec& spec) {
  const bool takes = spec.kind == OperatorKind::Processor || spec.kind == OperatorKind::Sink;
  const bool gives = spec.kind == OperatorKind::Processor || spec.kind == OperatorKind::Source;
  if (takes && spec.inputs.empty()) object.report("inputs", "is missing: name at least one input.");
  if (!takes && !spec.inputs.empty()) object.report("inputs", "must be empty: this kind of operator takes no input.");
  if (gives && spec.outputs.empty()) object.report("outputs", "is missing: name at least one output.");
  if (spec.kind == OperatorKind::Format && !spec.outputs.empty()) {
    object.report("outputs", "must be empty: a format has no ports.");
  }
}

void checkKeyAndCombine(const ManifestObject& object, const OperatorSpec& spec) {
  if (!spec.partitionBy.empty()) namesColumns(object, spec, spec.partitionBy);
  const auto keyed = [&](const PortSpec& port) { return port.broadcast || !spec.keyOf(port).empty(); };
  const auto keyless = [&](const PortSpec& port) { return port.broadcast || spec.keyOf(port).empty(); };
  if (!std::all_of(spec.inputs.begin(), spec.inputs.end(), keyed) &&
      !std::all_of(spec.inputs.begin(), spec.inputs.end(), keyless)) {
    object.report("inputs",
                  "must all have partition_by, or be broadcast, or none: equal keys have to meet in one task.");
  }
  if (!spec.inputs.empty() &&
      std::all_of(spec.inputs.begin(), spec.inputs.end(), [](const PortSpec& port) { return port.broadcast; })) {
    object.report("inputs", "must not all be broadcast: no row would belong to a task.");
  }
  if (spec.combine && spec.partitionBy.empty()) object.report("combine", "needs partition_by: what is combined by?");
  if (spec.combineWhen.empty()) return;
  const std::size_t sign = spec.combineWhen.find('=');
  if (sign == std::string::npos || spec.param(spec.combineWhen.substr(0, sign)) == nullptr) {
    object.report("combine_when", "must read \"parameter=value\", with a parameter of this operator.");
  }
}

// A source that derives its columns needs none declared.
void needNoSchema(OperatorSpec& spec) {
  const bool derives = std::any_of(spec.outputs.begin(), spec.outputs.end(), [](const PortSpec& port) {
    return std::any_of(port.schemaRules.begin(), port.schemaRules.end(),
                       [](const SchemaRule& rule) { return rule.kind == SchemaRule::Kind::Derive; });
  });
  for (ParamSpec& param : spec.params) {
    if (param.standard && param.type == ParamType::Schema && derives) param.required = false;
  }
}

OperatorSpec readOperator(const ManifestObject& object) {
  OperatorSpec spec;
  spec.id = object.identifier("id");
  constexpr const char* kKinds = "is missing: source, processor, sink, format, function or aggregate.";
  if (!object.has("kind")) object.report("kind", kKinds);
  spec.kind = static_cast<OperatorKind>(
      object.choice("kind", {"source", "processor", "sink", "format", "function", "aggregate"}, 1));
  spec.title = object.text("title");
  spec.category = object.text("category");
  spec.icon = object.text("icon");
  spec.doc = object.text("doc");
  spec.keywords = object.texts("keywords");
  if (isPure(spec.kind)) {
    readSignature(object, spec);
    return spec;
  }
  object.allow({"id",           "kind",    "title",        "category", "icon",   "doc",       "keywords",
                "summary",      "inputs",  "outputs",      "params",   "stores", "metrics",   "time",
                "partition_by", "combine", "combine_when", "async_io", "gives",  "gives_time"});
  spec.summary = object.texts("summary");
  spec.params = readParams(object, "params");
  spec.givesRows = object.choice("gives", {"bytes", "rows"}, 0) == 1;
  if (object.has("gives") && spec.kind != OperatorKind::Source) object.report("gives", "is for sources only.");
  spec.givesTime = object.flag("gives_time");
  if (spec.givesTime && spec.kind != OperatorKind::Source) object.report("gives_time", "is for sources only.");
  spec.partitionBy = object.text("partition_by");
  for (const ManifestObject& input : object.objects("inputs")) spec.keyedByPort |= input.has("partition_by");
  for (const ParamSpec& param : spec.params) {
    if (isStandardParam(spec, param.name)) {
      object.report("params", "must not declare \"" + param.name + "\": Weir adds it to every operator of this kind.");
    }
  }
  if (spec.kind == OperatorKind::Format && spec.param(kUse) != nullptr) {
    object.report("params", "must not declare \"use\": that member names the format beside its parameters.");
  }
  addStandardParams(spec);
  spec.inputs = readPorts(object, "inputs", spec);
  spec.outputs = readPorts(object, "outputs", spec);
  needNoSchema(spec);
  for (const ManifestObject& store : object.objects("stores")) spec.stores.push_back(readStore(store, spec));
  spec.metrics = readMetrics(object);
  spec.time = static_cast<TimeNeed>(object.choice("time", {"none", "event", "processing"}, 0));
  spec.combine = object.flag("combine");
  spec.combineWhen = object.text("combine_when");
  spec.asyncIo = object.flag("async_io");
  checkPorts(object, spec);
  checkKeyAndCombine(object, spec);
  return spec;
}

}  // namespace

Result<Manifest> parseManifest(std::string_view text) {
  const Result<json::Value> root = json::parseText(text);
  if (!root) return configError("The manifest is not JSON: " + root.error().message);
  ManifestProblem problem;
  const ManifestObject object(*root, "", problem);
  Manifest manifest;
  manifest.manifestVersion = static_cast<std::int32_t>(object.integer("manifest_version", 0));
  if (manifest.manifestVersion > kManifestVersion) {
    object.report("manifest_version", "is " + std::to_string(manifest.manifestVersion) +
                                          ", but this Weir reads up to " + std::to_string(kManifestVersion) +
                                          ": update Weir, or use an older plugin.");
  }
  if (manifest.manifestVersion == 0) object.report("manifest_version", "is missing: write 1.");
  object.allow({"manifest_version", "plugin", "title", "version", "vendor", "licence", "doc", "operators"});
  manifest.plugin = object.identifier("plugin");
  manifest.title = object.text("title");
  manifest.version = object.text("version", true);
  manifest.vendor = object.text("vendor");
  manifest.licence = object.text("licence");
  for (const ManifestObject& item : object.objects("operators")) {
    OperatorSpec spec = readOperator(item);
    if (manifest.find(spec.id) != nullptr) item.report("id", "stands here twice: \"" + spec.id + "\".");
    manifest.operators.push_back(std::move(spec));
  }
  if (manifest.operators.empty()) object.report("operators", "is missing: a plugin offers at least one operator.");
  if (problem.found()) return configError(problem.text());
  manifest.text = std::string(text);
  return manifest;
}

}  // namespace weir::catalog
