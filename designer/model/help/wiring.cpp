#include "designer/model/help/wiring.hpp"

#include <QCoreApplication>
#include <algorithm>

#include "core/topology/graph/normalise.hpp"
#include "core/topology/model/problem_codes.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/model/edits/reach.hpp"

namespace weir::designer {

namespace {

namespace codes = topology::codes;
using catalog::OperatorSpec;
using catalog::PortShape;
using catalog::PortSpec;

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Wiring)
};

const PortSpec* portOf(const topology::Topology& topology, const catalog::Catalog& catalog, const PortRef& ref) {
  const topology::Node* const node = topology.node(ref.node);
  const OperatorSpec* const spec = node == nullptr ? nullptr : catalog.find(node->use.value);
  if (spec == nullptr) return nullptr;
  const auto index = ref.output ? spec->output(ref.port) : spec->input(ref.port);
  if (!index) return nullptr;
  return ref.output ? &spec->outputs[*index] : &spec->inputs[*index];
}

const Schema* columnsAt(const topology::CheckOutcome& checked, const End& end) {
  for (const topology::PortSchema& port : checked.schemas) {
    if (port.output && port.node == end.node && port.port == end.port) return port.schema ? &*port.schema : nullptr;
  }
  return nullptr;
}

// A topic that declares these columns, or none, with a wire from it.
void addInput(topology::Topology& trial, const Schema* columns, const std::string& to) {
  topology::Topic topic;
  topic.id.value = freshId(trial, "input");
  topic.settings = json::Value::object();
  if (columns != nullptr) topic.settings.set("schema", topology::declaredColumns(*columns));
  trial.edges.emplace_back(topology::Edge{{topic.id.value, {}}, {to, {}}, {}});
  trial.topics.emplace_back(std::move(topic));
}

}  // namespace

Wiring::Wiring(const topology::Topology& topology, const catalog::Catalog& catalog,
               const topology::CheckOutcome* checked, PortRef port)
    : topology_(topology),
      catalog_(catalog),
      checked_(checked),
      port_(std::move(port)),
      ahead_(Reach(topology, Flow::Downstream).from({port_.node})),
      behind_(Reach(topology, Flow::Upstream).from({port_.node})) {
  const std::string end = port_.end();
  for (const auto& edge : topology.edges) {
    if (port_.output && edge->from.value == end) ends_.insert(edge->to.value);
    if (!port_.output && edge->to.value == end) ends_.insert(edge->from.value);
  }
}

QString Wiring::whyNot(const PortRef& other) const {
  if (port_.node == other.node) return Words::tr("A node cannot be connected with itself.");
  if (port_.output == other.output)
    return port_.output ? Words::tr("Both are outputs.") : Words::tr("Both are inputs.");
  if (ends_.contains(other.end())) return Words::tr("They are connected already.");
  const PortSpec* const output = portOf(topology_, catalog_, port_.output ? port_ : other);
  const PortSpec* const input = portOf(topology_, catalog_, port_.output ? other : port_);
  if (output != nullptr && input != nullptr && output->shape == PortShape::Table && !input->acceptsTable &&
      input->shape != PortShape::Table) {
    return Words::tr("This input takes streams only, not tables.");
  }
  const std::set<std::string_view>& back = port_.output ? behind_ : ahead_;
  if (back.contains(other.node)) return Words::tr("That would be a circle: time could not move on in it.");
  return {};
}

QString Wiring::whyUnfit(const PortRef& other) const {
  if (QString why = whyNot(other); !why.isEmpty() || checked_ == nullptr) return why;
  const PortRef& from = port_.output ? port_ : other;
  const PortRef& to = port_.output ? other : port_;
  const std::optional<Trial> trial = tried(topology_, catalog_, *checked_, from, to);
  const topology::Problems problems = trial ? trial->columnProblems(to.node) : topology::Problems();
  return problems.empty() ? QString() : QString::fromStdString(problems.front().message);
}

QString whyNot(const topology::Topology& topology, const catalog::Catalog& catalog, const PortRef& one,
               const PortRef& other) {
  // A topic's port is whatever the other end needs.
  PortRef from = one.output ? one : other;
  PortRef to = one.output ? other : one;
  if (from.port.empty() || to.port.empty()) {
    from.output = true;
    to.output = false;
  }
  return Wiring(topology, catalog, nullptr, from).whyNot(to);
}

topology::Problems Trial::columnProblems(const std::string& part) const {
  static constexpr std::string_view kAboutColumns[] = {codes::kUnknownField, codes::kExpression, codes::kFieldType,
                                                       codes::kUnionDiffers, codes::kTopicSchema};
  topology::Problems problems;
  for (const topology::Problem& problem : checked.problems) {
    const bool columns =
        std::find(std::begin(kAboutColumns), std::end(kAboutColumns), problem.code) != std::end(kAboutColumns);
    if (problem.node == part && columns) problems.push_back(problem);
  }
  return problems;
}

std::optional<Trial> tried(const topology::Topology& topology, const catalog::Catalog& catalog,
                           const topology::CheckOutcome& checked, const PortRef& from, const PortRef& to) {
  const Schema* const columns = columnsAt(checked, endOf(from.end()));
  if (columns == nullptr) return std::nullopt;
  Trial trial;
  trial.topology.params = topology.params;
  const auto take = [&](const auto& parts, auto& into) {
    for (const auto& part : parts) {
      if (partId(*part) == to.node) into.push_back(part);
    }
  };
  take(topology.nodes, trial.topology.nodes);
  take(topology.topics, trial.topology.topics);
  for (const auto& edge : topology.edges) {
    if (endOf(edge->to.value).node != to.node) continue;
    addInput(trial.topology, columnsAt(checked, endOf(edge->from.value)), edge->to.value);
  }
  addInput(trial.topology, columns, to.end());
  trial.checked = topology::check(trial.topology, catalog, {});
  return trial;
}

std::optional<ThroughPorts> throughPorts(const OperatorSpec& spec) {
  if (spec.inputs.empty() || spec.outputs.empty()) return std::nullopt;
  return ThroughPorts{spec.inputs.front().name, spec.outputs.front().name};
}

}  // namespace weir::designer
