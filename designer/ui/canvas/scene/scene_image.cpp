#include "designer/ui/canvas/scene/scene_image.hpp"

#include <QPainter>

#include "core/drawing/exports/svg.hpp"
#include "designer/ui/theme/font_subset.hpp"
#include "designer/ui/theme/theme.hpp"

namespace weir::designer {

QImage imageOf(const CanvasScene& scene, double scale) {
  CanvasScene plain;
  plain.show(scene.snapshot(), scene.catalog(), scene.checked());
  const double margin = drawing::SvgOptions().margin;
  const QRectF all = plain.placed().bounds().adjusted(-margin, -margin, margin, margin);
  QImage image((all.size() * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
  if (image.isNull()) return image;
  do {
    image.fill(currentTheme().colors.canvas);
    QPainter painter(&image);
    plain.render(&painter, QRectF(image.rect()), all);
  } while (plain.unfinished());
  return image;
}

std::string svgOf(const CanvasScene& scene) {
  drawing::SvgOptions options{.dark = currentTheme().scheme == ColorScheme::Dark};
  options.fontFaces = [](const std::string& drawing) { return fontFacesFor(QString::fromStdString(drawing)); };
  return drawing::svgOf(scene.placed().picture(), options);
}

}  // namespace weir::designer
