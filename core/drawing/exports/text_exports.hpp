// A picture as text for other tools: Mermaid (which renders in many Markdown viewers) and Graphviz. Both lay it out
// anew; positions are lost.
#pragma once

#include <string>

#include "core/drawing/picture/picture.hpp"

namespace weir::drawing {

std::string mermaidOf(const Picture& picture);
std::string dotOf(const Picture& picture, const std::string& name);

}  // namespace weir::drawing
