// Where the ports stand at the sides of a node or of a collapsed group.
#pragma once

#include <algorithm>
#include <vector>

#include "core/drawing/look/measures.hpp"

namespace weir::drawing {

// Sets the offsets of the ports of both sides, and answers how high the box is that has room for them.
template <typename Port>
double placePorts(std::vector<Port>& ports) {
  double height = kNodeHeight;
  for (const bool output : {false, true}) {
    const auto count =
        std::count_if(ports.begin(), ports.end(), [&](const Port& port) { return port.output == output; });
    double y = count == 1 ? kOnlyPort : kFirstPort;
    for (Port& port : ports) {
      if (port.output != output) continue;
      port.offset = y;
      y += kPortStep;
    }
    height = std::max(height, kNodeHeight + kPortStep * static_cast<double>(count - 2));
  }
  return height;
}

}  // namespace weir::drawing
