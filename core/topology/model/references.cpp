#include "core/topology/model/references.hpp"

#include <algorithm>

#include "core/base/closest_name.hpp"
#include "core/base/json_parser.hpp"
#include "core/topology/model/problem_codes.hpp"

namespace weir::topology {

using json::Value;

namespace {

Resolved failed(std::string_view code, std::string message, std::string help) {
  Resolved out;
  out.problem = ReferenceProblem{code, std::move(message), std::move(help)};
  return out;
}

Resolved known(Value value) {
  Resolved out;
  out.value = std::move(value);
  return out;
}

Resolved unknownYet() {
  Resolved out;
  out.pending = true;
  return out;
}

// What the command line gave, as the type that the topology declares.
Resolved typed(const Parameter& parameter, const std::string& text) {
  const std::string& type = parameter.type.value;
  if (type == "text" || type == "duration") return known(Value::text(text));
  const std::variant<Value, json::ParseError> parsed = json::parse(text);
  const auto* const value = std::get_if<Value>(&parsed);
  const bool good = value != nullptr && ((type == "boolean" && value->kind() == json::Kind::Boolean) ||
                                         (type == "integer" && value->asInteger()) ||
                                         (type == "number" && value->kind() == json::Kind::Number));
  if (good) return known(*value);
  return failed(codes::kReference,
                "The value \"" + text + "\" given for the parameter \"" + parameter.name.value + "\" is not of type " +
                    type + ".",
                "Give a value of that type.");
}

std::string plainText(const Value& value) {
  return value.isText() ? value.asText() : json::write(value);
}

// "${KIND:NAME}" in a text. One that is not complete has no end.
struct Mention {
  std::size_t begin = 0;
  std::size_t end = std::string::npos;  // of the brace
  bool escaped = false;                 // "$${", which is none
  std::string_view kind;
  std::string name;
};

std::optional<Mention> nextMention(const std::string& text, std::size_t at) {
  Mention found;
  found.begin = text.find("${", at);
  if (found.begin == std::string::npos) return std::nullopt;
  found.escaped = found.begin > at && text[found.begin - 1] == '$';
  const std::size_t end = text.find('}', found.begin);
  const std::size_t colon = text.find(':', found.begin);
  if (found.escaped || end == std::string::npos || colon == std::string::npos || colon > end) return found;
  found.end = end;
  found.kind = std::string_view(text).substr(found.begin + 2, colon - found.begin - 2);
  found.name = text.substr(colon + 1, end - colon - 1);
  return found;
}

std::vector<std::string> referredTo(std::string_view kind, const std::string& text) {
  std::vector<std::string> names;
  for (auto found = nextMention(text, 0); found; found = nextMention(text, found->begin + 2)) {
    if (found->kind == kind) names.push_back(std::move(found->name));
  }
  return names;
}

}  // namespace

std::vector<std::string> filesReferredTo(const std::string& text) {
  return referredTo("file", text);
}

std::vector<std::string> parametersReferredTo(const std::string& text) {
  return referredTo("param", text);
}

std::string withParameters(const std::string& text, const std::map<std::string, std::string>& names) {
  std::string out;
  std::size_t at = 0;
  for (auto found = nextMention(text, 0); found; found = nextMention(text, found->begin + 2)) {
    const auto other = found->kind == "param" ? names.find(found->name) : names.end();
    if (other == names.end()) continue;
    out.append(text, at, found->begin - at).append("${param:" + other->second + "}");
    at = found->end + 1;
  }
  return out.append(text, at, std::string::npos);
}

References::References(const Topology& topology) : topology_(&topology) {}

References::References(const Topology& topology, std::map<std::string, std::string> parameters, Lookup environment,
                       Lookup file)
    : topology_(&topology),
      running_(true),
      given_(std::move(parameters)),
      environment_(std::move(environment)),
      file_(std::move(file)) {}

References References::over(const Topology& topology) const {
  References other = *this;
  other.topology_ = &topology;
  return other;
}

const Parameter* References::parameter(std::string_view name) const {
  for (const Part<Parameter>& parameter : topology_->params) {
    if (parameter->name.value == name) return &*parameter;
  }
  return nullptr;
}

std::vector<std::string> References::unknownParameters() const {
  std::vector<std::string> names;
  for (const auto& [name, value] : given_) {
    if (parameter(name) == nullptr) names.push_back(name);
  }
  return names;
}

Resolved References::lookUpParameter(const std::string& name) const {
  const Parameter* const found = parameter(name);
  if (found == nullptr) {
    std::vector<std::string_view> names;
    for (const Part<Parameter>& candidate : topology_->params) names.push_back(candidate->name.value);
    return failed(codes::kReference, "The topology has no parameter \"" + name + "\"." + didYouMean(name, names),
                  "Add it to \"params\" of the topology, or correct the name.");
  }
  if (const auto given = given_.find(name); given != given_.end()) return typed(*found, given->second);
  if (found->hasDefault) {
    return found->given && found->defaultValue.isText() ? resolve(found->defaultValue) : known(found->defaultValue);
  }
  if (!running_) return unknownYet();
  return failed(codes::kReferenceUnset, "The parameter \"" + name + "\" has no value.",
                "Give one with --param " + name + "=VALUE, or a default in the topology.");
}

Resolved References::lookUp(std::string_view kind, const std::string& name) const {
  if (kind == "param") return lookUpParameter(name);
  if (kind != "env" && kind != "file") {
    return failed(codes::kReference, "There is no reference of kind \"" + std::string(kind) + "\".",
                  "Write ${env:NAME}, ${file:path} or ${param:name}, and $${ for a plain ${.");
  }
  if (!running_) return unknownYet();
  const Lookup& lookup = kind == "env" ? environment_ : file_;
  const std::optional<std::string> value = lookup ? lookup(name) : std::nullopt;
  if (value) return known(Value::text(*value));
  if (kind == "env") {
    return failed(codes::kReferenceUnset, "The environment variable " + name + " is not set.",
                  "Set it and start again.");
  }
  return failed(codes::kReferenceUnset, "The file " + name + " cannot be read.", "Check its path and permissions.");
}

Resolved References::resolve(const Value& value) const {
  const std::string& text = value.asText();
  Resolved out;
  std::string result;
  std::size_t at = 0;
  for (;;) {
    const std::optional<Mention> found = nextMention(text, at);
    if (!found) break;
    if (found->escaped) {
      result.append(text, at, found->begin - 1 - at).append("${");
      at = found->begin + 2;
      continue;
    }
    result.append(text, at, found->begin - at);
    out.referring = true;
    if (found->end == std::string::npos) {
      out.problem = ReferenceProblem{codes::kReference, "A reference is not complete.",
                                     "Write ${env:NAME}, ${file:path} or ${param:name}, and $${ for a plain ${."};
      return out;
    }
    Resolved one = lookUp(found->kind, found->name);
    if (one.problem) {
      out.problem = std::move(one.problem);
      return out;
    }
    out.pending = out.pending || one.pending;
    if (found->begin == 0 && found->end + 1 == text.size() && !one.pending) {
      out.value = std::move(one.value).at(value.position());
      return out;
    }
    result += plainText(one.value);
    at = found->end + 1;
  }
  if (out.pending) {
    out.value = value;
  } else {
    result.append(text, at, std::string::npos);
    out.value = Value::text(std::move(result)).at(value.position());
  }
  return out;
}

}  // namespace weir::topology
