#include "designer/ui/canvas/widgets/popup_opener.hpp"

#include "designer/ui/canvas/scene/camera.hpp"

namespace weir::designer {

ListPopup& PopupOpener::openAt(QPointF scene) {
  delete popup_;
  popup_ = new ListPopup(&camera_.frame());  // deletes itself
  popup_->adjustSize();
  popup_->moveInside(camera_.toWindow(scene));
  return *popup_;
}

}  // namespace weir::designer
