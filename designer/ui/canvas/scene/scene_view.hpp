// Shows a scene of its own, with the grid behind it, and paints it again when it has to: all of the view that nobody
// works with.
#pragma once

#include <QGraphicsView>
#include <QTimer>

#include "designer/ui/canvas/paint/grid_painter.hpp"
#include "designer/ui/canvas/scene/camera.hpp"
#include "designer/ui/canvas/scene/canvas_scene.hpp"

namespace weir::designer {

class SceneView : public QGraphicsView {
  Q_OBJECT

 public:
  explicit SceneView(QWidget* parent);

  Camera& camera() { return camera_; }
  const Camera& camera() const { return camera_; }
  const PlacedPicture& placed() const { return scene_->placed(); }

 protected:
  CanvasScene& ownScene() const { return *scene_; }

  void paintEvent(QPaintEvent* event) override;
  void drawBackground(QPainter* painter, const QRectF& rect) override;
  void changeEvent(QEvent* event) override;

 private:
  CanvasScene* scene_;
  GridPainter grid_;
  Camera camera_;
  QTimer again_;  // paints the frame that was not finished
};

}  // namespace weir::designer
