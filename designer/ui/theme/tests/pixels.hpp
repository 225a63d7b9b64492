// Looking for colours in pictures.
#pragma once

#include <QColor>
#include <QImage>

namespace weir::designer {

inline bool contains(const QImage& image, const QColor& color) {
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      if (image.pixelColor(x, y).rgb() == color.rgb()) return true;
    }
  }
  return false;
}

}  // namespace weir::designer
