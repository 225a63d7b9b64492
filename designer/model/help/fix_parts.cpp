#include "designer/model/help/fix_parts.hpp"

#include <algorithm>

#include "core/base/type_name.hpp"
#include "core/topology/model/topic_settings.hpp"

namespace weir::designer {

namespace {

using catalog::ParamSpec;
using catalog::ParamType;
using json::Value;

void visit(const Value& value, const ParamSpec& spec, const std::string& path, const ColumnUse& use);

void visitMembers(const Value& object, const std::vector<ParamSpec>& specs, const std::string& prefix,
                  const ColumnUse& use) {
  for (const ParamSpec& spec : specs) {
    if (const Value* const value = object.find(spec.name)) visit(*value, spec, prefix + spec.name, use);
  }
}

void visit(const Value& value, const ParamSpec& spec, const std::string& path, const ColumnUse& use) {
  switch (spec.type) {
    case ParamType::Field:
    case ParamType::Expression:
      if (value.isText()) use(spec, path, value.asText());
      break;
    case ParamType::Fields:
      if (value.isText()) use(spec, path, value.asText());
      for (std::size_t i = 0; i < value.items().size(); ++i) {
        if (value.items()[i].isText()) use(spec, path + "." + std::to_string(i), value.items()[i].asText());
      }
      break;
    case ParamType::List:
      for (std::size_t i = 0; i < value.items().size() && !spec.element.empty(); ++i) {
        visit(value.items()[i], spec.element.front(), path + "." + std::to_string(i), use);
      }
      break;
    case ParamType::Object: visitMembers(value, spec.members, path + ".", use); break;
    default: break;
  }
}

}  // namespace

const Schema* schemaAt(const topology::CheckOutcome& checked, const std::string& node, bool output) {
  for (const topology::PortSchema& port : checked.schemas) {
    if (port.node == node && port.output == output) return port.schema ? &*port.schema : nullptr;
  }
  return nullptr;
}

std::optional<Schema> declaredSchema(const topology::Topology& topology, const std::string& id) {
  const Value* list = nullptr;
  if (const topology::Node* const node = topology.node(id)) {
    list = node->params.find("schema");
  } else if (const topology::Topic* const topic = topology.topic(id)) {
    list = topic->settings.find("schema");
  }
  if (list == nullptr || !list->isList()) return std::nullopt;
  Schema schema;
  for (const Value& column : list->items()) {
    const Value* const name = column.find("name");
    const Value* const type = column.find("type");
    const Value* const nullable = column.find("nullable");
    if (name == nullptr || !name->isText() || type == nullptr || !type->isText()) return std::nullopt;
    const Result<DataType> parsed = parseType(type->asText());
    if (!parsed) return std::nullopt;
    schema.fields.push_back({name->asText(), *parsed, nullable == nullptr || nullable->asBoolean()});
  }
  return schema;
}

std::optional<Schema> readableSchema(const FixScene& scene, const topology::CheckOutcome& checked,
                                     const std::string& id) {
  const topology::Node* const node = scene.topology.node(id);
  const catalog::OperatorSpec* const spec = node == nullptr ? nullptr : scene.catalog.find(node->use.value);
  const bool source = spec != nullptr && spec->kind == catalog::OperatorKind::Source;
  if (const Schema* const known = schemaAt(checked, id, source)) return *known;
  // A source whose parameters are wrong has no output yet.
  return &checked == &scene.checked && (source || node == nullptr) ? declaredSchema(scene.topology, id) : std::nullopt;
}

void forEachColumnUse(const FixScene& scene, const std::string& id, const ColumnUse& use) {
  if (const topology::Topic* const topic = scene.topology.topic(id)) {
    visitMembers(topic->settings, topology::topicSettings(), "", use);
    return;
  }
  const topology::Node* const node = scene.topology.node(id);
  const catalog::OperatorSpec* const spec = node == nullptr ? nullptr : scene.catalog.find(node->use.value);
  if (spec != nullptr) visitMembers(node->params, spec->params, "params.", use);
}

topology::QuickFix setText(const QString& title, const std::string& target, const std::string& path,
                           const std::string& text) {
  topology::QuickFix fix{title.toStdString(), {}};
  fix.steps.push_back({topology::FixStep::Kind::Set, target, path, Value::text(text)});
  return fix;
}

}  // namespace weir::designer
