// The dots behind the drawing.
#pragma once

#include <QPixmap>
#include <QTransform>

#include "ui/theme/theme.hpp"

class QPainter;

namespace weir::designer {

// Keeps a picture of the dots that is one step larger than the window, so that a frame copies it.
class GridPainter {
 public:
  // Fills the window; the painter is in its coordinates. Without dots below half of the size.
  void paint(QPainter& painter, const Theme& theme, QSize window, const QTransform& sceneToWindow);

 private:
  void make(const Theme& theme, QSize size, double step, double ratio);

  QPixmap dots_;
  QColor color_;
  double step_ = 0;
};

}  // namespace weir::designer
