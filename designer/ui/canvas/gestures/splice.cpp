#include "designer/ui/canvas/gestures/splice.hpp"

#include <algorithm>

#include "designer/model/edits/edits.hpp"
#include "designer/model/help/wiring.hpp"
#include "designer/ui/theme/tokens.h"

namespace weir::designer {

namespace {

std::optional<ThroughPorts> wayThrough(const catalog::Catalog& catalog, const std::string& use) {
  if (use == kTopicUse) return ThroughPorts{};
  const catalog::OperatorSpec* const spec = catalog.find(use);
  return spec == nullptr ? std::nullopt : throughPorts(*spec);
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

SpliceTargets::SpliceTargets(const CanvasScene& scene) : snapshot_(scene.snapshot()), catalog_(scene.catalog()) {
  for (const int number : scene.placed().wires()) {
    const PlacedWire& placed = scene.placed().wire(number);
    const drawing::WirePicture& picture = *placed.picture;
    if (placed.route.empty()) continue;
    wires_.push_back({{picture.fromNode, picture.fromPort, true},
                      {picture.toNode, picture.toPort, false},
                      picture.id,
                      placed.route,
                      placed.bounds,
                      {}});
  }
}

// Both halves of the wire must be allowed.
bool SpliceTargets::fitsInto(const Wire& wire, const std::string& use) const {
  const std::optional<ThroughPorts> through = wayThrough(*catalog_, use);
  if (!through) return false;
  topology::Topology without = *snapshot_;
  std::erase_if(without.edges, [&](const auto& edge) { return edgeId(*edge) == wire.id; });
  const Edit added = addNode(without, use, {});
  const std::string id = *added.selection->begin();
  return whyNot(added.after, *catalog_, wire.from, {id, through->input, false}).isEmpty() &&
         whyNot(added.after, *catalog_, {id, through->output, true}, wire.to).isEmpty();
}

std::string SpliceTargets::under(const QRectF& rect, const std::string& node, const std::string& use) {
  const QPointF middle = rect.center();
  double least = rect.height() / 2;
  std::string best;
  for (Wire& wire : wires_) {
    if (!wire.bounds.intersects(rect) || wire.from.node == node || wire.to.node == node) continue;
    const double distance = distanceTo(wire.route, middle);
    if (distance >= least) continue;
    if (!wire.fits) wire.fits = fitsInto(wire, use);
    if (!*wire.fits) continue;
    least = distance;
    best = wire.id;
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
