#include "ui/canvas/paint/grid_painter.hpp"

#include <QPainter>
#include <cmath>

namespace weir::designer {

namespace {

constexpr int kSide = 3;  // of a pixmap with one dot in its middle
static_assert(canvas::kGridDot < kSide);

}  // namespace

void GridPainter::make(const Theme& theme, QSize size, double step, double ratio) {
  dots_ = QPixmap(size * ratio);
  dots_.setDevicePixelRatio(ratio);
  dots_.fill(theme.colors.canvas);
  color_ = theme.colors.canvas;
  step_ = step;
  QPixmap dot(QSize(kSide, kSide) * ratio);
  dot.setDevicePixelRatio(ratio);
  dot.fill(theme.colors.canvas);
  {
    QPainter painter(&dot);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colors.grid);
    painter.drawEllipse(QPointF(kSide / 2.0, kSide / 2.0), canvas::kGridDot / 2, canvas::kGridDot / 2);
  }
  QPainter painter(&dots_);
  for (double y = 0; y < size.height(); y += step) {
    for (double x = 0; x < size.width(); x += step) {
      painter.drawPixmap(QPointF(std::round(x * ratio) / ratio, std::round(y * ratio) / ratio), dot);
    }
  }
}

void GridPainter::paint(QPainter& painter, const Theme& theme, QSize window, const QTransform& sceneToWindow) {
  const double zoom = sceneToWindow.m11();
  if (zoom < canvas::kGridHiddenBelow) return painter.fillRect(QRect({}, window), theme.colors.canvas);
  const double step = canvas::kGrid * zoom;
  const double ratio = painter.device()->devicePixelRatio();
  const int more = static_cast<int>(std::ceil(step)) + 2;
  const QSize size = window + QSize(more, more);
  const bool fits = dots_.devicePixelRatio() == ratio && dots_.size() == size * ratio && step_ == step &&
                    color_ == theme.colors.canvas;
  if (!fits) make(theme, size, step, ratio);
  const QPointF origin = sceneToWindow.map(QPointF());
  const auto offset = [&](double at) {
    const double rest = std::fmod(at - kSide / 2.0, step);
    return std::round((rest > 0 ? rest - step : rest) * ratio) / ratio;
  };
  painter.drawPixmap(QPointF(offset(origin.x()), offset(origin.y())), dots_);
}

}  // namespace weir::designer
