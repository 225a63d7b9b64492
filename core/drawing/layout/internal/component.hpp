// One connected part of a graph, laid out for itself.
#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "core/drawing/layout/layered_layout.hpp"

namespace weir::drawing::layout {

// Positions from (0, 0); all edges must lead between different nodes, and connect them all.
std::optional<std::vector<Point>> layOutComponent(const LayoutInput& part, const std::stop_token& stop);

}  // namespace weir::drawing::layout
