#include "designer/ui/widgets/ground.hpp"

#include <QPaintEvent>
#include <QPixmapCache>

#include "designer/ui/theme/paint.hpp"

namespace weir::designer {
namespace {

QPixmap tile(const Colors& colors, double ratio) {
  const QString key = QStringLiteral("weir/ground/%1/%2").arg(colors.canvas.rgb(), 0, 16).arg(qRound(ratio * 100));
  QPixmap pixmap;
  if (QPixmapCache::find(key, &pixmap)) return pixmap;
  pixmap = QPixmap(qRound(canvas::kGrid * ratio), qRound(canvas::kGrid * ratio));
  pixmap.setDevicePixelRatio(ratio);
  pixmap.fill(colors.canvas);
  QPainter painter(&pixmap);
  const double middle = canvas::kGrid / 2.0;
  const QRectF dot(middle - canvas::kGridDot / 2, middle - canvas::kGridDot / 2, canvas::kGridDot, canvas::kGridDot);
  paint::roundedBox(painter, dot, canvas::kGridDot / 2, colors.grid, {});
  painter.end();
  QPixmapCache::insert(key, pixmap);
  return pixmap;
}

}  // namespace

void paintGround(QPainter& painter, const QRectF& rect, const QPointF& origin) {
  const double ratio = painter.device()->devicePixelRatio();
  painter.drawTiledPixmap(rect, tile(currentTheme().colors, ratio),
                          rect.topLeft() - origin + QPointF(canvas::kGrid / 2.0, canvas::kGrid / 2.0));
}

void Ground::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  paintGround(painter, event->rect(), QPointF(space::kLarge, space::kLarge));
}

}  // namespace weir::designer
