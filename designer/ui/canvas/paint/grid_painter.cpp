#include "designer/ui/canvas/paint/grid_painter.hpp"

#include <QPainter>
#include <cmath>

namespace weir::designer {

namespace {

constexpr int kSide = 3;  // of a pixmap with one dot in its middle
static_assert(canvas::kGridDot < kSide);

double onPixel(double at, double ratio) {
  return std::round(at * ratio) / ratio;
}

}  // namespace

void GridPainter::makeRow(const Theme& theme, int width, double step, double ratio) {
  color_ = theme.colors.canvas;
  step_ = step;
  QPixmap dot(QSize(kSide, kSide) * ratio);
  dot.setDevicePixelRatio(ratio);
  dot.fill(color_);
  {
    QPainter painter(&dot);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colors.grid);
    painter.drawEllipse(QPointF(kSide / 2.0, kSide / 2.0), canvas::kGridDot / 2, canvas::kGridDot / 2);
  }
  row_ = QPixmap(QSize(width, kSide) * ratio);
  row_.setDevicePixelRatio(ratio);
  row_.fill(color_);
  QPainter painter(&row_);
  for (double x = 0; x < width; x += step) painter.drawPixmap(QPointF(onPixel(x, ratio), 0), dot);
}

void GridPainter::paint(QPainter& painter, const Theme& theme, QSize window, const QTransform& sceneToWindow) {
  painter.fillRect(QRect({}, window), theme.colors.canvas);
  const double zoom = sceneToWindow.m11();
  if (zoom < canvas::kGridHiddenBelow) return;
  const double step = canvas::kGrid * zoom;
  const double ratio = painter.device()->devicePixelRatio();
  const int width = window.width() + static_cast<int>(std::ceil(step)) + 2;
  const bool fits = row_.devicePixelRatio() == ratio && row_.width() == std::lround(width * ratio) && step_ == step &&
                    color_ == theme.colors.canvas;
  if (!fits) makeRow(theme, width, step, ratio);
  const QPointF origin = sceneToWindow.map(QPointF());
  const auto first = [&](double at) {
    const double rest = std::fmod(at - kSide / 2.0, step);
    return rest > 0 ? rest - step : rest;
  };
  const double left = onPixel(first(origin.x()), ratio);
  for (double y = first(origin.y()); y < window.height(); y += step) {
    painter.drawPixmap(QPointF(left, onPixel(y, ratio)), row_);
  }
}

}  // namespace weir::designer
