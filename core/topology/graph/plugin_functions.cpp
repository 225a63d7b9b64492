#include "core/topology/graph/plugin_functions.hpp"

#include <algorithm>
#include <utility>

#include "core/base/type_name.hpp"

namespace weir::topology {

namespace {

using catalog::ParamSpec;

// Whether a word stands among the choices of a parameter that takes aggregates: those that its operator brings itself.
bool offersAggregate(const ParamSpec& param, const std::string& name) {
  const auto offers = [&](const ParamSpec& inner) { return offersAggregate(inner, name); };
  return (param.aggregates && std::find(param.choices.begin(), param.choices.end(), name) != param.choices.end()) ||
         std::any_of(param.members.begin(), param.members.end(), offers) ||
         std::any_of(param.element.begin(), param.element.end(), offers);
}

// The aggregate that a name means, as topologies name it; empty: none. Its plugin's name may be left out.
std::string aggregateNamed(const catalog::Catalog& catalog, const std::string& name) {
  for (const catalog::CatalogEntry& entry : catalog.entries()) {
    for (const catalog::OperatorSpec& spec : entry.manifest.operators) {
      const std::string use = entry.manifest.plugin + "." + spec.id;
      if (spec.kind == catalog::OperatorKind::Aggregate && (name == use || name == spec.id)) return use;
      const auto offers = [&](const ParamSpec& param) { return offersAggregate(param, name); };
      if (std::any_of(spec.params.begin(), spec.params.end(), offers)) return name;
    }
  }
  return "";
}

std::string whyNoFunction(const catalog::Catalog& catalog, const std::string& name) {
  const std::string aggregate = aggregateNamed(catalog, name);
  if (!aggregate.empty()) {
    return "'" + aggregate + "' is an aggregate, over many rows, and no function. " + std::string(kAggregateUse);
  }
  const std::string plugin = name.substr(0, name.find('.'));
  if (plugin.size() == name.size() || catalog.refusedAs(plugin) == nullptr) return "";
  std::string why = "There is no function '" + name + "'. " + catalog.whyMissing(plugin);
  if (why.ends_with('.')) why.pop_back();
  return why;
}

}  // namespace

expr::Functions checkedFunctions(const std::vector<expr::FunctionSignature>& known, const catalog::Catalog& catalog) {
  return {known, {}, [&catalog](const std::string& name) { return whyNoFunction(catalog, name); }};
}

std::vector<expr::FunctionSignature> functionsOf(const catalog::Catalog& catalog) {
  std::vector<expr::FunctionSignature> functions;
  for (const catalog::CatalogEntry& entry : catalog.entries()) {
    for (const catalog::OperatorSpec& spec : entry.manifest.operators) {
      if (spec.kind != catalog::OperatorKind::Function) continue;
      expr::FunctionSignature function;
      function.name = entry.manifest.plugin + "." + spec.id;
      for (const catalog::ArgumentSpec& argument : spec.signature.arguments) {
        function.arguments.push_back({argument.name, argument.types});
      }
      function.variadic = spec.signature.variadic;
      function.result = spec.signature.result;
      function.nullable = spec.signature.nullable;
      function.handlesNull = spec.signature.handlesNull;
      functions.push_back(std::move(function));
    }
  }
  return functions;
}

Result<Field> pureResult(const catalog::OperatorSpec& spec, const std::string& use, const Schema& arguments) {
  const std::vector<catalog::ArgumentSpec>& wanted = spec.signature.arguments;
  if (wanted.size() != arguments.fields.size()) {
    std::string names;
    for (const catalog::ArgumentSpec& argument : wanted) names += (names.empty() ? "" : ", ") + argument.name;
    return configError("The aggregate '" + use + "' takes " +
                       (names.empty() ? "no column" : std::to_string(wanted.size()) + " (" + names + ")") + ", not " +
                       std::to_string(arguments.fields.size()) + ".");
  }
  Field result{use, TypeId::Int64, spec.signature.nullable};
  if (const Result<DataType> type = parseType(spec.signature.result)) result.type = *type;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const Field& given = arguments.fields[i];
    const auto matches = [&](const std::string& word) { return matchesTypeWord(given.type, word); };
    if (!std::any_of(wanted[i].types.begin(), wanted[i].types.end(), matches)) {
      std::string types;
      for (const std::string& word : wanted[i].types) types += (types.empty() ? "" : ", ") + word;
      return configError("The column '" + given.name + "' is of type " + typeName(given.type) + "; the aggregate '" +
                         use + "' takes as its " + wanted[i].name + ": " + types +
                         ". Name another column, or cast this one before, with std.select.");
    }
    if (spec.signature.result == "type_of(" + wanted[i].name + ")") result.type = given.type;
  }
  return result;
}

}  // namespace weir::topology
