// Icons by name: those of operators, which manifests name, and those of the designer's buttons.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/drawing/look/kinds.hpp"

namespace weir::drawing {

// The square that an icon is drawn in, and its strokes in there.
inline constexpr double kIconSide = 24;
inline constexpr double kIconStroke = 2;

// Elements of SVG, which have to be stroked and not filled, with round ends and corners. Empty: there is none of that
// name.
std::string_view iconDrawing(std::string_view name);
// A picture of its own, in a colour as SVG has them; a question mark where there is none of that name.
std::string iconSvg(std::string_view name, std::string_view colour);

// `name` where there is such an icon, else what stands for the kind.
std::string_view iconNameFor(NodeKind kind, std::string_view name);

std::vector<std::string_view> iconNames();

}  // namespace weir::drawing
