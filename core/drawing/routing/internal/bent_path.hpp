// The way of a wire that somebody has bent.
#pragma once

#include "core/drawing/routing/internal/path_finder.hpp"

namespace weir::drawing::routing {

// Through all bends of the wire, with as few corners and as little over nodes as between them is possible. A bend lies
// on a straight piece, or at a corner where it is level with what comes before or after it.
FoundPath bentPath(const Obstacles& obstacles, const WireRequest& wire);

}  // namespace weir::drawing::routing
