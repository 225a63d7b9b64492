// How far down everything stands, once the order is known: straight chains first.
#pragma once

#include <stop_token>
#include <vector>

#include "core/drawing/layout/internal/layers.hpp"

namespace weir::drawing::layout {

// The top of every vertex, in steps of the grid from 0. Vertices of a layer keep their order and their distances.
std::vector<int> placeRows(const Layers& layers, const std::stop_token& stop);

}  // namespace weir::drawing::layout
