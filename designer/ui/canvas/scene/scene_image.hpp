// What a canvas shows as a picture of its own.
#pragma once

#include <QImage>
#include <string>

#include "designer/ui/canvas/scene/canvas_scene.hpp"

namespace weir::designer {

// All of it as the canvas paints it, but nothing selected or under the mouse. `scale`: pixels for a unit. Null: it is
// too large for an image. [GUI]
QImage imageOf(const CanvasScene& scene, double scale);

// The same as SVG, which brings the fonts of the canvas along. [GUI]
std::string svgOf(const CanvasScene& scene);

}  // namespace weir::designer
