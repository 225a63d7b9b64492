#include "core/topology/graph/column_check.hpp"

#include <algorithm>

#include "core/base/closest_name.hpp"
#include "core/base/type_name.hpp"
#include "core/expr/expr.hpp"
#include "core/topology/model/problem_codes.hpp"

namespace weir::topology {

namespace {

using catalog::ParamSpec;
using catalog::ParamType;
using json::Value;

std::string joined(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words) out += (out.empty() ? "" : ", ") + std::string(word);
  return out;
}

class ColumnCheck {
 public:
  ColumnCheck(TypedNode& node, const std::vector<const Schema*>& schemas, const expr::Functions& functions,
              Reporter& reporter)
      : normalised_(node.normalised),
        inputs_(node.spec->inputs),
        schemas_(schemas),
        functions_(functions),
        reporter_(reporter) {}

  void object(const Value& value, const std::vector<ParamSpec>& specs, const std::string& prefix) {
    for (const ParamSpec& spec : specs) {
      if (const Value* const found = value.find(spec.name)) any(*found, spec, prefix + spec.name);
    }
  }

 private:
  void any(const Value& value, const ParamSpec& spec, const std::string& path) {
    switch (spec.type) {
      case ParamType::Field: field(value, spec, path); break;
      case ParamType::Fields:
        for (std::size_t i = 0; i < value.items().size(); ++i)
          field(value.items()[i], spec, path + "." + std::to_string(i));
        break;
      case ParamType::Expression: expression(value, spec, path); break;
      case ParamType::List:
        for (std::size_t i = 0; i < value.items().size() && !spec.element.empty(); ++i) {
          any(value.items()[i], spec.element[0], path + "." + std::to_string(i));
        }
        break;
      case ParamType::Object: object(value, spec.members, path + "."); break;
      default: break;
    }
  }

  void field(const Value& value, const ParamSpec& spec, const std::string& path) {
    if (holdsReference(normalised_, &value) || isReported(normalised_, path)) return;
    const std::string& name = value.asText();
    std::vector<std::string_view> names;
    for (const Schema* const schema : schemas_) {
      if (const std::optional<std::size_t> index = schema->find(name)) {
        return fieldType(value, schema->fields[*index], spec, path);
      }
      for (const Field& candidate : schema->fields) names.push_back(candidate.name);
    }
    Problem& problem = report(codes::kUnknownField, value.position(), path,
                              "There is no column \"" + name + "\" here." + didYouMean(name, names),
                              "Its columns are: " + joined(names) + ".");
    if (const std::optional<std::string> near = closestName(name, names)) {
      problem.fix = changeTo(reporter_.node(), reporter_.place(path), *near);
    }
  }

  void fieldType(const Value& value, const Field& field, const ParamSpec& spec, const std::string& path) {
    const auto matches = [&](const std::string& word) { return matchesTypeWord(field.type, word); };
    if (spec.types.empty() || std::any_of(spec.types.begin(), spec.types.end(), matches)) return;
    const std::vector<std::string_view> words(spec.types.begin(), spec.types.end());
    report(codes::kFieldType, value.position(), path,
           "The column \"" + field.name + "\" is of type " + typeName(field.type) + "; needed here: " + joined(words) +
               ".",
           "Name another column, or cast this one before, with std.select.");
  }

  // The columns of every input, behind the name of its port.
  Schema overInputs() const {
    Schema schema;
    for (std::size_t i = 0; i < inputs_.size() && i < schemas_.size(); ++i) {
      schema.fields.push_back({inputs_[i].name, DataType::structure(schemas_[i]->fields), true});
    }
    return schema;
  }

  // Operators with several inputs say which of them an expression reads: all (`"over": "inputs"`), or one that only
  // they know.
  void expression(const Value& value, const ParamSpec& spec, const std::string& path) {
    if ((schemas_.size() != 1 && !spec.overInputs) || holdsReference(normalised_, &value)) return;
    if (isReported(normalised_, path)) return;
    expr::CompileError error;
    const Schema schema = spec.overInputs ? overInputs() : *schemas_[0];
    const Result<std::unique_ptr<expr::Expression>> compiled =
        expr::compile(value.asText(), schema, &error, &functions_);
    if (!compiled) {
      expressionError(value, path, error);
      for (const expr::CompileError& other : error.others) expressionError(value, path, other);
      return;
    }
    if (spec.result.empty() || typeName((*compiled)->type()) == spec.result) return;
    report(codes::kExpression, value.position(), path,
           "The expression gives " + typeName((*compiled)->type()) + "; " + spec.result + " is needed here.",
           "Compare or cast it.");
  }

  void expressionError(const Value& value, const std::string& path, const expr::CompileError& error) {
    Problem& problem = report(codes::kExpression, inside(value, error.offset), path, error.sentence(),
                              "Correct the expression: " + value.asText());
    if (error.suggestion.empty() || error.offset + error.length > value.asText().size()) return;
    std::string corrected = value.asText();
    corrected.replace(error.offset, error.length, error.suggestion);
    problem.fix = changeTo(reporter_.node(), reporter_.place(path), std::move(corrected));
  }

  // The place of a byte of a text, in the file: after the quotation mark, escapes counted as they are written.
  static json::Position inside(const Value& value, std::size_t offset) {
    json::Position position = value.position();
    if (!position.known()) return position;
    const std::string before = json::quote(std::string_view(value.asText()).substr(0, offset));
    const auto characters = std::count_if(before.begin(), before.end() - 1,
                                          [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    position.column += static_cast<std::uint32_t>(characters);
    return position;
  }

  Problem& report(std::string_view code, json::Position position, const std::string& path, std::string message,
                  std::string help) {
    normalised_.wrong.push_back(path);
    return reporter_.report(code, position, path, std::move(message), std::move(help));
  }

  Normalised& normalised_;
  const std::vector<catalog::PortSpec>& inputs_;
  const std::vector<const Schema*>& schemas_;
  const expr::Functions& functions_;
  Reporter& reporter_;
};

}  // namespace

void checkColumns(TypedNode& node, const std::vector<const Schema*>& schemas, const expr::Functions& functions,
                  Reporter& reporter) {
  ColumnCheck check(node, schemas, functions, reporter);
  check.object(node.normalised.params, node.spec->params, "");
}

}  // namespace weir::topology
