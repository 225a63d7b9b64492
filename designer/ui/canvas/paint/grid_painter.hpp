// The dots behind the topology.
#pragma once

#include <QPixmap>
#include <QTransform>

#include "designer/ui/theme/theme.hpp"

class QPainter;

namespace weir::designer {

// Keeps a picture of one row of dots that is a step longer than the window is wide.
class GridPainter {
 public:
  // Fills the window; the painter is in its coordinates. Without dots below half of the size.
  void paint(QPainter& painter, const Theme& theme, QSize window, const QTransform& sceneToWindow);

 private:
  void makeRow(const Theme& theme, int width, double step, double ratio);

  QPixmap row_;
  QColor color_;
  double step_ = 0;
};

}  // namespace weir::designer
