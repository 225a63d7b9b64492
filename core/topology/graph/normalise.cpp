#include "core/topology/graph/normalise.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "core/base/closest_name.hpp"
#include "core/base/duration.hpp"
#include "core/base/json_parser.hpp"
#include "core/base/type_name.hpp"
#include "core/catalog/format_use.hpp"
#include "core/topology/model/nul_text.hpp"
#include "core/topology/model/problem_codes.hpp"

namespace weir::topology {

using catalog::ParamSpec;
using catalog::ParamType;
using json::Kind;
using json::Value;

namespace {

std::string quoted(std::string_view text) {
  return json::quote(text);
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

// 1500.0 -> "1500"; enough for messages.
std::string boundText(double bound, bool duration) {
  if (duration) return durationText(static_cast<Duration>(bound));
  if (bound == std::floor(bound) && std::abs(bound) < 1e15) return std::to_string(static_cast<std::int64_t>(bound));
  return std::to_string(bound);
}

std::string_view wanted(ParamType type) {
  switch (type) {
    case ParamType::Text: return "a text";
    case ParamType::Integer: return "a whole number";
    case ParamType::Number: return "a number";
    case ParamType::Boolean: return "true or false";
    case ParamType::Duration: return "a duration, a text like \"5s\"";
    case ParamType::Choice: return "one of its choices, as a text";
    case ParamType::Field: return "the name of a column";
    case ParamType::Fields: return "a list of column names";
    case ParamType::Expression: return "an expression, as a text";
    case ParamType::Format: return "the name of a format, like \"json.json\", or an object of its name and parameters";
    case ParamType::Path: return "a path, as a text";
    case ParamType::List: return "a list";
    case ParamType::Object: return "an object";
    case ParamType::Schema: return "a list of columns";
    case ParamType::Any: return "a value";
  }
  return "a value";
}

// "json" of "json.json".
std::string pluginOf(const std::string& use) {
  return use.substr(0, use.find('.'));
}

// "schema.0" lies within "schema", and "schemas" does not.
bool within(std::string_view path, std::string_view outer) {
  return path.starts_with(outer) && (path.size() == outer.size() || path[outer.size()] == '.');
}

bool touches(const std::vector<std::string>& reported, std::string_view path) {
  return std::any_of(reported.begin(), reported.end(),
                     [&](const std::string& one) { return within(one, path) || within(path, one); });
}

}  // namespace

struct Normaliser::Walk {
  const Normaliser& owner;
  Reporter& reporter;
  bool pending = false;
  std::vector<std::string> wrong;
  std::vector<std::string> nuls;
  bool offersFixes = true;  // what is missing can be set where it belongs

  Problem& report(std::string_view code, json::Position position, const std::string& path, std::string message,
                  std::string help) {
    wrong.push_back(path);
    return reporter.report(code, position, path, std::move(message), std::move(help));
  }

  Value mistyped(const Value& value, const ParamSpec& spec, const std::string& path) {
    report(codes::kParameterType, value.position(), path,
           quoted(path) + " must be " + std::string(wanted(spec.type)) + ", not " +
               std::string(kindName(value.kind())) + ".",
           spec.help.empty() ? "Change the value." : spec.help);
    return value;
  }

  void checkBounds(const Value& value, const ParamSpec& spec, const std::string& path, double number) {
    const bool duration = spec.type == ParamType::Duration;
    const bool low = spec.minimum && number < *spec.minimum;
    const bool high = spec.maximum && number > *spec.maximum;
    if (!low && !high) return;
    report(codes::kOutOfRange, value.position(), path,
           quoted(path) + " is " + (duration ? durationText(static_cast<Duration>(number)) : value.asText()) + ", " +
               (low ? "less than " + boundText(*spec.minimum, duration)
                    : "more than " + boundText(*spec.maximum, duration)) +
               ".",
           "Use a value " +
               std::string(low ? "of at least " + boundText(*spec.minimum, duration)
                               : "of at most " + boundText(*spec.maximum, duration)) +
               ".");
  }

  Value duration(const Value& value, const ParamSpec& spec, const std::string& path) {
    if (value.kind() == Kind::Number) {
      Problem& problem = report(codes::kDuration, value.position(), path,
                                quoted(path) + " has no unit: " + value.asText() + " of what?",
                                "Write a whole number and a unit: 500ms, 5s, 1m, 2h or 7d.");
      if (value.asInteger()) problem.fix = changeTo(reporter.node(), reporter.place(path), value.asText() + "s");
      return value;
    }
    if (!value.isText()) return mistyped(value, spec, path);
    if (std::find(spec.choices.begin(), spec.choices.end(), value.asText()) != spec.choices.end()) return value;
    const Result<Duration> length = parseDuration(value.asText());
    if (!length) {
      report(codes::kDuration, value.position(), path,
             quoted(path) + ": " + quoted(value.asText()) + " is not a duration.",
             "Write a whole number and a unit: 500ms, 5s, 1m, 2h or 7d" +
                 (spec.choices.empty() ? std::string(".") : "; or " + joined(spec.choices) + "."));
      return value;
    }
    checkBounds(value, spec, path, static_cast<double>(*length));
    return Value::number(*length).at(value.position());
  }

  Value number(const Value& value, const ParamSpec& spec, const std::string& path) {
    const std::optional<double> number = value.asNumber();
    if (!number || (spec.type == ParamType::Integer && !value.asInteger())) return mistyped(value, spec, path);
    checkBounds(value, spec, path, *number);
    return value;
  }

  Value choice(const Value& value, const ParamSpec& spec, const std::string& path) {
    if (!value.isText()) return mistyped(value, spec, path);
    if (std::find(spec.choices.begin(), spec.choices.end(), value.asText()) != spec.choices.end()) return value;
    std::vector<std::string> known = spec.choices;
    if (spec.aggregates) {
      const std::vector<std::string> more = owner.catalog_.names(catalog::OperatorKind::Aggregate);
      if (std::find(more.begin(), more.end(), value.asText()) != more.end()) return value;
      known.insert(known.end(), more.begin(), more.end());
    }
    const std::vector<std::string_view> words(known.begin(), known.end());
    const std::string plugin = pluginOf(value.asText());
    if (spec.aggregates && owner.catalog_.refusedAs(plugin) != nullptr) {
      report(codes::kNotAChoice, value.position(), path,
             quoted(path) + " is " + quoted(value.asText()) + ", whose plugin was refused.",
             owner.catalog_.whyMissing(plugin));
      return value;
    }
    Problem& problem = report(codes::kNotAChoice, value.position(), path,
                              quoted(path) + " is " + quoted(value.asText()) + ", which is none of its choices." +
                                  didYouMean(value.asText(), words),
                              "Choose one of: " + joined(known) + ".");
    if (const std::optional<std::string> near = closestName(value.asText(), words)) {
      problem.fix = changeTo(reporter.node(), reporter.place(path), *near);
    }
    return value;
  }

  // The name of a format, or an object of the name and the format's parameters. Either becomes one text.
  Value format(const Value& value, const ParamSpec& spec, const std::string& path) {
    const Value* use = &value;
    Value given = Value::object().at(value.position());
    std::string usePath = path;
    if (value.isObject()) {
      usePath += "." + std::string(catalog::kUse);
      use = value.find(catalog::kUse);
      if (use == nullptr) {
        report(codes::kMissingParameter, value.position(), usePath, quoted(usePath) + " is missing.",
               "Name the format there, as in \"use\": \"json.json\".");
        return value;
      }
      for (const json::Member& member : value.members()) {
        if (member.name != catalog::kUse) given.members().push_back(member);
      }
    }
    if (value.isObject() && use->isText()) {
      ParamSpec name;
      name.type = ParamType::Text;
      const bool pendingBefore = std::exchange(pending, false);
      const std::size_t wrongBefore = wrong.size();
      const Value resolved = any(*use, name, usePath);
      const bool known = !pending && wrong.size() == wrongBefore;
      pending = pending || pendingBefore;
      if (!known) return Value::text(catalog::formatText(resolved.asText(), given)).at(value.position());
      return formatOf(resolved, given, usePath, path, true);
    }
    if (!use->isText()) return mistyped(*use, spec, usePath);
    return formatOf(*use, given, usePath, path, false);
  }

  Value formatOf(const Value& use, const Value& given, const std::string& usePath, const std::string& path,
                 bool hasMembers) {
    const catalog::OperatorSpec* const found = owner.catalog_.find(use.asText());
    if (found == nullptr || found->kind != catalog::OperatorKind::Format) return unknownFormat(use, usePath);
    const bool before = std::exchange(offersFixes, offersFixes && hasMembers);
    const Value params = object(given, found->params, path + ".");
    offersFixes = before;
    return Value::text(catalog::formatText(use.asText(), params)).at(use.position());
  }

  Value unknownFormat(const Value& value, const std::string& path) {
    const std::vector<std::string> names = owner.catalog_.names(catalog::OperatorKind::Format);
    const std::vector<std::string_view> views(names.begin(), names.end());
    const std::string plugin = pluginOf(value.asText());
    const bool refused = owner.catalog_.refusedAs(plugin) != nullptr;
    Problem& problem = report(
        codes::kUnknownFormat, value.position(), path,
        "There is no format " + quoted(value.asText()) + "." + (refused ? "" : didYouMean(value.asText(), views)),
        names.empty() || refused ? owner.catalog_.whyMissing(plugin) : "These are known: " + joined(names) + ".");
    if (refused) return value;
    if (const std::optional<std::string> near = closestName(value.asText(), views)) {
      problem.fix = changeTo(reporter.node(), reporter.place(path), *near);
    }
    return value;
  }

  Value fields(const Value& value, const ParamSpec& spec, const std::string& path) {
    if (value.isText()) return Value::list({value}).at(value.position());
    if (!value.isList()) return mistyped(value, spec, path);
    Value out = Value::list().at(value.position());
    ParamSpec one;
    one.type = ParamType::Field;
    for (std::size_t i = 0; i < value.items().size(); ++i) {
      out.items().push_back(any(value.items()[i], one, path + "." + std::to_string(i)));
    }
    if (spec.required && out.items().empty()) {
      report(codes::kMissingParameter, value.position(), path, quoted(path) + " is an empty list.",
             "Name at least one column.");
    }
    return out;
  }

  Value list(const Value& value, const ParamSpec& spec, const std::string& path) {
    if (!value.isList()) return mistyped(value, spec, path);
    Value out = Value::list().at(value.position());
    for (std::size_t i = 0; i < value.items().size(); ++i) {
      const std::string itemPath = path + "." + std::to_string(i);
      out.items().push_back(spec.element.empty() ? value.items()[i] : any(value.items()[i], spec.element[0], itemPath));
    }
    if (spec.required && out.items().empty()) {
      report(codes::kMissingParameter, value.position(), path, quoted(path) + " is an empty list.", "Add an entry.");
    }
    return out;
  }

  // What is plainly meant stands in for what is written, so that whatever uses the column is checked all the same.
  Value column(const Value& value, const std::string& path) {
    static const ParamSpec kSpec = [] {
      ParamSpec spec;
      spec.type = ParamType::Object;
      for (const char* const name : {"name", "type"}) {
        spec.members.emplace_back();
        spec.members.back().name = name;
        spec.members.back().required = true;
      }
      spec.members.emplace_back();
      spec.members.back().name = "nullable";
      spec.members.back().type = ParamType::Boolean;
      spec.members.back().defaultValue = Value::boolean(true);
      spec.members.emplace_back();
      spec.members.back().name = "doc";
      return spec;
    }();
    Value out = any(value, kSpec, path);
    const Value* const type = out.find("type");
    if (type == nullptr || !type->isText()) return out;
    if (const Result<DataType> parsed = parseType(type->asText()); !parsed) {
      const std::optional<std::string> near = nearestType(type->asText());
      if (!near) wrong.push_back(path + ".type");
      Problem& problem = reporter.report(
          codes::kUnknownType, type->position(), path + ".type",
          near ? quoted(type->asText()) + " is no type." + didYouMean(near) : parsed.error().message,
          "Write a type such as string, int64, timestamp, decimal(12,2), list<int64> or struct<name string>.");
      if (near) {
        problem.fix = changeTo(reporter.node(), reporter.place(path) + ".type", *near);
        out.set("type", Value::text(*near).at(type->position()));
      }
    }
    return out;
  }

  Value schema(const Value& value, const ParamSpec& spec, const std::string& path) {
    if (!value.isList()) return mistyped(value, spec, path);
    if (value.items().empty()) {
      report(codes::kNoSchema, value.position(), path, quoted(path) + " has no columns.", "Name at least one column.");
    }
    Value out = Value::list().at(value.position());
    std::set<std::string> names;
    for (std::size_t i = 0; i < value.items().size(); ++i) {
      const std::string columnPath = path + "." + std::to_string(i);
      Value one = column(value.items()[i], columnPath);
      const Value* const name = one.find("name");
      if (name == nullptr || !name->isText() || names.insert(name->asText()).second) {
        out.items().push_back(std::move(one));
        continue;
      }
      reporter.report(codes::kDuplicateColumn, name->position(), columnPath + ".name",
                      "The column " + quoted(name->asText()) + " is there twice.", "Rename or remove one of the two.");
    }
    return out;
  }

  Value file(const Value& value, const ParamSpec& spec, const std::string& path) {
    if (!value.isText()) return mistyped(value, spec, path);
    if (spec.required && value.asText().empty()) {
      report(codes::kMissingParameter, value.position(), path, quoted(path) + " is empty.",
             "Name a file." + (spec.help.empty() ? "" : " " + spec.help));
    }
    return value;
  }

  // A path with a NUL would end there for the system, and name another file.
  bool refuseNuls(const Value& value, const std::string& path) {
    const std::vector<json::Position> places = nulsIn(value);
    for (const json::Position place : places) {
      reporter.report(codes::kNulInText, place, path, quoted(path) + " holds the character NUL.", "Take it out.");
    }
    if (!places.empty()) nuls.push_back(path);
    return !places.empty();
  }

  Value any(const Value& written, const ParamSpec& spec, const std::string& path) {
    Value value = written;
    if ((written.isText() || spec.type == ParamType::Any) && refuseNuls(written, path)) {
      const bool refers = written.isText() && written.asText().find("${") != std::string::npos;
      if (!refers) return any(withoutNul(written), spec, path);
      pending = true;  // to nothing that could be looked up
      return value;
    }
    if (written.isText()) {
      Resolved resolved = owner.references_.resolve(written);
      if (resolved.problem) {
        report(resolved.problem->code, written.position(), path, resolved.problem->message, resolved.problem->help);
        return value;
      }
      if (spec.secret && !resolved.referring) {
        report(codes::kSecretLiteral, written.position(), path, quoted(path) + " is a secret, written into the file.",
               "Refer to it: \"${env:NAME}\" or \"${file:path}\".");
      }
      if (resolved.pending) {
        pending = true;
        return value;
      }
      value = std::move(resolved.value);
      if (refuseNuls(value, path)) {
        pending = true;
        return written;
      }
      // The environment and files give texts, whatever is wanted.
      const bool scalar =
          spec.type == ParamType::Integer || spec.type == ParamType::Number || spec.type == ParamType::Boolean;
      if (scalar && resolved.referring && value.isText()) {
        std::variant<Value, json::ParseError> parsed = json::parse(value.asText());
        if (const auto* const number = std::get_if<Value>(&parsed)) value = Value(*number).at(written.position());
      }
    }
    switch (spec.type) {
      case ParamType::Any: return value;
      case ParamType::Boolean: return value.kind() == Kind::Boolean ? value : mistyped(value, spec, path);
      case ParamType::Integer:
      case ParamType::Number: return number(value, spec, path);
      case ParamType::Duration: return duration(value, spec, path);
      case ParamType::Choice: return choice(value, spec, path);
      case ParamType::Format: return format(value, spec, path);
      case ParamType::Fields: return fields(value, spec, path);
      case ParamType::List: return list(value, spec, path);
      case ParamType::Object:
        return value.isObject() ? object(value, spec.members, path + ".") : mistyped(value, spec, path);
      case ParamType::Schema: return schema(value, spec, path);
      case ParamType::Path: return file(value, spec, path);
      case ParamType::Text:
      case ParamType::Field:
      case ParamType::Expression: return value.isText() ? value : mistyped(value, spec, path);
    }
    return value;
  }

  void unknown(const json::Member& member, const std::vector<ParamSpec>& specs, const std::string& prefix) {
    std::vector<std::string_view> names;
    std::string list;
    for (const ParamSpec& spec : specs) {
      names.push_back(spec.name);
      list += (list.empty() ? "" : ", ") + spec.name;
    }
    const std::optional<std::string> near = closestName(member.name, names);
    Problem& problem = report(codes::kUnknownParameter, member.position, prefix + member.name,
                              "There is no parameter " + quoted(prefix + member.name) + " here.",
                              near ? "Did you mean " + quoted(*near) + "?"
                                   : (list.empty() ? "It takes none." : "These are known: " + list + "."));
    QuickFix fix{near ? "Rename to " + quoted(*near) : "Remove it", {}};
    fix.steps.push_back({FixStep::Kind::Remove, reporter.node(), reporter.place(prefix + member.name), {}});
    if (near) fix.steps.push_back({FixStep::Kind::Set, reporter.node(), reporter.place(prefix + *near), member.value});
    problem.fix = std::move(fix);
  }

  void missing(const ParamSpec& spec, json::Position position, const std::string& prefix) {
    const std::string path = prefix + spec.name;
    std::string help = "Add it: " + std::string(wanted(spec.type)) + ".";
    if (!spec.help.empty()) help += " " + spec.help;
    if (!spec.examples.empty()) help += " For example " + json::write(spec.examples[0]) + ".";
    const bool noSchema = spec.type == ParamType::Schema;
    Problem& problem =
        report(noSchema ? codes::kNoSchema : codes::kMissingParameter, position, path,
               noSchema ? "The source has no schema: " + quoted(path) + " is missing." : quoted(path) + " is missing.",
               std::move(help));
    if (!spec.examples.empty() && offersFixes) {
      problem.fix =
          QuickFix{"Add an example", {{FixStep::Kind::Set, reporter.node(), reporter.place(path), spec.examples[0]}}};
    }
  }

  Value object(const Value& given, const std::vector<ParamSpec>& specs, const std::string& prefix) {
    Value out = Value::object().at(given.position());
    for (const ParamSpec& spec : specs) {
      const Value* const value = given.find(spec.name);
      if (value != nullptr) {
        out.members().push_back({spec.name, any(*value, spec, prefix + spec.name), {}});
      } else if (spec.defaultValue) {
        out.members().push_back({spec.name, any(*spec.defaultValue, spec, prefix + spec.name), {}});
      } else if (spec.required) {
        missing(spec, given.position(), prefix);
      }
    }
    for (const json::Member& member : given.members()) {
      const bool known =
          std::any_of(specs.begin(), specs.end(), [&](const ParamSpec& spec) { return spec.name == member.name; });
      if (!known) unknown(member, specs, prefix);
    }
    return out;
  }
};

Normalised Normaliser::run(const Value& given, const std::vector<ParamSpec>& specs, Reporter& reporter) const {
  Walk walk{*this, reporter};
  Normalised out;
  out.params = walk.object(given, specs, "");
  out.pending = walk.pending;
  out.wrong = std::move(walk.wrong);
  out.nuls = std::move(walk.nuls);
  return out;
}

bool isWrong(const Normalised& normalised, std::string_view path) {
  return touches(normalised.wrong, path);
}

bool isReported(const Normalised& normalised, std::string_view path) {
  return isWrong(normalised, path) || touches(normalised.nuls, path);
}

bool holdsReference(const Normalised& normalised, const Value* value) {
  if (!normalised.pending || value == nullptr) return false;
  if (value->isText()) return value->asText().find("${") != std::string::npos;
  return std::any_of(value->items().begin(), value->items().end(),
                     [&](const Value& item) { return holdsReference(normalised, &item); }) ||
         std::any_of(value->members().begin(), value->members().end(),
                     [&](const json::Member& member) { return holdsReference(normalised, &member.value); });
}

Result<Field> columnOf(const Value& declared) {
  const Value* const name = declared.find("name");
  const Value* const type = declared.find("type");
  const Value* const nullable = declared.find("nullable");
  if (name == nullptr || type == nullptr) return configError("A column of a schema has a name and a type.");
  WEIR_TRY_ASSIGN(parsed, parseType(type->asText()));
  return Field{name->asText(), std::move(parsed), nullable == nullptr || nullable->asBoolean()};
}

Value declaredColumns(const Schema& schema) {
  Value list = Value::list();
  for (const Field& field : schema.fields) {
    Value column = Value::object();
    column.set("name", Value::text(field.name));
    column.set("type", Value::text(typeName(field.type)));
    if (!field.nullable) column.set("nullable", Value::boolean(false));
    list.items().push_back(std::move(column));
  }
  return list;
}

Schema schemaOf(const Value& normalised) {
  Schema schema;
  for (const Value& column : normalised.items()) {
    if (Result<Field> field = columnOf(column)) schema.fields.push_back(std::move(*field));
  }
  return schema;
}

std::vector<std::string> fieldNames(const Value* normalised) {
  std::vector<std::string> names;
  if (normalised == nullptr) return names;
  if (normalised->isText()) names.push_back(normalised->asText());
  for (const Value& item : normalised->items()) {
    if (item.isText()) names.push_back(item.asText());
  }
  return names;
}

}  // namespace weir::topology
