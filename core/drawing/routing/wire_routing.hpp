// Wires: orthogonal ways from port to port around the nodes, with as few bends as possible. Wires of different ports
// that would lie on each other lie side by side. What a route is depends on the picture alone, not on the order of the
// calls. Wires that somebody has bent stay where they are, and others keep clear of them. Crossings and round corners
// are the painter's.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "core/drawing/look/geometry.hpp"
#include "core/drawing/picture/picture.hpp"

namespace weir::drawing {

struct WireRequest {
  std::size_t fromNode = 0;
  std::size_t toNode = 0;
  Point from;                // on the right edge of its node
  Point to;                  // on the left edge of its node
  std::size_t source = 0;    // wires of the same one may share their way
  bool hidden = false;       // has no route
  std::vector<Point> bends;  // it goes through these, whatever is there

  friend bool operator==(const WireRequest&, const WireRequest&) = default;
};

// Corners from `from` to `to`, both included; neighbours differ in x or in y. Empty: hidden.
using WirePath = std::vector<Point>;

class WireRouter {
 public:
  WireRouter();
  ~WireRouter();
  WireRouter(WireRouter&&) noexcept;
  WireRouter& operator=(WireRouter&&) noexcept;

  // Nodes and wires are known by their index. An empty rectangle is in nobody's way.
  void setNodes(std::vector<Rect> nodes);
  void setNode(std::size_t node, const Rect& rect);
  void setWires(std::vector<WireRequest> wires);
  void setWire(std::size_t wire, const WireRequest& request);

  // Routes what has changed and what that touches; answers the wires whose paths are others now, in ascending order.
  std::vector<std::size_t> update();
  const WirePath& path(std::size_t wire) const;
  // The way of one that it does not have, whatever the others do.
  WirePath pathOf(const WireRequest& request) const;
  std::size_t wireCount() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// What a picture asks of a router: rectangles by node, then by group (empty unless collapsed), and its wires.
struct PictureRouting {
  std::vector<Rect> nodes;
  std::vector<WireRequest> wires;
};
PictureRouting routingOf(const Picture& picture);
// The paths of all wires of a picture.
std::vector<WirePath> routed(const Picture& picture);

}  // namespace weir::drawing
