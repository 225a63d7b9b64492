#include "designer/ui/canvas/gestures/gesture.hpp"

#include "designer/ui/canvas/view/canvas_view.hpp"

namespace weir::designer {

Gesture::Gesture(CanvasView& view)
    : view_(view),
      base_(view.document().now()),
      selectedBefore_(view.document().selection()),
      mergeKey_("gesture " + std::to_string(view.nextGesture())) {
  view.document().closeMerge();
}

Gesture::~Gesture() {
  view_.document().closeMerge();
}

void Gesture::apply(Edit edit) {
  edit.mergeKey = mergeKey_;
  view_.document().apply(std::move(edit));
}

void Gesture::takeBack() {
  if (view_.document().now() != base_) apply({QString(), *base_, {}, selectedBefore_});
}

}  // namespace weir::designer
