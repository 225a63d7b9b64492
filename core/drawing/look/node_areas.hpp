// Where a node has its texts and its badge, from its corner.
#pragma once

#include "core/drawing/look/geometry.hpp"
#include "core/drawing/look/kinds.hpp"
#include "core/drawing/look/measures.hpp"

namespace weir::drawing {

// From the end of its texts to its edge.
inline double textMargin(NodeKind kind) {
  const bool curved = kind == NodeKind::Sink || kind == NodeKind::Topic || kind == NodeKind::Window;
  return curved ? kCutTextMargin : kTextMargin;
}

// The name and both lines; a badge takes a part of it.
inline Rect textArea(NodeKind kind, Size size) {
  const double left = kCapWidth + kTextInset;
  return {left, kNameTop, size.width - left - textMargin(kind), kWordsTop + 2 * kWordsLine - kNameTop};
}

inline Rect badgeArea(NodeKind kind, Size size) {
  const double middle = (kNameTop + kNameBottom) / 2;
  return {size.width - textMargin(kind) - kBadgeSize, middle - kBadgeSize / 2, kBadgeSize, kBadgeSize};
}

}  // namespace weir::drawing
