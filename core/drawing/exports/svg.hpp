// A picture as SVG: what the canvas shows, for documents and web pages.
#pragma once

#include <functional>
#include <string>

#include "core/drawing/picture/picture.hpp"

namespace weir::drawing {

struct SvgOptions {
  bool dark = false;
  double margin = 32;
  // Rules of CSS that bring the fonts along for what is written in a drawing. Without them texts are set in Inter where
  // that is installed.
  std::function<std::string(const std::string& drawing)> fontFaces;
};

// Everything that has a place, with its wires. Texts stay texts.
std::string svgOf(const Picture& picture, const SvgOptions& options = {});

}  // namespace weir::drawing
