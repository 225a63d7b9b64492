#include "designer/ui/canvas/gestures/width_gesture.hpp"

#include "core/drawing/look/grid.hpp"
#include "designer/model/edits/edits.hpp"

namespace weir::designer {

WidthGesture::WidthGesture(GestureHost& host, const MouseAt& at, const drawing::CommentPicture& comment)
    : Gesture(host), id_(comment.id), width_(comment.bounds.width), from_(at.scene.x()) {
  document().select({id_});
}

void WidthGesture::update(const MouseAt& at) {
  apply(setCommentWidth(*base(), id_, drawing::onGrid(width_ + at.scene.x() - from_)));
}

void WidthGesture::end(const MouseAt& at) {
  update(at);
}

void WidthGesture::cancel() {
  takeBack();
}

}  // namespace weir::designer
