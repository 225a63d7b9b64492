#include "ui/canvas/gestures/splice.hpp"

#include <algorithm>

#include "model/edits.hpp"
#include "model/offers.hpp"
#include "ui/theme/tokens.h"

namespace weir::designer {

namespace {

std::optional<ThroughPorts> wayThrough(const catalog::Catalog& catalog, const std::string& use) {
  if (use == kTopicUse) return ThroughPorts{};
  const catalog::OperatorSpec* const spec = catalog.find(use);
  return spec == nullptr ? std::nullopt : throughPorts(*spec);
}

// What a node's wires would be refused for, apart from the node itself: a table where rows are wanted.
bool fitsInto(const CanvasScene& scene, const drawing::WirePicture& wire, const std::string& use) {
  const std::optional<ThroughPorts> through = wayThrough(*scene.catalog(), use);
  if (!through) return false;
  topology::Topology without = *scene.snapshot();
  std::erase_if(without.edges, [&](const auto& edge) { return edgeId(*edge) == wire.id; });
  Edit added = addNode(without, use, {});
  const std::string id = *added.selection->begin();
  const PortRef from{wire.fromNode, wire.fromPort, true};
  const PortRef to{wire.toNode, wire.toPort, false};
  return whyNot(added.after, *scene.catalog(), from, {id, through->input, false}).isEmpty() &&
         whyNot(added.after, *scene.catalog(), {id, through->output, true}, to).isEmpty();
}

}  // namespace

std::string useOf(const topology::Topology& topology, const std::string& node) {
  const topology::Node* const found = topology.node(node);
  if (found != nullptr) return found->use.value;
  return topology.topic(node) != nullptr ? std::string(kTopicUse) : std::string();
}

bool mayBeSpliced(const topology::Topology& topology, const catalog::Catalog& catalog, const std::string& node) {
  const std::optional<ThroughPorts> through = wayThrough(catalog, useOf(topology, node));
  if (!through) return false;
  const std::string in = PortRef{node, through->input, false}.end();
  const std::string out = PortRef{node, through->output, true}.end();
  return std::none_of(topology.edges.begin(), topology.edges.end(),
                      [&](const auto& edge) { return edge->to.value == in || edge->from.value == out; });
}

std::string wireToSplice(const CanvasScene& scene, const QRectF& rect, const std::string& node,
                         const std::string& use) {
  const PlacedPicture& placed = scene.placed();
  const double reach = rect.height() / 2;
  std::string best;
  double least = reach;
  for (const int number : placed.wiresIn(QRectF(rect.center(), QSizeF()).adjusted(-reach, -reach, reach, reach))) {
    const PlacedWire& wire = placed.wire(number);
    if (wire.picture->fromNode == node || wire.picture->toNode == node) continue;
    const double distance = distanceTo(wire.route, rect.center());
    if (distance >= least || !fitsInto(scene, *wire.picture, use)) continue;
    least = distance;
    best = wire.picture->id;
  }
  return best;
}

std::optional<Edit> spliced(const topology::Topology& topology, const catalog::Catalog& catalog,
                            const std::string& wire, const std::string& node) {
  const std::optional<ThroughPorts> through = wayThrough(catalog, useOf(topology, node));
  if (!through) return std::nullopt;
  return spliceIn(topology, wire, node, through->input, through->output);
}

}  // namespace weir::designer
