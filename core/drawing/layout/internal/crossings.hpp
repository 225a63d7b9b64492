// How many wires cross between the layers.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/drawing/layout/internal/layers.hpp"

namespace weir::drawing::layout {

using Key = std::int64_t;

inline constexpr Key kPorts = 1024;  // more than a node has room for

// Where an end of a segment is among those of its layer.
inline Key upperKey(const Layers& layers, const Segment& segment) {
  return layers.vertices[segment.from].place * kPorts + std::clamp(segment.fromOffset, 0, 1023);
}

inline Key lowerKey(const Layers& layers, const Segment& segment) {
  return layers.vertices[segment.to].place * kPorts + std::clamp(segment.toOffset, 0, 1023);
}

std::size_t crossings(const Layers& layers);

}  // namespace weir::drawing::layout
