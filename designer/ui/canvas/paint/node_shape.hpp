// What a node's outline looks like, by its kind.
#pragma once

#include <QPainterPath>
#include <QRectF>

#include "core/drawing/picture/picture.hpp"
#include "designer/ui/theme/tokens.h"

namespace weir::designer {

Kind kindOf(drawing::NodeKind kind);

QPainterPath silhouette(Kind kind, const QRectF& rect);

// A port's mark around the origin.
QPainterPath portShape(drawing::PortMark mark);

}  // namespace weir::designer
