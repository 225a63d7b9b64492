// The layered layout: columns from left to right along the flow, few crossings, straight chains, everything on the
// grid. Deterministic: the same input gives the same positions.
#pragma once

#include <cstddef>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/drawing/look/geometry.hpp"

namespace weir::drawing {

struct LayoutNode {
  Size size;
  std::optional<Point> present;  // where it stands now: the order of what is there is kept where that costs little
  bool pinned = false;           // stays at `present`
};

// Offsets are the ports' places below the top of their nodes.
struct LayoutEdge {
  std::size_t from = 0;
  std::size_t to = 0;
  double fromOffset = 0;
  double toOffset = 0;
  bool aside = false;  // late rows, dead letters: the others are kept straight first
};

struct LayoutInput {
  std::vector<LayoutNode> nodes;
  std::vector<LayoutEdge> edges;
  // Nodes that are framed: they stay together, and nothing else comes into their frame. A node is in one at most.
  std::vector<std::vector<std::size_t>> groups;
};

// The top left corner of every node; nothing when it was stopped. Any thread.
std::optional<std::vector<Point>> layOut(const LayoutInput& input, const std::stop_token& stop = {});

}  // namespace weir::drawing
