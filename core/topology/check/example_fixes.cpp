#include "core/topology/check/example_fixes.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <unordered_map>

#include "core/base/type_name.hpp"
#include "core/expr/expr.hpp"
#include "core/topology/check/named_paths.hpp"
#include "core/topology/graph/plugin_functions.hpp"
#include "core/topology/model/problem_codes.hpp"

namespace weir::topology {

namespace {

using catalog::ParamSpec;
using catalog::ParamType;
using json::Value;

const ParamSpec* specAt(const std::vector<ParamSpec>& specs, std::string_view path) {
  const std::size_t point = path.find('.');
  const std::string_view name = path.substr(0, point);
  const auto found = std::find_if(specs.begin(), specs.end(), [&](const ParamSpec& spec) { return spec.name == name; });
  if (found == specs.end()) return nullptr;
  const ParamSpec* spec = &*found;
  if (point == std::string_view::npos) return spec;
  std::string_view rest = path.substr(point + 1);
  if (spec->type == ParamType::List && !spec->element.empty()) {
    spec = &spec->element.front();
    const std::size_t behindIndex = rest.find('.');
    if (behindIndex == std::string_view::npos) return spec;
    rest = rest.substr(behindIndex + 1);
  }
  return spec->type == ParamType::Object ? specAt(spec->members, rest) : nullptr;
}

// Makes the examples of one node.
class ExampleMaker {
 public:
  ExampleMaker(const TypedNode& node, const expr::Functions& functions, const std::set<std::string>& written)
      : node_(node), functions_(functions), written_(written) {
    const bool source = node.spec->kind == catalog::OperatorKind::Source;
    const std::vector<std::optional<Schema>>& ports = source ? node.outputs : node.inputs;
    for (std::size_t port = 0; port < ports.size(); ++port) {
      if (!ports[port]) continue;
      schemas_.push_back(*ports[port]);
      if (!source) {
        joined_.fields.push_back({node.spec->inputs[port].name, DataType::structure(ports[port]->fields), true});
      }
    }
  }

  std::optional<Value> make(const ParamSpec& spec) const {
    for (const Value& example : spec.examples) {
      if (std::optional<Value> fitted = fit(example, spec)) return fitted;
    }
    return spec.examples.empty() ? fromColumns(spec) : std::nullopt;
  }

 private:
  std::optional<Value> fit(const Value& example, const ParamSpec& spec) const {
    switch (spec.type) {
      case ParamType::Field: return isColumn(example, spec) ? example : fromColumns(spec);
      case ParamType::Fields: return fitFields(example, spec);
      case ParamType::Expression:
        return example.isText() && compiles(example.asText(), spec) ? example : fromColumns(spec);
      case ParamType::List: return fitList(example, spec);
      case ParamType::Object: return fitObject(example, spec);
      case ParamType::Path: return spec.access == catalog::PathAccess::Write ? ownFile(example) : example;
      default: return example;
    }
  }

  std::optional<Value> fitFields(const Value& example, const ParamSpec& spec) const {
    Value there = Value::list();
    for (const Value& name : example.items()) {
      if (isColumn(name, spec)) there.items().push_back(name);
    }
    return there.items().empty() ? fromColumns(spec) : there;
  }

  std::optional<Value> fitList(const Value& example, const ParamSpec& spec) const {
    if (spec.element.empty()) return example;
    Value list = Value::list();
    for (const Value& item : example.items()) {
      std::optional<Value> fitted = fit(item, spec.element.front());
      if (!fitted) return std::nullopt;
      list.items().push_back(std::move(*fitted));
    }
    return list;
  }

  std::optional<Value> fitObject(const Value& example, const ParamSpec& spec) const {
    Value object = example;
    for (json::Member& member : object.members()) {
      const ParamSpec* const inner = specAt(spec.members, member.name);
      if (inner == nullptr) continue;
      std::optional<Value> fitted = fit(member.value, *inner);
      if (!fitted) return std::nullopt;
      member.value = std::move(*fitted);
    }
    return object;
  }

  // Nothing where no column is of the type that is wanted, or none is known.
  std::optional<Value> fromColumns(const ParamSpec& spec) const {
    if (spec.type == ParamType::Expression) return expression(spec);
    if (spec.type != ParamType::Field && spec.type != ParamType::Fields) return std::nullopt;
    for (const Schema& schema : schemas_) {
      for (const Field& field : schema.fields) {
        Value name = Value::text(field.name);
        if (isColumn(name, spec)) return spec.type == ParamType::Field ? name : Value::list({name});
      }
    }
    return std::nullopt;
  }

  std::optional<Value> expression(const ParamSpec& spec) const {
    const Schema& columns = spec.overInputs || schemas_.empty() ? joined_ : schemas_.front();
    for (const Field& field : columns.fields) {
      std::string name = fieldNameText(field.name);
      if (spec.overInputs) {
        if (field.type.children.empty()) continue;
        name += "." + fieldNameText(field.type.children.front().name);
      }
      for (const std::string& text : {name, name + " is not null"}) {
        if (compiles(text, spec)) return Value::text(text);
      }
    }
    return std::nullopt;
  }

  bool isColumn(const Value& name, const ParamSpec& spec) const {
    if (!name.isText()) return false;
    for (const Schema& schema : schemas_) {
      const std::optional<std::size_t> index = schema.find(name.asText());
      if (!index) continue;
      const DataType& type = schema.fields[*index].type;
      return spec.types.empty() || std::any_of(spec.types.begin(), spec.types.end(),
                                               [&](const std::string& word) { return matchesTypeWord(type, word); });
    }
    return false;
  }

  bool compiles(const std::string& text, const ParamSpec& spec) const {
    if (schemas_.empty()) return false;
    const auto compiled = expr::compile(text, spec.overInputs ? joined_ : schemas_.front(), nullptr, &functions_);
    return compiled && (spec.result.empty() || typeName((*compiled)->type()) == spec.result);
  }

  // Named after the node, so that no two have one.
  std::optional<Value> ownFile(const Value& example) const {
    if (!example.isText()) return std::nullopt;
    const std::filesystem::path whole(example.asText());
    const std::string task =
        example.asText().find(kTaskInPath) == std::string::npos ? "" : "-" + std::string(kTaskInPath);
    for (int number = 1;; ++number) {
      const std::string name = node_.id() + (number == 1 ? "" : "-" + std::to_string(number)) + task;
      std::string path = (whole.parent_path() / (name + whole.extension().string())).string();
      if (written_.count(path) == 0) return Value::text(std::move(path));
    }
  }

  const TypedNode& node_;
  const expr::Functions& functions_;
  const std::set<std::string>& written_;
  std::vector<Schema> schemas_;  // that are known, by port
  Schema joined_;                // of all inputs, behind the names of their ports
};

QuickFix exampleFix(const std::string& node, const std::string& parameter, Value example) {
  constexpr std::size_t kShown = 48;
  const std::string shown = example.isText() ? example.asText() : json::write(example);
  QuickFix fix{"Add an example" + (shown.size() <= kShown ? ": " + shown : ""), {}};
  fix.steps.push_back({FixStep::Kind::Set, node, "params." + parameter, std::move(example)});
  return fix;
}

}  // namespace

void offerExamples(const TypedGraph& graph, const catalog::Catalog& catalog, Problems& problems) {
  const auto isMissing = [](const Problem& problem) { return problem.code == codes::kMissingParameter; };
  if (std::none_of(problems.begin(), problems.end(), isMissing)) return;
  std::unordered_map<std::string_view, const TypedNode*> nodes;
  for (const TypedNode& node : graph.nodes) {
    if (node.spec != nullptr) nodes.emplace(node.id(), &node);
  }
  std::set<std::string> written;
  for (const NamedPath& path : namedPaths(graph, {}).writes) written.insert(path.text);
  const std::vector<expr::FunctionSignature> known = functionsOf(catalog);
  const expr::Functions functions = checkedFunctions(known, catalog);
  for (Problem& problem : problems) {
    const auto node = isMissing(problem) ? nodes.find(problem.node) : nodes.end();
    if (node == nodes.end()) continue;
    const ParamSpec* const spec = specAt(node->second->spec->params, problem.parameter);
    if (spec == nullptr) continue;  // of a format
    const std::optional<Value> example = ExampleMaker(*node->second, functions, written).make(*spec);
    problem.fix.reset();
    if (!example) continue;
    if (spec->type == ParamType::Path) written.insert(example->asText());
    problem.fix = exampleFix(problem.node, problem.parameter, *example);
  }
}

}  // namespace weir::topology
