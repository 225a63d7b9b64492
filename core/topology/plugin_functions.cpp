#include "topology/plugin_functions.hpp"

#include <algorithm>
#include <utility>

#include "base/type_name.hpp"

namespace weir::topology {

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
