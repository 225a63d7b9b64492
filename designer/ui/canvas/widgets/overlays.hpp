// What lies over the lower right corner of the canvas: the minimap and the zoom.
#pragma once

#include <QRect>

namespace weir::designer {

class Camera;
class CanvasScene;
class Minimap;
class ZoomPill;

class Overlays {
 public:
  // Both must outlive this; the widgets belong to the camera's frame.
  Overlays(const CanvasScene& scene, Camera& camera);

  void setMinimapShown(bool shown);
  void pictureChanged();
  // After another size or picture.
  void layOut();

 private:
  const CanvasScene& scene_;
  Camera& camera_;
  Minimap* minimap_;
  ZoomPill* zoomPill_;
  bool minimapShown_ = true;
};

}  // namespace weir::designer
