#include "designer/ui/canvas/gestures/bend_gesture.hpp"

#include <cmath>

#include "core/drawing/look/grid.hpp"
#include "designer/model/edits/bends.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"

namespace weir::designer {

BendGesture::BendGesture(GestureHost& host, const MouseAt& at, const BendHandle& handle)
    : Gesture(host), wire_(handle.wire), index_(handle.index), way_(handle.at - at.scene) {
  const PlacedWire& wire = *placed().wire(wire_);
  fixed_ = wire.picture->layout.bends;
  if (handle.fresh) fixed_.insert(fixed_.begin() + static_cast<std::ptrdiff_t>(index_), fromQt(handle.at));
  fixed_.insert(fixed_.begin(), fromQt(wire.route.front()));
  fixed_.push_back(fromQt(wire.route.back()));
  document().select({wire_});
  look().bend = BendRef{wire_, index_};
}

void BendGesture::update(const MouseAt& at) {
  const QPointF wanted = at.scene + way_;
  Point bend = drawing::onGrid(fromQt(wanted));
  // Ports stand beside the grid: what is nearly level with them is.
  for (const Point& other : {fixed_[index_], fixed_[index_ + 2]}) {
    if (std::abs(other.y - wanted.y()) <= drawing::kGrid) bend.y = other.y;
    if (std::abs(other.x - wanted.x()) <= drawing::kGrid / 2) bend.x = other.x;
  }
  std::vector<Point> bends(fixed_.begin() + 1, fixed_.end() - 1);
  bends[index_] = bend;
  apply(setBends(*base(), wire_, std::move(bends)));
}

void BendGesture::end(const MouseAt& at) {
  update(at);
}

void BendGesture::cancel() {
  look().bend.reset();
  takeBack();
}

}  // namespace weir::designer
