#include "designer/ui/canvas/gestures/pan_gesture.hpp"

namespace weir::designer {

PanGesture::PanGesture(GestureHost& host, const MouseAt& at) : Gesture(host), last_(at.window) {}

void PanGesture::update(const MouseAt& at) {
  host().camera().panBy(at.window - last_);
  last_ = at.window;
}

void PanGesture::end(const MouseAt& at) {
  update(at);
}

}  // namespace weir::designer
