// Which segments are drawn as one straight line.
#pragma once

#include <cstdint>
#include <vector>

#include "core/drawing/layout/internal/layers.hpp"

namespace weir::drawing::layout {

// What it is worth that a segment is straight.
std::int64_t worth(const Layers& layers, const Segment& segment);

// Between each two layers those that are worth most together, none of which cross or share an end. The edges of frames
// are among them.
std::vector<std::size_t> straightSegments(const Layers& layers);

}  // namespace weir::drawing::layout
