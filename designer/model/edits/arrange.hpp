// Aligning and distributing selected nodes: new positions, for movedTo().
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "designer/model/edits/edits.hpp"

namespace weir::designer {

struct Box {
  std::string id;
  drawing::Rect rect;
};

enum class Align : std::uint8_t { Left, Centre, Right, Top, Middle, Bottom };
enum class Axis : std::uint8_t { Horizontal, Vertical };

// On the grid. With fewer than two boxes nothing moves.
Positions aligned(const std::vector<Box>& boxes, Align how);
// Equal gaps between neighbours; the outermost two stay. With fewer than three boxes nothing moves.
Positions distributed(std::vector<Box> boxes, Axis axis);

}  // namespace weir::designer
