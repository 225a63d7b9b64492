#include "designer/model/help/form.hpp"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>
#include <map>

#include "core/base/json_parser.hpp"
#include "core/base/type_name.hpp"
#include "core/topology/model/topic_settings.hpp"
#include "designer/model/help/core_words.hpp"
#include "designer/model/help/fix_parts.hpp"
#include "designer/model/help/form_topology.hpp"

namespace weir::designer {

namespace {

using catalog::ParamSpec;
using catalog::ParamType;
using topology::Problem;
using topology::Severity;

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Form)
};

QString text(const std::string& utf8) {
  return QString::fromStdString(utf8);
}

class FormMaker {
 public:
  FormMaker(const topology::CheckOutcome& checked, const std::string& id, std::string prefix)
      : checked_(checked), id_(id), prefix_(std::move(prefix)) {}

  FormField field(const ParamSpec& spec, const std::string& path, const json::Value* value) const {
    FormField field;
    field.spec = &spec;
    field.path = prefix_ + path;
    field.title = spec.title.empty() ? choiceTitle(spec.name) : coreWords(spec.title);
    field.help = coreWords(spec.help);
    field.unit = coreWords(spec.unit);
    field.required = spec.required;
    if (spec.defaultValue) {
      field.placeholder = shownValue(*spec.defaultValue);
    } else if (!spec.examples.empty()) {
      field.placeholder = Words::tr("for example %1").arg(shownValue(spec.examples.front()));
    }
    if (value != nullptr) field.value = *value;
    addProblems(field, path);
    if (spec.type == ParamType::Object) field.members = fields(spec.members, path + ".", value);
    if (spec.type == ParamType::List && !spec.element.empty() && value != nullptr && value->isList()) {
      for (std::size_t i = 0; i < value->items().size(); ++i) {
        field.items.push_back(item(spec.element.front(), path + "." + std::to_string(i), value->items()[i]));
      }
    }
    return field;
  }

  std::vector<FormField> fields(const std::vector<ParamSpec>& specs, const std::string& prefix,
                                const json::Value* object) const {
    std::vector<FormField> all;
    for (const ParamSpec& spec : specs) {
      const json::Value* const value = object != nullptr && object->isObject() ? object->find(spec.name) : nullptr;
      all.push_back(field(spec, prefix + spec.name, value));
    }
    return all;
  }

  // Members that no spec knows: shown, and kept as they are.
  void addUnknown(const std::vector<ParamSpec>& specs, const json::Value& object, std::vector<FormField>& out) const {
    for (const json::Member& member : object.members()) {
      const bool known =
          std::any_of(specs.begin(), specs.end(), [&](const ParamSpec& spec) { return spec.name == member.name; });
      if (known) continue;
      FormField field;
      field.path = prefix_ + member.name;
      field.title = text(member.name);
      field.value = member.value;
      addProblems(field, member.name);
      out.push_back(std::move(field));
    }
  }

 private:
  std::vector<FormField> item(const ParamSpec& spec, const std::string& path, const json::Value& value) const {
    if (spec.type == ParamType::Object) return fields(spec.members, path + ".", &value);
    return {field(spec, path, &value)};
  }

  void addProblems(FormField& field, const std::string& path) const {
    // Column names and columns have no fields of their own: "group_by.0" is told at "group_by".
    const bool leaf = field.spec != nullptr && field.spec->element.empty() && field.spec->members.empty();
    for (const Problem& problem : checked_.problems) {
      if (problem.node != id_) continue;
      if (problem.parameter != path && !(leaf && problem.parameter.starts_with(path + "."))) continue;
      if (topology::isDraft(problem)) {
        field.unfilled = true;
        continue;
      }
      if (problem.severity == Severity::Error) field.errors.append(text(problem.message));
      if (problem.severity == Severity::Warning) field.warnings.append(text(problem.message));
    }
  }

  const topology::CheckOutcome& checked_;
  const std::string& id_;
  std::string prefix_;
};

void addColumns(const topology::Topology& topology, const catalog::Catalog& catalog,
                const topology::CheckOutcome& checked, const std::string& id, Form& form) {
  const std::optional<Schema> columns = readableSchema({topology, catalog, checked, nullptr}, checked, id);
  form.columnsKnown = columns.has_value();
  form.columns = columns.value_or(Schema{});
  for (const Field& field : form.columns.fields) form.incoming.push_back(field.name);
}

Form topicForm(const topology::Topic& topic, const topology::Topology& topology, const catalog::Catalog& catalog,
               const topology::CheckOutcome& checked) {
  // Outlives every form that points into it; what may stand in a topic never changes.
  static const std::vector<ParamSpec> kSettings = topology::topicSettings();
  Form form;
  form.title = Words::tr("Topic");
  form.subtitle = Words::tr("a named stream on the log");
  const FormMaker maker(checked, topic.id.value, "");
  form.fields = maker.fields(kSettings, "", &topic.settings);
  maker.addUnknown(kSettings, topic.settings, form.fields);
  addColumns(topology, catalog, checked, topic.id.value, form);
  return form;
}

}  // namespace

Form formOf(const topology::Topology& topology, const catalog::Catalog& catalog, const topology::CheckOutcome& checked,
            const std::string& id) {
  if (const topology::Topic* const topic = topology.topic(id)) return topicForm(*topic, topology, catalog, checked);
  Form form;
  const topology::Node* const node = topology.node(id);
  if (node == nullptr) return form;
  const FormMaker maker(checked, id, "params.");
  const std::string pluginName = node->use.value.substr(0, node->use.value.find('.'));
  const catalog::CatalogEntry* const plugin = catalog.plugin(pluginName);
  const catalog::OperatorSpec* const spec = catalog.find(node->use.value);
  if (spec == nullptr) {
    form.title = text(node->use.value);
    form.subtitle = catalog::isPartUse(node->use.value) ? Words::tr("This part cannot be used; its settings are kept.")
                    : plugin == nullptr
                        ? Words::tr("Plugin \"%1\" is not installed; its settings are kept.").arg(text(pluginName))
                        : Words::tr("Plugin \"%1\" has no such operator.").arg(text(pluginName));
    maker.addUnknown({}, node->params, form.fields);
    return form;
  }
  form.title = text(spec->title);
  form.subtitle =
      plugin == nullptr
          ? Words::tr("Part · %1").arg(text(spec->id))
          : Words::tr("%1 · plugin %2 %3").arg(text(node->use.value), text(pluginName), text(plugin->manifest.version));
  form.doc = text(spec->doc);
  for (FormField& field : maker.fields(spec->params, "", &node->params)) {
    (field.spec->standard ? form.standard : form.fields).push_back(std::move(field));
  }
  maker.addUnknown(spec->params, node->params, form.fields);
  addColumns(topology, catalog, checked, id, form);
  form.about = aboutFields(*node);
  return form;
}

QString choiceTitle(const std::string& choice) {
  // Words of our own, and short forms that manifests share; whatever else a manifest says is in its language.
  static const std::map<std::string, const char*, std::less<>> kTitles = {
      {"exactly_once", QT_TRANSLATE_NOOP("Form", "Exactly once")},
      {"stop", QT_TRANSLATE_NOOP("Form", "Stop")},
      {"pass", QT_TRANSLATE_NOOP("Form", "Pass")},
      {"at_least_once", QT_TRANSLATE_NOOP("Form", "At least once")},
      {"name", QT_TRANSLATE_NOOP("Form", "Name")},
      {"type", QT_TRANSLATE_NOOP("Form", "Type")},
      {"text", QT_TRANSLATE_NOOP("Form", "Text")},
      {"integer", QT_TRANSLATE_NOOP("Form", "Integer")},
      {"number", QT_TRANSLATE_NOOP("Form", "Number")},
      {"boolean", QT_TRANSLATE_NOOP("Form", "Boolean")},
      {"duration", QT_TRANSLATE_NOOP("Form", "Duration")},
      {"count", QT_TRANSLATE_NOOP("Form", "Count")},
      {"sum", QT_TRANSLATE_NOOP("Form", "Sum")},
      {"min", QT_TRANSLATE_NOOP("Form", "Minimum")},
      {"max", QT_TRANSLATE_NOOP("Form", "Maximum")},
      {"avg", QT_TRANSLATE_NOOP("Form", "Average")},
  };
  if (const auto known = kTitles.find(choice); known != kTitles.end()) return Words::tr(known->second);
  // Types of columns are written, not read.
  if (parseType(choice)) return text(choice);
  QString title = text(choice).replace('_', ' ');
  if (!title.isEmpty()) title[0] = title[0].toUpper();
  return title;
}

bool isReference(const QString& text) {
  static const QRegularExpression kReference(R"(^\$\{(env|file|param):[^}]+\}$)");
  return kReference.match(text.trimmed()).hasMatch();
}

json::Value typedValue(const ParamSpec& spec, const QString& typed) {
  const QString trimmed = typed.trimmed();
  if (trimmed.isEmpty()) return {};
  const std::string utf8 = trimmed.toStdString();
  if (trimmed.contains("${")) return json::Value::text(utf8);
  switch (spec.type) {
    case ParamType::Integer:
    case ParamType::Number: {
      // As it was typed; what is no number stays a text, and the check says so.
      const Result<json::Value> number = json::parseText(utf8);
      if (number && number->kind() == json::Kind::Number) return *number;
      return json::Value::text(utf8);
    }
    case ParamType::Boolean:
      if (utf8 == "true" || utf8 == "false") return json::Value::boolean(utf8 == "true");
      return json::Value::text(utf8);
    case ParamType::Fields: {
      json::Value names = json::Value::list();
      for (const QString& name : trimmed.split(QRegularExpression("[,\\s]+"), Qt::SkipEmptyParts)) {
        names.items().push_back(json::Value::text(name.toStdString()));
      }
      return names;
    }
    case ParamType::List:
    case ParamType::Object:
    case ParamType::Schema:
    case ParamType::Any: {
      Result<json::Value> value = json::parseText(utf8);
      return value ? std::move(*value) : json::Value::text(utf8);
    }
    default: return json::Value::text(spec.type == ParamType::Text ? typed.toStdString() : utf8);
  }
}

QString shownValue(const json::Value& value) {
  if (value.isNull()) return {};
  if (value.isText()) return text(value.asText());
  const auto isText = [](const json::Value& item) { return item.isText(); };
  if (value.isList() && std::all_of(value.items().begin(), value.items().end(), isText)) {
    QStringList names;
    for (const json::Value& item : value.items()) names.append(text(item.asText()));
    return names.join(", ");
  }
  return text(json::write(value));
}

std::string firstToFill(const std::vector<FormField>& fields) {
  for (const FormField& field : fields) {
    if (std::string inner = firstToFill(field.members); !inner.empty()) return inner;
    for (const std::vector<FormField>& item : field.items) {
      if (std::string inner = firstToFill(item); !inner.empty()) return inner;
    }
    if (!field.errors.isEmpty() || (field.required && field.value.isNull())) return field.path;
  }
  return {};
}

}  // namespace weir::designer
