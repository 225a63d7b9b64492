// The icons that say in which state a part is.
#pragma once

#include <string_view>

#include "core/drawing/picture/picture.hpp"

namespace weir::drawing {

// A name of an icon; empty: there is nothing to say.
constexpr std::string_view iconOf(Badge badge) {
  switch (badge) {
    case Badge::None: break;
    case Badge::Stopped: return "circle-pause";
    case Badge::Passed: return "circle-arrow-right";
    case Badge::Warning: return "triangle-alert";
    case Badge::Draft: return "circle-question-mark";
    case Badge::Error: return "circle-x";
    case Badge::Missing: return "puzzle";
  }
  return {};
}

}  // namespace weir::drawing
