// What is to be seen of wires, and at which ports they end.
#pragma once

#include <optional>
#include <vector>

#include "designer/ui/canvas/picture/placed_picture.hpp"

namespace weir::designer {

// The wires that begin or end at a port, as far as they are shown, in the order of the picture.
std::vector<const PlacedWire*> wiresAt(const PlacedPicture& placed, const PortRef& port);
// The tag of a wire that is a link, at one of its ends; null: it has none.
const drawing::LinkTag* linkTag(const PlacedPicture& placed, const PlacedWire& wire, bool output);
// The middle of a wire, or of the tag at its output; nothing: it is not shown.
std::optional<QPointF> middleOfWire(const PlacedPicture& placed, const PlacedWire& wire);

}  // namespace weir::designer
