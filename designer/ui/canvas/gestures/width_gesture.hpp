#pragma once

#include "designer/ui/canvas/gestures/gesture.hpp"

namespace weir::designer {

// Pulls the right edge of a comment.
class WidthGesture : public Gesture {
 public:
  WidthGesture(GestureHost& host, const MouseAt& at, const drawing::CommentPicture& comment);
  void update(const MouseAt& at) override;
  void end(const MouseAt& at) override;
  void cancel() override;

 private:
  std::string id_;
  double width_;  // when it began
  double from_;
};

}  // namespace weir::designer
