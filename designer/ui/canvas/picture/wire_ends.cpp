#include "designer/ui/canvas/picture/wire_ends.hpp"

#include <algorithm>

#include "designer/ui/canvas/picture/qt_geometry.hpp"

namespace weir::designer {

std::vector<const PlacedWire*> wiresAt(const PlacedPicture& placed, const PortRef& port) {
  std::vector<const PlacedWire*> out;
  const PlacedNode* const node = placed.node(port.node);
  if (node == nullptr) return out;
  for (const int number : node->wires) {
    const PlacedWire& wire = placed.wire(number);
    const drawing::WirePicture& picture = *wire.picture;
    const bool ends = port.output ? picture.fromNode == port.node && picture.fromPort == port.port
                                  : picture.toNode == port.node && picture.toPort == port.port;
    if (ends && middleOfWire(placed, wire)) out.push_back(&wire);
  }
  std::sort(out.begin(), out.end(),
            [](const PlacedWire* one, const PlacedWire* other) { return one->position < other->position; });
  return out;
}

const drawing::LinkTag* linkTag(const PlacedPicture& placed, const PlacedWire& wire, bool output) {
  const std::vector<drawing::LinkTag>& links = placed.picture().links;
  const auto found = std::find_if(links.begin(), links.end(), [&](const drawing::LinkTag& tag) {
    return tag.wire == wire.position && tag.output == output;
  });
  return found == links.end() ? nullptr : &*found;
}

std::optional<QPointF> middleOfWire(const PlacedPicture& placed, const PlacedWire& wire) {
  if (!wire.route.empty()) return middleOf(wire.route);
  const drawing::LinkTag* const tag = linkTag(placed, wire, true);
  return tag == nullptr ? std::nullopt : std::optional(toQt(tag->bounds.centre()));
}

}  // namespace weir::designer
