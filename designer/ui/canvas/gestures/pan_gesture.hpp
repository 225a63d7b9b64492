#pragma once

#include "designer/ui/canvas/gestures/gesture.hpp"

namespace weir::designer {

// Moves the view.
class PanGesture : public Gesture {
 public:
  PanGesture(GestureHost& host, const MouseAt& at);
  void update(const MouseAt& at) override;
  void end(const MouseAt& at) override;
  bool scrollsAtEdges() const override { return false; }

 private:
  QPoint last_;
};

}  // namespace weir::designer
