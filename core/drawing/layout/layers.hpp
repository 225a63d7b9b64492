// A component in layers: nodes, and a stand-in in every column that an edge passes. Internal to the layout.
#pragma once

#include <cstddef>
#include <vector>

#include "drawing/layout/incidence.hpp"

namespace weir::drawing::layout {

inline constexpr std::size_t kStandIn = static_cast<std::size_t>(-1);

struct Vertex {
  std::size_t node = kStandIn;  // in the component
  int rank = 0;
  int place = 0;           // in its layer, from the top
  int height = 0;          // steps of the grid
  std::size_t source = 0;  // stand-ins: which port the edge comes from
};

// Between neighbouring layers.
struct Segment {
  std::size_t from = 0;
  std::size_t to = 0;
  int fromOffset = 0;  // of the ports, in steps of the grid; 0 of stand-ins
  int toOffset = 0;
  std::size_t source = 0;  // which port the edge comes from
  bool aside = false;
};

struct Layers {
  std::vector<Vertex> vertices;
  std::vector<Segment> segments;
  std::vector<std::vector<std::size_t>> ranks;  // vertices of each layer, from the top
  Incidence out;
  Incidence in;

  bool standIn(std::size_t vertex) const { return vertices[vertex].node == kStandIn; }
  // Makes `place` agree with `ranks`.
  void number() {
    for (const std::vector<std::size_t>& rank : ranks) {
      for (std::size_t place = 0; place < rank.size(); ++place) vertices[rank[place]].place = static_cast<int>(place);
    }
  }
};

}  // namespace weir::drawing::layout
