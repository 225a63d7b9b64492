// An outline as a value: whoever paints or writes it walks over its steps.
#pragma once

#include <cstdint>
#include <vector>

#include "core/drawing/look/geometry.hpp"

namespace weir::drawing {

struct PathStep {
  enum class Kind : std::uint8_t {
    Move,
    Line,
    Round,  // a quarter of a circle, clockwise, in place of `corner`
    Bend,   // a quadratic curve towards `corner` and on
    Close,  // straight to where it began
  };
  Kind kind = Kind::Move;
  Point to;
  Point corner;

  friend bool operator==(const PathStep&, const PathStep&) = default;
};

using Path = std::vector<PathStep>;

}  // namespace weir::drawing
