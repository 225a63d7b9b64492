#include "designer/ui/canvas/gestures/move_gesture.hpp"

#include "core/drawing/look/grid.hpp"
#include "designer/ui/canvas/picture/positions.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/scene/placing.hpp"

namespace weir::designer {

MoveGesture::MoveGesture(GestureHost& host, const MouseAt& at, const std::string& grabbed)
    : Gesture(host), from_(at.scene), starts_(positionsOf(placed(), document().selection())) {
  const auto found = starts_.find(grabbed);
  if (found != starts_.end()) {
    grabbedFrom_ = found->second;
  } else if (!starts_.empty()) {
    grabbedFrom_ = starts_.begin()->second;
  }
  if (starts_.size() == 1 && mayBeSpliced(*base(), *catalog(), starts_.begin()->first)) {
    single_ = starts_.begin()->first;
    targets_.emplace(host.scene());
  }
}

void MoveGesture::update(const MouseAt& at) {
  const QPointF by = at.scene - from_;
  const Point to{drawing::onGrid(grabbedFrom_.x + by.x()), drawing::onGrid(grabbedFrom_.y + by.y())};
  const Point moved = to - grabbedFrom_;
  Positions positions;
  for (const auto& [id, start] : starts_) positions.emplace(id, start + moved);
  apply(movedTo(*base(), positions, tr("Move %n part(s)", nullptr, static_cast<int>(starts_.size()))));
  if (single_.empty()) return;
  const std::optional<QRectF> rect = placed().rectOf(single_);
  const std::string target = rect ? targets_->under(*rect, single_, useOf(*base(), single_)) : std::string();
  if (target == look().target) return;
  look().target = target;
  refresh();
}

void MoveGesture::end(const MouseAt& at) {
  update(at);
  const std::string wire = std::exchange(look().target, {});
  if (wire.empty()) return;
  if (std::optional<Edit> edit = spliced(document().topology(), *catalog(), wire, single_)) {
    apply(placedApart(host().scene(), std::move(*edit), single_));
  }
}

void MoveGesture::cancel() {
  look().target.clear();
  takeBack();
}

PullOutGesture::PullOutGesture(GestureHost& host, const MouseAt& at, std::string node)
    : Gesture(host), from_(at.scene), node_(std::move(node)) {
  if (const PlacedNode* const found = placed().node(node_)) start_ = fromQt(found->rect.topLeft());
}

void PullOutGesture::update(const MouseAt& at) {
  const QPointF by = at.scene - from_;
  apply(pullOut(*base(), node_, {drawing::onGrid(start_.x + by.x()), drawing::onGrid(start_.y + by.y())}));
}

void PullOutGesture::end(const MouseAt& at) {
  update(at);
}

void PullOutGesture::cancel() {
  takeBack();
}

}  // namespace weir::designer
