// The handles of wires: at their bends, and between these, where a drag makes another one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "designer/model/edits/edit.hpp"
#include "designer/ui/canvas/picture/placed_picture.hpp"

namespace weir::designer {

struct BendHandle {
  std::string wire;
  std::size_t index = 0;  // of the bend, or of the one that a drag makes
  QPointF at;
  bool fresh = false;  // there is no bend yet
};

// Of the wire that alone is selected, in its order. None for one that is not shown.
std::vector<BendHandle> bendHandles(const PlacedPicture& placed, const Selection& selected);
// How near to a handle the mouse is on it, on the canvas.
double bendReach(double zoom);
// The nearest one of these, no farther than `reach`. Bends come first.
std::optional<BendHandle> bendHandleAt(const PlacedPicture& placed, const Selection& selected, QPointF point,
                                       double reach);
// What a drag makes that begins on a wire: nothing near its ends, which are to be moved themselves.
std::optional<BendHandle> freshBendAt(const PlacedWire& wire, QPointF point);
// The one in the longest part of a wire.
std::optional<BendHandle> freshBendOf(const PlacedWire& wire);

}  // namespace weir::designer
