#include "core/topology/parts/part_operator.hpp"

#include <algorithm>
#include <optional>

namespace weir::topology {

namespace {

using catalog::OperatorKind;
using catalog::ParamType;
using catalog::PortSpec;

ParamType typeOf(const std::string& type) {
  if (type == "integer") return ParamType::Integer;
  if (type == "number") return ParamType::Number;
  if (type == "boolean") return ParamType::Boolean;
  if (type == "duration") return ParamType::Duration;
  return ParamType::Text;
}

catalog::ParamSpec paramOf(const Parameter& parameter) {
  catalog::ParamSpec spec;
  spec.name = parameter.name.value;
  spec.type = typeOf(parameter.type.value);
  spec.required = !parameter.hasDefault;
  if (parameter.hasDefault) spec.defaultValue = parameter.defaultValue;
  spec.help = parameter.doc.value;
  return spec;
}

// The port of an operator inside to which an end leads; nothing: a topic, or nobody knows.
std::optional<PortSpec> portAt(const std::string& end, bool output, const Topology& inside,
                               const catalog::Catalog& catalog) {
  const std::size_t point = end.find('.');
  const Node* const node = inside.node(end.substr(0, point));
  const catalog::OperatorSpec* const spec = node == nullptr ? nullptr : catalog.find(node->use.value);
  if (spec == nullptr || point == std::string::npos) return std::nullopt;
  const std::string name = end.substr(point + 1);
  const auto index = output ? spec->output(name) : spec->input(name);
  if (!index) return std::nullopt;
  return (output ? spec->outputs : spec->inputs)[*index];
}

void addPort(const Port& port, const Port& placed, const Topology& inside, const catalog::Catalog& catalog,
             catalog::OperatorSpec& out) {
  std::vector<PortSpec>& ports = port.output() ? out.outputs : out.inputs;
  PortSpec spec =
      portAt(port.output() ? placed.from.value : placed.to.value, port.output(), inside, catalog).value_or(PortSpec{});
  const auto known =
      std::find_if(ports.begin(), ports.end(), [&](const PortSpec& other) { return other.name == port.name.value; });
  if (known != ports.end()) {
    // It takes what all its ends take.
    known->acceptsTable = known->acceptsTable && spec.acceptsTable;
    known->optional = known->optional && spec.optional;
    return;
  }
  spec.name = port.name.value;
  spec.doc = port.doc.value;
  spec.schemaRules.clear();
  spec.partitionBy.clear();
  ports.push_back(std::move(spec));
}

}  // namespace

catalog::OperatorSpec partOperator(const Topology& part, const Topology& inside, const std::string& file,
                                   const catalog::Catalog& catalog) {
  catalog::OperatorSpec spec;
  spec.id = file;
  spec.title = part.name.value;
  spec.category = "Parts";
  spec.icon = "package";
  spec.doc = part.doc.value;
  spec.summary = {file};
  for (std::size_t port = 0; port < part.ports.size() && port < inside.ports.size(); ++port) {
    addPort(*part.ports[port], *inside.ports[port], inside, catalog, spec);
  }
  spec.kind = spec.inputs.empty()    ? OperatorKind::Source
              : spec.outputs.empty() ? OperatorKind::Sink
                                     : OperatorKind::Processor;
  for (const weir::topology::Part<Parameter>& parameter : part.params) spec.params.push_back(paramOf(*parameter));
  return spec;
}

}  // namespace weir::topology
