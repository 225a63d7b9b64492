#include "designer/ui/canvas/paint/bend_painter.hpp"

#include <algorithm>

#include "designer/ui/canvas/picture/bend_handles.hpp"

namespace weir::designer {

namespace {

void paintHandle(QPainter& painter, const Theme& theme, const BendHandle& handle, const CanvasLook& look, double unit) {
  const Colors& c = theme.colors;
  const bool chosen = !handle.fresh && look.bend == BendRef{handle.wire, handle.index};
  const double radius = (handle.fresh ? wire::kFreshBend : wire::kBend) * unit;
  if (chosen) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::faded(c.accent, c.haloOpacity));
    painter.drawEllipse(handle.at, radius + node::kHalo * unit, radius + node::kHalo * unit);
  }
  painter.setPen(QPen(c.accent, node::kHoverBorder * unit));
  painter.setBrush(handle.fresh ? c.card : c.accent);
  painter.drawEllipse(handle.at, radius, radius);
}

}  // namespace

void paintBends(QPainter& painter, const Theme& theme, const PlacedPicture& placed, const CanvasLook& look) {
  const double unit = 1 / std::min(1.0, painter.worldTransform().m11());
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  for (const BendHandle& handle : bendHandles(placed, look.selected)) {
    if (handle.wire != look.lifted) paintHandle(painter, theme, handle, look, unit);
  }
  painter.restore();
}

}  // namespace weir::designer
