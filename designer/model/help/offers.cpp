#include "designer/model/help/offers.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <tuple>

#include "designer/model/help/clauses.hpp"

namespace weir::designer {

namespace {

using catalog::PortSpec;

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Offers)
};

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

}  // namespace

std::vector<Offer> offersFor(const topology::Topology& topology, const std::vector<PaletteEntry>& palette,
                             const std::optional<PortRef>& port, const QString& typed, Unfit unfit,
                             const QStringList& recent) {
  struct Ranked {
    bool titled;  // it is typed by its title: it comes first, whether it fits or not
    bool unfit;
    bool found;
    int often;
    Offer offer;
  };
  const QString words = typed.simplified();
  std::vector<Ranked> ranked;
  const auto add = [&](const PaletteEntry& entry, bool found, json::Value params) {
    std::optional<std::string> name = port ? fittingPort(entry, *port) : std::nullopt;
    const bool fits = !port || name;
    if (!fits && unfit == Unfit::LeftOut) return;
    const bool titled = unfit == Unfit::Last && !words.isEmpty() && entry.title.startsWith(words, Qt::CaseInsensitive);
    const int often = port ? followers(topology, *port, entry.use) : 0;
    ranked.push_back({titled, !fits, found, often, {entry, std::move(name), std::move(params)}});
  };
  for (const PaletteEntry& entry : palette) {
    if (std::optional<json::Value> params = clauseParams(entry, typed)) add(entry, false, std::move(*params));
  }
  for (const PaletteEntry& entry : searched(palette, typed, recent)) {
    const bool drafted =
        std::any_of(ranked.begin(), ranked.end(), [&](const Ranked& one) { return one.offer.entry.use == entry.use; });
    if (!drafted) add(entry, true, json::Value::object());
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const Ranked& left, const Ranked& right) {
    const auto key = [](const Ranked& one) { return std::tuple(!one.titled, one.unfit, one.found, -one.often); };
    return key(left) < key(right);
  });
  std::vector<Offer> offers;
  offers.reserve(ranked.size());
  for (Ranked& one : ranked) offers.push_back(std::move(one.offer));
  return offers;
}

Edit acceptOffer(const topology::Topology& topology, const Offer& offer, const std::optional<PortRef>& port, Point at) {
  Edit edit = addNode(topology, offer.entry.use, at);
  const std::string id = *edit.selection->begin();
  if (!offer.params.members().empty() && offer.entry.spec != nullptr) {
    topology::Node node = *edit.after.nodes.back();
    node.params = offer.params;
    edit.after.nodes.back() = std::move(node);
  }
  if (!port || !offer.port) return edit;
  const PortRef added{id, *offer.port, !port->output};
  edit.after = port->output ? connectPorts(edit.after, port->end(), added.end()).after
                            : connectPorts(edit.after, added.end(), port->end()).after;
  edit.label = Words::tr("Add and connect");
  return edit;
}

}  // namespace weir::designer
