#include "designer/model/help/wiring.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <unordered_map>
#include <vector>

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

class PartIndex {
 public:
  // Both must outlive it. `checked` may be null.
  PartIndex(const topology::Topology& topology, const topology::CheckOutcome* checked) {
    for (const auto& node : topology.nodes) nodes_.emplace(node->id.value, &node);
    for (const auto& topic : topology.topics) topics_.emplace(topic->id.value, &topic);
    for (const auto& edge : topology.edges) into_[endOf(edge->to.value).node].push_back(&*edge);
    if (checked == nullptr) return;
    for (const topology::PortSchema& port : checked->schemas) {
      if (port.output && port.schema) columns_.emplace(PortRef{port.node, port.port, true}.end(), &*port.schema);
    }
  }

  const topology::Part<topology::Node>* node(std::string_view id) const { return found(nodes_, id); }
  const topology::Part<topology::Topic>* topic(std::string_view id) const { return found(topics_, id); }
  std::vector<const topology::Edge*> into(std::string_view node) const {
    const auto at = into_.find(node);
    return at == into_.end() ? std::vector<const topology::Edge*>() : at->second;
  }
  // That come out of an end of a wire; null: they are not known.
  const Schema* columns(const std::string& end) const {
    const auto at = columns_.find(end);
    return at == columns_.end() ? nullptr : at->second;
  }

 private:
  template <typename Parts>
  static typename Parts::mapped_type found(const Parts& parts, std::string_view id) {
    const auto at = parts.find(id);
    return at == parts.end() ? nullptr : at->second;
  }

  std::unordered_map<std::string_view, const topology::Part<topology::Node>*> nodes_;
  std::unordered_map<std::string_view, const topology::Part<topology::Topic>*> topics_;
  std::unordered_map<std::string_view, std::vector<const topology::Edge*>> into_;
  std::unordered_map<std::string, const Schema*> columns_;
};

namespace {

const PortSpec* portOf(const PartIndex& index, const catalog::Catalog& catalog, const PortRef& ref) {
  const auto* const node = index.node(ref.node);
  const OperatorSpec* const spec = node == nullptr ? nullptr : catalog.find((*node)->use.value);
  if (spec == nullptr) return nullptr;
  const auto at = ref.output ? spec->output(ref.port) : spec->input(ref.port);
  if (!at) return nullptr;
  return ref.output ? &spec->outputs[*at] : &spec->inputs[*at];
}

std::optional<Trial> triedIn(const PartIndex& index, const topology::Topology& topology,
                             const catalog::Catalog& catalog, const PortRef& from, const PortRef& to) {
  const Schema* const columns = index.columns(from.end());
  if (columns == nullptr) return std::nullopt;
  Trial trial;
  trial.topology.params = topology.params;
  if (const auto* const node = index.node(to.node)) trial.topology.nodes.push_back(*node);
  if (const auto* const topic = index.topic(to.node)) trial.topology.topics.push_back(*topic);
  for (const topology::Edge* const edge : index.into(to.node)) {
    addInput(trial.topology, index.columns(edge->from.value), edge->to.value);
  }
  addInput(trial.topology, columns, to.end());
  trial.checked = topology::check(trial.topology, catalog, {});
  return trial;
}

}  // namespace

Wiring::Wiring(const topology::Topology& topology, const catalog::Catalog& catalog,
               const topology::CheckOutcome* checked, PortRef port)
    : topology_(topology),
      catalog_(catalog),
      checked_(checked),
      port_(std::move(port)),
      index_(std::make_unique<const PartIndex>(topology, checked)),
      ahead_(Reach(topology, Flow::Downstream).from({port_.node})),
      behind_(Reach(topology, Flow::Upstream).from({port_.node})) {
  const std::string end = port_.end();
  for (const auto& edge : topology.edges) {
    if (port_.output && edge->from.value == end) ends_.insert(edge->to.value);
    if (!port_.output && edge->to.value == end) ends_.insert(edge->from.value);
  }
}

Wiring::~Wiring() = default;

QString Wiring::whyNot(const PortRef& other) const {
  if (port_.node == other.node) return Words::tr("A node cannot be connected with itself.");
  if (port_.output == other.output)
    return port_.output ? Words::tr("Both are outputs.") : Words::tr("Both are inputs.");
  if (ends_.contains(other.end())) return Words::tr("They are connected already.");
  const PortSpec* const output = portOf(*index_, catalog_, port_.output ? port_ : other);
  const PortSpec* const input = portOf(*index_, catalog_, port_.output ? other : port_);
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
  const std::optional<Trial> trial = triedIn(*index_, topology_, catalog_, from, to);
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
  return triedIn(PartIndex(topology, &checked), topology, catalog, from, to);
}

std::optional<ThroughPorts> throughPorts(const OperatorSpec& spec) {
  if (spec.inputs.empty() || spec.outputs.empty()) return std::nullopt;
  return ThroughPorts{spec.inputs.front().name, spec.outputs.front().name};
}

}  // namespace weir::designer
