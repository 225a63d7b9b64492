#include "designer/ui/canvas/gestures/pan_gesture.hpp"

#include "designer/ui/canvas/view/canvas_view.hpp"

namespace weir::designer {

PanGesture::PanGesture(CanvasView& view, const MouseAt& at) : Gesture(view), last_(at.window) {}

void PanGesture::update(const MouseAt& at) {
  view().panBy(at.window - last_);
  last_ = at.window;
}

void PanGesture::end(const MouseAt& at) {
  update(at);
}

}  // namespace weir::designer
