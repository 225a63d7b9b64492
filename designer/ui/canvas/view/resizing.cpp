#include "designer/ui/canvas/view/resizing.hpp"

#include "designer/ui/theme/tokens.h"

namespace weir::designer {

Resizing::Resizing(const Document& document, SceneView& view, KeyboardNavigation& navigation)
    : document_(document), view_(view), navigation_(navigation) {}

bool Resizing::start() {
  corner_ = view_.mapTo(view_.window(), QPoint());
  return !std::exchange(started_, true);
}

void Resizing::begin(const QResizeEvent& event) {
  const Camera& camera = view_.camera();
  const QRectF seen(camera.toScene(QPointF()), QSizeF(event.oldSize()) / camera.zoom());
  const Selection& selection = document_.selection();
  const std::optional<QRectF> chosen =
      started_ && selection.size() == 1 ? view_.placed().rectOf(*selection.begin()) : std::nullopt;
  chosenWasSeen_ = chosen && seen.contains(*chosen);
}

void Resizing::end() {
  Camera& camera = view_.camera();
  const QPoint corner = view_.mapTo(view_.window(), QPoint());
  if (started_) camera.keepInPlace(corner - corner_);
  corner_ = corner;
  camera.resized();
  // A bar above the canvas takes nothing away of what was shown as a whole. A panel that opens beside it would make
  // all of it small, in front of somebody who looks at a part.
  const QSize window = view_.window()->size();
  const bool byWindow = std::exchange(windowSize_, window) != window;
  camera.fitAgain(view_.placed().bounds(), byWindow ? 0 : canvas::kRefitsDownTo);
  if (chosenWasSeen_) navigation_.reveal(*document_.selection().begin());
}

}  // namespace weir::designer
