#include "core/topology/file/topology_message.hpp"

#include <google/protobuf/util/json_util.h>

#include <cassert>

#include "core/base/json_parser.hpp"
#include "core/topology/file/topology.pb.h"

namespace weir::topology {

namespace {

std::string objectText(const json::Value& value) {
  return value.members().empty() ? "" : json::write(value);
}

Result<json::Value> parsed(const std::string& text, const std::string& where) {
  Result<json::Value> value = json::parseText(text);
  if (!value) return configError("The message's " + where + " is not JSON: " + value.error().message);
  return value;
}

Result<json::Value> object(const std::string& text, const std::string& where) {
  if (text.empty()) return json::Value::object();
  Result<json::Value> value = parsed(text, where);
  if (value && !value->isObject()) return configError("The message's " + where + " is not an object.");
  return value;
}

Text text(const std::string& value) {
  return {value, {}};
}

}  // namespace

v1::Topology toMessage(const Topology& topology) {
  v1::Topology out;
  out.set_version(kFileVersion);
  out.set_name(topology.name.value);
  out.set_doc(topology.doc.value);
  out.set_guarantee(topology.guarantee.value);
  for (const Part<Parameter>& parameter : topology.params) {
    v1::Parameter& to = *out.add_params();
    to.set_name(parameter->name.value);
    to.set_type(parameter->type.value);
    if (parameter->hasDefault) to.set_default_json(json::write(parameter->defaultValue));
    to.set_doc(parameter->doc.value);
  }
  for (const Part<Port>& port : topology.ports) {
    v1::Port& to = *out.add_ports();
    to.set_name(port->name.value);
    to.set_to(port->to.value);
    to.set_from(port->from.value);
    to.set_doc(port->doc.value);
    if (!port->schema.isNull()) to.set_schema_json(json::write(port->schema));
  }
  for (const Part<Node>& node : topology.nodes) {
    v1::Node& to = *out.add_nodes();
    to.set_id(node->id.value);
    to.set_use(node->use.value);
    to.set_name(node->name.value);
    to.set_doc(node->doc.value);
    to.set_guarantee(node->guarantee.value);
    to.set_disabled(node->disabled.value);
    to.set_params_json(objectText(node->params));
    for (const Text& was : node->was) to.add_was(was.value);
  }
  for (const Part<Topic>& topic : topology.topics) {
    v1::Topic& to = *out.add_topics();
    to.set_id(topic->id.value);
    to.set_settings_json(objectText(topic->settings));
  }
  for (const Part<Group>& group : topology.groups) {
    v1::Group& to = *out.add_groups();
    to.set_id(group->id.value);
    to.set_name(group->name.value);
    to.set_doc(group->doc.value);
    for (const Text& node : group->nodes) to.add_nodes(node.value);
  }
  for (const Part<Edge>& edge : topology.edges) {
    v1::Edge& to = *out.add_edges();
    to.set_from(edge->from.value);
    to.set_to(edge->to.value);
  }
  out.set_layout_json(objectText(layoutValue(topology)));
  return out;
}

std::string messageBytes(const Topology& topology) {
  return toMessage(topology).SerializeAsString();  // no maps, so nothing of it is in an order of chance
}

std::string messageJson(const Topology& topology) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  std::string out;
  // Fails for texts that are not UTF-8 alone, which no topology has.
  const auto status = google::protobuf::util::MessageToJsonString(toMessage(topology), &out, options);
  assert(status.ok());
  return out;
}

Result<Topology> fromMessage(const v1::Topology& message) {
  if (message.version() != kFileVersion) {
    return configError("The message is of version " + std::to_string(message.version()) + "; this Weir reads version " +
                       std::to_string(kFileVersion) + ".");
  }
  Topology out;
  out.name = text(message.name());
  out.doc = text(message.doc());
  out.guarantee = text(message.guarantee());
  for (const v1::Parameter& from : message.params()) {
    Parameter parameter;
    parameter.name = text(from.name());
    parameter.type = text(from.type());
    parameter.doc = text(from.doc());
    parameter.hasDefault = from.has_default_json();
    if (parameter.hasDefault) {
      WEIR_TRY_ASSIGN(value, parsed(from.default_json(), "default of " + from.name()));
      parameter.defaultValue = std::move(value);
    }
    out.params.emplace_back(std::move(parameter));
  }
  for (const v1::Port& from : message.ports()) {
    Port port{text(from.name()), text(from.to()), text(from.from()), text(from.doc()), {}, {}};
    if (!from.schema_json().empty()) {
      WEIR_TRY_ASSIGN(schema, parsed(from.schema_json(), "schema of " + from.name()));
      port.schema = std::move(schema);
    }
    out.ports.emplace_back(std::move(port));
  }
  for (const v1::Node& from : message.nodes()) {
    WEIR_TRY_ASSIGN(params, object(from.params_json(), "params of " + from.id()));
    Node node;
    node.id = text(from.id());
    node.use = text(from.use());
    node.name = text(from.name());
    node.doc = text(from.doc());
    node.guarantee = text(from.guarantee());
    node.disabled = text(from.disabled());
    for (const std::string& was : from.was()) node.was.push_back(text(was));
    node.params = std::move(params);
    out.nodes.emplace_back(std::move(node));
  }
  for (const v1::Topic& from : message.topics()) {
    WEIR_TRY_ASSIGN(settings, object(from.settings_json(), "settings of " + from.id()));
    out.topics.emplace_back(Topic{text(from.id()), std::move(settings), {}});
  }
  for (const v1::Group& from : message.groups()) {
    Group group{text(from.id()), text(from.name()), text(from.doc()), {}, {}};
    for (const std::string& node : from.nodes()) group.nodes.push_back(text(node));
    out.groups.emplace_back(std::move(group));
  }
  for (const v1::Edge& from : message.edges()) out.edges.emplace_back(Edge{text(from.from()), text(from.to()), {}});
  WEIR_TRY_ASSIGN(layout, object(message.layout_json(), "layout"));
  out.layout = layoutEntries(layout);
  return out;
}

}  // namespace weir::topology
