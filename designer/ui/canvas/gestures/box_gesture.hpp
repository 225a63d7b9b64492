#pragma once

#include <QRectF>

#include "designer/ui/canvas/gestures/gesture.hpp"

namespace weir::designer {

// Selects what a rectangle touches; with Shift in addition to what was selected.
class BoxGesture : public Gesture {
 public:
  BoxGesture(GestureHost& host, const MouseAt& at);
  void update(const MouseAt& at) override;
  void end(const MouseAt& at) override;
  void cancel() override;
  void paint(QPainter& painter, const Theme& theme) const override;

 private:
  QPointF from_;
  QRectF box_;
  Selection before_;
  bool adds_;
};

}  // namespace weir::designer
