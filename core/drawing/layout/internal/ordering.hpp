// The order of nodes within columns: few crossings.
#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "core/drawing/layout/internal/layers.hpp"

namespace weir::drawing::layout {

// Orders the layers anew, groups together. With `present` (a height for each vertex, none for those that are new) that
// order is kept unless another has clearly fewer crossings.
void orderLayers(Layers& layers, const std::vector<std::optional<double>>& present, const std::stop_token& stop);

}  // namespace weir::drawing::layout
