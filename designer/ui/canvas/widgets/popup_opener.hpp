// Opens lists over the canvas, one at a time.
#pragma once

#include <QPointF>
#include <QPointer>

#include "designer/ui/canvas/widgets/list_popup.hpp"

namespace weir::designer {

class Camera;

class PopupOpener {
 public:
  // `camera` must outlive this.
  explicit PopupOpener(const Camera& camera) : camera_(camera) {}

  // Its corner at a place of the canvas; one that is still open closes.
  ListPopup& openAt(QPointF scene);
  // What is offered may not fit any more: nothing is chosen.
  void close();
  // The one that is open; null: none.
  ListPopup* popup() const { return popup_; }

 private:
  const Camera& camera_;
  QPointer<ListPopup> popup_;
};

}  // namespace weir::designer
