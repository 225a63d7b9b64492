#include "designer/ui/canvas/widgets/popup_opener.hpp"

#include "designer/ui/canvas/scene/camera.hpp"

namespace weir::designer {

ListPopup& PopupOpener::openAt(QPointF scene) {
  // Its own row may have asked for the next one: it goes when that press is over.
  close();
  popup_ = new ListPopup(&camera_.frame());  // deletes itself
  popup_->adjustSize();
  popup_->moveInside(camera_.toWindow(scene));
  return *popup_;
}

void PopupOpener::close() {
  if (popup_ == nullptr) return;
  popup_->hide();
  popup_->deleteLater();
  popup_.clear();
}

}  // namespace weir::designer
