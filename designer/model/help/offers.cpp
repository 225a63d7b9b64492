#include "designer/model/help/offers.hpp"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>
#include <map>
#include <set>

namespace weir::designer {

namespace {

using catalog::OperatorSpec;
using catalog::ParamSpec;
using catalog::ParamType;
using catalog::PortShape;
using catalog::PortSpec;

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Offers)
};

const PortSpec* portOf(const topology::Topology& topology, const catalog::Catalog& catalog, const PortRef& ref) {
  const topology::Node* const node = topology.node(ref.node);
  const OperatorSpec* const spec = node == nullptr ? nullptr : catalog.find(node->use.value);
  if (spec == nullptr) return nullptr;
  const auto index = ref.output ? spec->output(ref.port) : spec->input(ref.port);
  if (!index) return nullptr;
  return ref.output ? &spec->outputs[*index] : &spec->inputs[*index];
}

// The nodes that are reached from one along wires, or against them; itself too.
std::set<std::string_view> reached(const topology::Topology& topology, std::string_view node, bool along) {
  std::multimap<std::string_view, std::string_view> next;
  for (const auto& edge : topology.edges) {
    const std::string_view from = endOf(edge->from.value).node;
    const std::string_view to = endOf(edge->to.value).node;
    along ? next.emplace(from, to) : next.emplace(to, from);
  }
  std::set<std::string_view> seen{node};
  std::vector<std::string_view> open{node};
  while (!open.empty()) {
    const auto [first, last] = next.equal_range(open.back());
    open.pop_back();
    for (auto it = first; it != last; ++it) {
      if (seen.insert(it->second).second) open.push_back(it->second);
    }
  }
  return seen;
}

// Pairs that people draw often stand first: how often the operators follow each other in this topology.
int followers(const topology::Topology& topology, const PortRef& port, std::string_view use) {
  const topology::Node* const node = topology.node(port.node);
  const std::string_view own = node == nullptr ? kTopicUse : std::string_view(node->use.value);
  const auto useOf = [&](std::string_view id) {
    const topology::Node* const found = topology.node(id);
    return found == nullptr ? kTopicUse : std::string_view(found->use.value);
  };
  return static_cast<int>(std::count_if(topology.edges.begin(), topology.edges.end(), [&](const auto& edge) {
    const std::string_view from = useOf(endOf(edge->from.value).node);
    const std::string_view to = useOf(endOf(edge->to.value).node);
    return port.output ? from == own && to == use : from == use && to == own;
  }));
}

// The port of an operator that a wire from `port` can be connected to.
std::optional<std::string> fittingPort(const PaletteEntry& entry, const PortRef& port) {
  if (entry.spec == nullptr) return std::string();
  const std::vector<PortSpec>& ports = port.output ? entry.spec->inputs : entry.spec->outputs;
  if (ports.empty()) return std::nullopt;
  return ports.front().name;
}

bool takesText(const ParamSpec& spec) {
  return spec.required && (spec.type == ParamType::Expression || spec.type == ParamType::Field ||
                           spec.type == ParamType::Fields || spec.type == ParamType::Path);
}

// "where amount > 100": the first word names the operator, the rest is its first required text.
json::Value draftedParams(const PaletteEntry& entry, const QString& rest) {
  json::Value params = json::Value::object();
  if (entry.spec == nullptr || rest.isEmpty()) return params;
  const auto spec = std::find_if(entry.spec->params.begin(), entry.spec->params.end(), takesText);
  if (spec == entry.spec->params.end()) return params;
  if (spec->type != ParamType::Fields) {
    params.set(spec->name, json::Value::text(rest.toStdString()));
    return params;
  }
  json::Value names = json::Value::list();
  for (const QString& name : rest.split(QRegularExpression("[,\\s]+"), Qt::SkipEmptyParts)) {
    names.items().push_back(json::Value::text(name.toStdString()));
  }
  params.set(spec->name, std::move(names));
  return params;
}

}  // namespace

Wiring::Wiring(const topology::Topology& topology, const catalog::Catalog& catalog, PortRef port)
    : topology_(topology),
      catalog_(catalog),
      port_(std::move(port)),
      ahead_(reached(topology, port_.node, true)),
      behind_(reached(topology, port_.node, false)) {
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

QString whyNot(const topology::Topology& topology, const catalog::Catalog& catalog, const PortRef& one,
               const PortRef& other) {
  // A topic's port is whatever the other end needs.
  PortRef from = one.output ? one : other;
  PortRef to = one.output ? other : one;
  if (from.port.empty() || to.port.empty()) {
    from.output = true;
    to.output = false;
  }
  return Wiring(topology, catalog, from).whyNot(to);
}

std::vector<Offer> offersFor(const topology::Topology& topology, const std::vector<PaletteEntry>& palette,
                             const PortRef& port, const QString& typed) {
  const QString words = typed.simplified();
  const QString first = words.section(' ', 0, 0);
  const QString rest = words.section(' ', 1);
  struct Ranked {
    int clause;
    int often;
    Offer offer;
  };
  std::vector<Ranked> ranked;
  const auto add = [&](const PaletteEntry& entry, int clause, json::Value params) {
    if (std::optional<std::string> name = fittingPort(entry, port)) {
      ranked.push_back({clause, followers(topology, port, entry.use), {entry, std::move(*name), std::move(params)}});
    }
  };
  if (!rest.isEmpty()) {
    for (const PaletteEntry& entry : palette) {
      json::Value params = draftedParams(entry, rest);
      const bool named =
          entry.keywords.contains(first, Qt::CaseInsensitive) || entry.title.compare(first, Qt::CaseInsensitive) == 0;
      if (named && !params.members().empty()) add(entry, 1, std::move(params));
    }
  }
  for (const PaletteEntry& entry : searched(palette, words)) {
    const bool drafted =
        std::any_of(ranked.begin(), ranked.end(), [&](const Ranked& one) { return one.offer.entry.use == entry.use; });
    if (!drafted) add(entry, 0, json::Value::object());
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const Ranked& left, const Ranked& right) {
    return std::pair(-left.clause, -left.often) < std::pair(-right.clause, -right.often);
  });
  std::vector<Offer> offers;
  offers.reserve(ranked.size());
  for (Ranked& one : ranked) offers.push_back(std::move(one.offer));
  return offers;
}

Edit acceptOffer(const topology::Topology& topology, const Offer& offer, const PortRef& port, Point at) {
  Edit edit = addNode(topology, offer.entry.use, at);
  const std::string id = *edit.selection->begin();
  if (!offer.params.members().empty() && offer.entry.spec != nullptr) {
    topology::Node node = *edit.after.nodes.back();
    node.params = offer.params;
    edit.after.nodes.back() = std::move(node);
  }
  const PortRef added{id, offer.port, !port.output};
  edit.after = port.output ? connectPorts(edit.after, port.end(), added.end()).after
                           : connectPorts(edit.after, added.end(), port.end()).after;
  edit.label = Words::tr("Add and connect");
  return edit;
}

std::optional<ThroughPorts> throughPorts(const OperatorSpec& spec) {
  if (spec.inputs.empty() || spec.outputs.empty()) return std::nullopt;
  return ThroughPorts{spec.inputs.front().name, spec.outputs.front().name};
}

}  // namespace weir::designer
