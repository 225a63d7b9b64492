// A picture as SVG: what the canvas shows, for documents and web pages.
#pragma once

#include <string>

#include "core/drawing/picture/picture.hpp"

namespace weir::drawing {

struct SvgOptions {
  bool dark = false;
  double margin = 32;
};

// Everything that has a place, with its wires. Texts stay texts; they are set in Inter where it is installed.
std::string svgOf(const Picture& picture, const SvgOptions& options = {});

}  // namespace weir::drawing
