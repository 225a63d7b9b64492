// One wire's way around the nodes when nothing simple will do.
#pragma once

#include <optional>

#include "core/drawing/routing/internal/obstacles.hpp"
#include "core/drawing/routing/wire_routing.hpp"

namespace weir::drawing::routing {

// The best way over all lines that touch the surroundings of nodes. Nothing: there is none. `seen` grows by where nodes
// have to do with it.
std::optional<WirePath> searchPath(const Obstacles& obstacles, Point from, Point to, Rect& seen);

}  // namespace weir::drawing::routing
