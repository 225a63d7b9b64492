#include "designer/ui/canvas/widgets/overlays.hpp"

#include "designer/ui/canvas/scene/camera.hpp"
#include "designer/ui/canvas/scene/canvas_scene.hpp"
#include "designer/ui/canvas/widgets/minimap.hpp"
#include "designer/ui/canvas/widgets/zoom_pill.hpp"
#include "designer/ui/theme/tokens.h"

namespace weir::designer {

Overlays::Overlays(const CanvasScene& scene, Camera& camera)
    : scene_(scene), camera_(camera), minimap_(new Minimap(scene, camera)), zoomPill_(new ZoomPill(camera)) {}

void Overlays::setMinimapShown(bool shown) {
  minimapShown_ = shown;
  layOut();
}

void Overlays::pictureChanged() {
  minimap_->outdate();
}

void Overlays::layOut() {
  const QPoint corner =
      camera_.window().geometry().bottomRight() + QPoint(1, 1) - QPoint(canvas::kOverlayInset, canvas::kOverlayInset);
  minimap_->move(corner - QPoint(minimap_->width(), minimap_->height()));
  zoomPill_->adjustSize();
  const bool mapped = minimapShown_ && !scene_.placed().picture().nodes.empty();
  minimap_->setVisible(mapped);
  const int right = mapped ? minimap_->x() - space::kSmall : corner.x();
  zoomPill_->move(right - zoomPill_->width(), corner.y() - zoomPill_->height());
  camera_.setCovered(mapped ? zoomPill_->geometry() | minimap_->geometry() : zoomPill_->geometry());
}

}  // namespace weir::designer
