// The layered layout: columns from left to right along the flow, few crossings, straight chains, everything on the
// grid. Deterministic: the same input gives the same positions.
#pragma once

#include <cstddef>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/drawing/look/geometry.hpp"
#include "core/drawing/look/no_group.hpp"

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

// Nodes that are framed: they stay together, and nothing else comes into their frame. Those of groups in it, too.
struct LayoutGroup {
  std::vector<std::size_t> nodes;
  std::size_t outer = kNoGroup;  // the group that it lies in

  friend bool operator==(const LayoutGroup&, const LayoutGroup&) = default;
};

struct LayoutInput {
  std::vector<LayoutNode> nodes;
  std::vector<LayoutEdge> edges;
  std::vector<LayoutGroup> groups;  // outer ones before those in them
};

// The group that each node lies in, of the groups around it the innermost.
std::vector<std::size_t> groupsOfNodes(const LayoutInput& input);

// The top left corner of every node; nothing when it was stopped. Any thread.
std::optional<std::vector<Point>> layOut(const LayoutInput& input, const std::stop_token& stop = {});

}  // namespace weir::drawing
