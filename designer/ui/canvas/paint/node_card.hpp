// A node without its texts: what all nodes of a kind, size and state have in common.
#pragma once

#include <QSizeF>
#include <QString>
#include <cstdint>

#include "core/drawing/picture/picture.hpp"
#include "designer/ui/theme/theme.hpp"

class QPainter;

namespace weir::designer {

struct NodeCard {
  NodeKind kind = NodeKind::Stateless;
  drawing::Badge badge = drawing::Badge::None;
  QString icon;
  QSizeF size;
  bool hovered = false;
  bool selected = false;
  bool current = false;  // the one that the keyboard is at
};

// How far a card is painted beyond its rectangle.
inline constexpr double kCardMargin =
    node::kHalo + node::kSelectedBorder + node::kCurrentRing + node::kCurrentRingOffset;

// The card's corner at the origin.
void paintCard(QPainter& painter, const Theme& theme, const NodeCard& card);

}  // namespace weir::designer
