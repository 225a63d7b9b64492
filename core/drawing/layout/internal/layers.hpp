// A component in layers: nodes, and a stand-in in every column that an edge passes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/drawing/layout/internal/incidence.hpp"
#include "core/drawing/look/no_group.hpp"

namespace weir::drawing::layout {

inline constexpr std::size_t kStandIn = static_cast<std::size_t>(-1);

enum class FrameSide : std::uint8_t { None, Top, Bottom };  // of the frame around a group

struct Vertex {
  std::size_t node = kStandIn;  // in the component
  int rank = 0;
  int place = 0;                     // in its layer, from the top
  int height = 0;                    // steps of the grid
  std::size_t source = 0;            // stand-ins: which port the edge comes from
  std::size_t group = kNoGroup;      // the innermost
  FrameSide side = FrameSide::None;  // stand-ins: what of a frame they stand for
};

// Between neighbouring layers.
struct Segment {
  std::size_t from = 0;
  std::size_t to = 0;
  int fromOffset = 0;  // of the ports, in steps of the grid; 0 of stand-ins
  int toOffset = 0;
  std::size_t source = 0;  // which port the edge comes from
  bool aside = false;
  bool frame = false;  // of the edge of a frame: has to be straight
};

// The layers that a group is in, all of them from the first to the last.
struct GroupSpan {
  int first = 0;
  int last = 0;
  std::size_t outer = kNoGroup;  // the group that it lies in
};

struct Layers {
  std::vector<Vertex> vertices;
  std::vector<Segment> segments;
  std::vector<std::vector<std::size_t>> ranks;  // vertices of each layer, from the top
  Incidence out;
  Incidence in;
  std::vector<GroupSpan> groups;  // a group has a vertex in each of its layers; outer ones before those in them

  bool standIn(std::size_t vertex) const { return vertices[vertex].node == kStandIn; }
  // Makes `out` and `in` agree with `segments`.
  void index() {
    out = Incidence(vertices.size(), segments.size(), [&](std::size_t segment) { return segments[segment].from; });
    in = Incidence(vertices.size(), segments.size(), [&](std::size_t segment) { return segments[segment].to; });
  }
  // Makes `place` agree with `ranks`.
  void number() {
    for (const std::vector<std::size_t>& rank : ranks) {
      for (std::size_t place = 0; place < rank.size(); ++place) vertices[rank[place]].place = static_cast<int>(place);
    }
  }
};

}  // namespace weir::drawing::layout
