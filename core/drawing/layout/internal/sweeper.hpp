// Makes an order of the layers better, step by step.
#pragma once

#include <stop_token>
#include <vector>

#include "core/drawing/layout/internal/layers.hpp"

namespace weir::drawing::layout {

using Order = std::vector<std::vector<std::size_t>>;

struct Swept {
  Order order;
  std::size_t crossings = 0;
};

// Both leave the best order in `layers`, and keep groups together. Stopped: whatever there is by then.
// Medians and exchanges, from `start` on.
Swept sweep(Layers& layers, Order start, int rounds, const std::stop_token& stop);
// Exchanges alone: a local search that moves little.
Swept polish(Layers& layers, Order start, const std::stop_token& stop);

}  // namespace weir::drawing::layout
