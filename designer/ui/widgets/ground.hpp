// The dotted ground of the canvas, for what shows it without being the canvas.
#pragma once

#include <QWidget>

class QPainter;

namespace weir::designer {

// One tiled brush: dots every kGrid, the first at `origin`.
void paintGround(QPainter& painter, const QRectF& rect, const QPointF& origin);

class Ground : public QWidget {
  Q_OBJECT

 public:
  using QWidget::QWidget;

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace weir::designer
