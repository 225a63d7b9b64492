#include "core/catalog/parse_signature.hpp"

#include <algorithm>

#include "core/base/type_name.hpp"

namespace weir::catalog {

namespace {

ArgumentSpec readArgument(const ManifestObject& object) {
  object.allow({"name", "types", "help"});
  ArgumentSpec argument;
  argument.name = object.identifier("name");
  argument.types = object.texts("types");
  argument.help = object.text("help");
  if (argument.types.empty()) object.report("types", "is missing: say which types it takes.");
  for (const std::string& word : argument.types) {
    if (!isTypeWord(word)) object.report("types", "holds \"" + word + "\", which is none of: " + typeWords() + ".");
    if (word == "list" || word == "struct") object.report("types", "must not hold lists or structs.");
  }
  return argument;
}

void readResult(const ManifestObject& object, SignatureSpec& signature) {
  const std::optional<ManifestObject> result = object.object("result");
  if (!result) return object.report("result", "is missing: {\"type\": ...} says what comes out.");
  result->allow({"type", "nullable"});
  signature.result = result->text("type", true);
  signature.nullable = result->flag("nullable", true);
  constexpr std::string_view kTypeOf = "type_of(";
  if (signature.result.starts_with(kTypeOf) && signature.result.ends_with(')')) {
    const std::string name = signature.result.substr(kTypeOf.size(), signature.result.size() - kTypeOf.size() - 1);
    const bool known = std::any_of(signature.arguments.begin(), signature.arguments.end(),
                                   [&](const ArgumentSpec& argument) { return argument.name == name; });
    if (!known) result->report("type", "names no argument of it: \"" + name + "\".");
    return;
  }
  const Result<DataType> type = parseType(signature.result);
  if (!type) {
    result->report("type", "is no type: " + type.error().message);
  } else if (type->id == TypeId::List || type->id == TypeId::Struct) {
    result->report("type", "must not be a list or struct.");
  }
}

}  // namespace

void readSignature(const ManifestObject& object, OperatorSpec& spec) {
  if (spec.kind == OperatorKind::Function) {
    object.allow({"id", "kind", "title", "category", "icon", "doc", "keywords", "arguments", "variadic", "result",
                  "handles_null", "deterministic"});
  } else {
    object.allow({"id", "kind", "title", "category", "icon", "doc", "keywords", "arguments", "result", "handles_null",
                  "deterministic", "state_version"});
  }
  SignatureSpec& signature = spec.signature;
  for (const ManifestObject& item : object.objects("arguments")) {
    signature.arguments.push_back(readArgument(item));
    const auto same = [&](const ArgumentSpec& other) { return other.name == signature.arguments.back().name; };
    if (std::any_of(signature.arguments.begin(), signature.arguments.end() - 1, same)) {
      item.report("name", "stands here twice.");
    }
  }
  if (spec.kind == OperatorKind::Function) signature.variadic = object.flag("variadic");
  if (signature.variadic && signature.arguments.empty()) {
    object.report("variadic", "needs an argument that may come several times.");
  }
  readResult(object, signature);
  signature.handlesNull = object.flag("handles_null");
  if (spec.kind == OperatorKind::Aggregate) {
    signature.stateVersion = static_cast<std::int32_t>(object.integer("state_version", 1));
  }
  if (!object.flag("deterministic")) {
    object.report("deterministic",
                  std::string(object.has("deterministic") ? "must be true" : "is missing: write true") +
                      ". What it gives must depend on its arguments alone, or a restart would give "
                      "other results.");
  }
}

}  // namespace weir::catalog
