// Tags that stand for wires which are links.
#pragma once

#include <vector>

#include "core/drawing/picture/picture.hpp"

namespace weir::drawing {

// Two for each link that is shown. Those at one side of a node stand below each other, clear of the wires there. The
// picture has everything else.
std::vector<LinkTag> linkTagsOf(const Picture& picture, const TextMeasure& measure);

}  // namespace weir::drawing
