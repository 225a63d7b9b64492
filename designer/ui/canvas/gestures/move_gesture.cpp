#include "designer/ui/canvas/gestures/move_gesture.hpp"

#include "core/drawing/look/grid.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/view/canvas_view.hpp"

namespace weir::designer {

using drawing::onGrid;

MoveGesture::MoveGesture(CanvasView& view, const MouseAt& at, const std::string& grabbed)
    : Gesture(view), from_(at.scene), starts_(view.positionsOf(view.document().selection())) {
  const auto found = starts_.find(grabbed);
  if (found != starts_.end()) {
    grabbedFrom_ = found->second;
  } else if (!starts_.empty()) {
    grabbedFrom_ = starts_.begin()->second;
  }
  if (starts_.size() == 1 && mayBeSpliced(*base(), *view.catalog(), starts_.begin()->first)) {
    single_ = starts_.begin()->first;
    targets_.emplace(view.canvasScene());
  }
}

void MoveGesture::update(const MouseAt& at) {
  const QPointF by = at.scene - from_;
  const Point to{onGrid(grabbedFrom_.x + by.x()), onGrid(grabbedFrom_.y + by.y())};
  const Point moved = to - grabbedFrom_;
  Positions positions;
  for (const auto& [id, start] : starts_) positions.emplace(id, start + moved);
  apply(movedTo(*base(), positions, CanvasView::tr("Move %n part(s)", nullptr, static_cast<int>(starts_.size()))));
  if (single_.empty()) return;
  const std::optional<QRectF> rect = view().placed().rectOf(single_);
  const std::string target = rect ? targets_->under(*rect, single_, useOf(*base(), single_)) : std::string();
  if (target == view().look().target) return;
  view().look().target = target;
  view().refresh();
}

void MoveGesture::end(const MouseAt& at) {
  update(at);
  const std::string wire = std::exchange(view().look().target, {});
  if (wire.empty()) return;
  if (std::optional<Edit> edit = spliced(view().document().topology(), *view().catalog(), wire, single_)) {
    apply(std::move(*edit));
  }
}

void MoveGesture::cancel() {
  view().look().target.clear();
  takeBack();
}

PullOutGesture::PullOutGesture(CanvasView& view, const MouseAt& at, std::string node)
    : Gesture(view), from_(at.scene), node_(std::move(node)) {
  if (const PlacedNode* const placed = view.placed().node(node_)) start_ = fromQt(placed->rect.topLeft());
}

void PullOutGesture::update(const MouseAt& at) {
  const QPointF by = at.scene - from_;
  apply(pullOut(*base(), node_, {onGrid(start_.x + by.x()), onGrid(start_.y + by.y())}));
}

void PullOutGesture::end(const MouseAt& at) {
  update(at);
}

void PullOutGesture::cancel() {
  takeBack();
}

}  // namespace weir::designer
