// Small pieces of SVG. Internal to the exports.
#pragma once

#include <string>
#include <string_view>

#include "core/drawing/look/geometry.hpp"
#include "core/drawing/picture/picture.hpp"
#include "core/drawing/routing/wire_routing.hpp"

namespace weir::drawing::exports {

// "12", "12.5": no more digits than are needed.
std::string number(double value);
// For text and attributes; characters that XML does not allow are left out.
std::string escaped(std::string_view text);

// The outline of a node, or of its coloured cap, with its corner at (0, 0).
std::string outline(NodeKind kind, Size size);
std::string capOutline(NodeKind kind, Size size);
// The way of a wire, with round corners.
std::string wireOutline(const WirePath& path);
// Half of its way along a wire.
Point middleOf(const WirePath& path);
// Strokes of an icon of 18 by 18 around (0, 0).
std::string_view iconOutline(NodeKind kind);

}  // namespace weir::drawing::exports
