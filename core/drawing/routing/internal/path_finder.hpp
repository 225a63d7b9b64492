// One wire's way around the nodes, whatever other wires do.
#pragma once

#include "core/drawing/routing/internal/obstacles.hpp"
#include "core/drawing/routing/wire_routing.hpp"

namespace weir::drawing::routing {

struct FoundPath {
  WirePath points;
  Rect seen;  // nodes outside of it have nothing to do with this path
};

FoundPath findPath(const Obstacles& obstacles, const WireRequest& wire);

// How far an inner piece of a path may move sideways without coming too near to a node, at most `most` each way.
struct Room {
  double low;
  double high;
};
Room roomOf(const Obstacles& obstacles, Point a, Point b, double most, Rect& seen);

}  // namespace weir::drawing::routing
