// Outlines of a picture as those of Qt.
#pragma once

#include <QPainterPath>

#include "core/drawing/look/path.hpp"

namespace weir::designer {

QPainterPath toQt(const drawing::Path& path);

}  // namespace weir::designer
