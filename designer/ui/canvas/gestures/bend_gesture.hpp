#pragma once

#include "designer/ui/canvas/gestures/gesture.hpp"
#include "designer/ui/canvas/picture/bend_handles.hpp"

namespace weir::designer {

// Moves a bend of a wire, which it makes where there is none yet: on the grid, and into line with what the wire comes
// from and goes to.
class BendGesture : public Gesture {
 public:
  BendGesture(GestureHost& host, const MouseAt& at, const BendHandle& handle);
  void update(const MouseAt& at) override;
  void end(const MouseAt& at) override;
  void cancel() override;

 private:
  std::string wire_;
  std::size_t index_;
  QPointF way_;                        // from the mouse to the bend
  std::vector<drawing::Point> fixed_;  // the ends of the wire, and its bends between them
};

}  // namespace weir::designer
