#include "designer/ui/canvas/scene/camera.hpp"

#include <QGestureEvent>
#include <QScrollBar>
#include <QVariantAnimation>
#include <cmath>

#include "designer/ui/canvas/paint/node_card.hpp"
#include "designer/ui/theme/tokens.h"

namespace weir::designer {

Camera::Camera(QGraphicsView& view) : view_(view) {}

QPointF Camera::insertionPoint() const {
  return window().underMouse() ? view_.mapToScene(pointer_) : middle();
}

// One rectangle around all that can be seen: painting takes longer with a clip of several than with a larger one.
void Camera::refreshAt(const std::vector<QRectF>& places) {
  const double margin = kCardMargin + port::kHitArea;
  const QRectF all = seen();
  QRectF around;
  for (const QRectF& place : places) around |= place.adjusted(-margin, -margin, margin, margin) & all;
  if (around.isNull()) return;
  const double dot = canvas::kOverviewDot;
  const QRectF rect = view_.viewportTransform().mapRect(around);
  window().update(rect.adjusted(-dot, -dot, dot, dot).toAlignedRect());
}

void Camera::panBy(QPoint by) {
  whole_ = Whole::No;
  view_.horizontalScrollBar()->setValue(view_.horizontalScrollBar()->value() - by.x());
  view_.verticalScrollBar()->setValue(view_.verticalScrollBar()->value() - by.y());
  Q_EMIT changed();
}

bool Camera::pinch(QGestureEvent& event) {
  const auto* const pinch = static_cast<QPinchGesture*>(event.gesture(Qt::PinchGesture));
  if (pinch == nullptr) return false;
  zoomAt(zoom() * pinch->scaleFactor(), window().mapFromGlobal(pinch->centerPoint()));
  return true;
}

void Camera::stop() {
  if (motion_ != nullptr) motion_->stop();
}

void Camera::apply(double zoom, QPointF middle) {
  view_.setTransform(QTransform::fromScale(zoom, zoom));
  view_.centerOn(middle);
  refresh();
  Q_EMIT changed();
}

void Camera::become(double zoom, QPointF middle) {
  stop();
  whole_ = Whole::No;
  apply(zoom, middle);
}

void Camera::show(double zoom, QPointF middle) {
  if (!animates()) return become(zoom, middle);
  stop();
  whole_ = Whole::No;
  const double zoomBefore = this->zoom();
  const QPointF middleBefore = this->middle();
  auto* const motion = new QVariantAnimation(&view_);  // deletes itself
  motion->setDuration(motion::kFit);
  motion->setEasingCurve(QEasingCurve::OutCubic);
  motion->setStartValue(0.0);
  motion->setEndValue(1.0);
  connect(motion, &QVariantAnimation::valueChanged, this, [=, this](const QVariant& value) {
    const double part = value.toDouble();
    apply(zoomBefore * std::pow(zoom / zoomBefore, part), middleBefore + (middle - middleBefore) * part);
  });
  motion_ = motion;
  motion->start(QAbstractAnimation::DeleteWhenStopped);
}

void Camera::reveal(const QRectF& rect) {
  const double margin = space::kHuge / zoom();
  const QRectF inner = seen().adjusted(margin, margin, -margin, -margin);
  const auto way = [](double low, double high, double innerLow, double innerHigh) {
    const double back = qMin(0.0, low - innerLow);
    return back < 0 ? back : qMin(qMax(0.0, high - innerHigh), low - innerLow);
  };
  QPointF by(way(rect.left(), rect.right(), inner.left(), inner.right()),
             way(rect.top(), rect.bottom(), inner.top(), inner.bottom()));
  const QRectF hidden = toScene(covered_);
  if (rect.translated(-by).adjusted(-margin, -margin, margin, margin).intersects(hidden)) {
    by.setY(way(rect.top(), rect.bottom(), inner.top(), hidden.top() - margin));
  }
  if (!by.isNull()) show(zoom(), seen().center() + by);
}

void Camera::keepInPlace(QPoint windowMoved) {
  if (windowMoved.isNull()) return;
  view_.horizontalScrollBar()->setValue(view_.horizontalScrollBar()->value() + windowMoved.x());
  view_.verticalScrollBar()->setValue(view_.verticalScrollBar()->value() + windowMoved.y());
}

Camera::Look Camera::fitting(const QRectF& rect) const {
  if (rect.isEmpty()) return {1, rect.center()};
  const QSizeF room = window().size() - 2 * QSize(canvas::kFitMargin, canvas::kFitMargin);
  const auto zoomInto = [&](QSizeF size) {
    const double fitting = qMin(size.width() / rect.width(), size.height() / rect.height());
    return qBound(canvas::kLeastZoom, fitting, 1.0);
  };
  double zoom = zoomInto(room);
  const QSizeF shown = rect.size() * zoom;
  const QPointF end = QRectF(window().rect()).center() + QPointF(shown.width(), shown.height()) / 2;
  double up = 0;
  if (end.x() > covered_.left() && end.y() > covered_.top()) {
    up = window().height() - covered_.top() - canvas::kOverlayInset;
    zoom = zoomInto(room - QSizeF(0, up));
  }
  return {zoom, rect.center() + QPointF(0, up / 2 / zoom)};
}

Camera::Look Camera::opening(const QRectF& rect) const {
  Look look = fitting(rect);
  const double least = canvas::kFullDetailFrom;
  if (look.zoom >= least || look.zoom < least * canvas::kOpensWholeBelow) return look;
  const double margin = 2 * canvas::kFitMargin / least;
  const QSizeF beyond = rect.size() + QSizeF(margin, margin) - QSizeF(window().size()) / least;
  return {least, rect.center() - QPointF(qMax(0.0, beyond.width()), qMax(0.0, beyond.height())) / 2};
}

void Camera::fit(const QRectF& rect) {
  const Look look = fitting(rect);
  show(look.zoom, look.middle);
  whole_ = Whole::Fitted;
}

void Camera::open(const QRectF& rect) {
  const Look look = opening(rect);
  become(look.zoom, look.middle);
  whole_ = Whole::Opened;
}

void Camera::fitAgain(const QRectF& rect, double leastPart) {
  const Whole whole = whole_;
  if (whole == Whole::No) return;
  const Look look = whole == Whole::Fitted ? fitting(rect) : opening(rect);
  if (look.zoom < leastPart * zoom()) return;
  become(look.zoom, look.middle);
  whole_ = whole;
}

void Camera::zoomAt(double zoom, QPointF inWindow) {
  stop();
  const double next = qBound(canvas::kLeastZoom, zoom, canvas::kMostZoom);
  const QPointF center = QPointF(window().rect().center());
  become(next, toScene(inWindow) + (center - inWindow) / next);
}

void Camera::setZoom(double zoom) {
  zoomAt(zoom, window().rect().center());
}

void Camera::zoomIn() {
  setZoom(zoom() * canvas::kZoomStep);
}

void Camera::zoomOut() {
  setZoom(zoom() / canvas::kZoomStep);
}

void Camera::zoomToHundred() {
  show(1, middle());
}

}  // namespace weir::designer
