// The texts of a node: its name and words; from farther away its name alone, larger.
#pragma once

#include <QRectF>
#include <cstdint>

#include "core/drawing/picture/picture.hpp"
#include "designer/ui/theme/theme.hpp"

class QPainter;

namespace weir::designer {

enum class Detail : std::uint8_t { Overview, Names, Full };
Detail detailAt(double zoom);

// Where texts stand, from the node's corner.
QRectF textArea(const drawing::NodePicture& node);
// The origin is the node's corner.
void paintTexts(QPainter& painter, const Theme& theme, const drawing::NodePicture& node, Detail detail);

}  // namespace weir::designer
