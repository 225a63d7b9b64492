#include "designer/ui/canvas/gestures/gesture.hpp"

namespace weir::designer {

Gesture::Gesture(GestureHost& host)
    : host_(host),
      base_(host.document().now()),
      selectedBefore_(host.document().selection()),
      mergeKey_("gesture " + std::to_string(host.nextGesture())) {
  host.document().closeMerge();
}

Gesture::~Gesture() {
  document().closeMerge();
}

void Gesture::apply(Edit edit) {
  edit.mergeKey = mergeKey_;
  document().apply(std::move(edit));
}

void Gesture::takeBack() {
  if (document().now() != base_) apply({QString(), *base_, {}, selectedBefore_});
}

}  // namespace weir::designer
