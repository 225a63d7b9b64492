// The whole topology, small, with what the canvas shows of it; a click or drag there moves the canvas.
#pragma once

#include <QPixmap>
#include <QTimer>
#include <QTransform>
#include <QWidget>

#include "designer/ui/canvas/paint/overview.hpp"

namespace weir::designer {

class Camera;
class CanvasScene;

class Minimap : public QWidget {
  Q_OBJECT

 public:
  // Lies over the window of the camera. Both must outlive this.
  Minimap(const CanvasScene& scene, Camera& camera);

  // The picture is another one: is painted again a little later.
  void outdate();
  // Nobody uses it, and there are nodes below it: it is pale.
  bool isInTheWay() const;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void changeEvent(QEvent* event) override;
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  QTransform sceneToMap() const;
  void goTo(QPointF point);
  void makeBoxes();

  const CanvasScene& scene_;
  Camera& camera_;
  Overview overview_;
  QPixmap boxes_;
  QTransform boxesAt_;
  QTimer later_;  // a drag changes the picture many times
};

}  // namespace weir::designer
