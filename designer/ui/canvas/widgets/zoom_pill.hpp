// Smaller, the zoom, larger: a click on the zoom goes back to 100 %.
#pragma once

#include <QFrame>
#include <QToolButton>

namespace weir::designer {

class Camera;

class ZoomPill : public QFrame {
  Q_OBJECT

 public:
  // Lies over the window of the camera, which must outlive this.
  explicit ZoomPill(Camera& camera);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QToolButton* button(const QString& name);

  QToolButton* zoom_;
};

}  // namespace weir::designer
