// Small pieces of SVG.
#pragma once

#include <string>
#include <string_view>

#include "core/drawing/look/colours.hpp"
#include "core/drawing/look/path.hpp"

namespace weir::drawing::exports {

// "12", "12.5": no more digits than are needed.
std::string number(double value);
// For text and attributes; characters that XML does not allow are left out.
std::string escaped(std::string_view text);

// "#5B4BDB"
std::string hexOf(Colour colour);
// What a path element has as its `d`.
std::string pathData(const Path& path);

}  // namespace weir::drawing::exports
