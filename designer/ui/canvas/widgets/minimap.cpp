#include "designer/ui/canvas/widgets/minimap.hpp"

#include <QMouseEvent>
#include <QPainter>

#include "designer/ui/canvas/scene/camera.hpp"
#include "designer/ui/canvas/scene/canvas_scene.hpp"
#include "designer/ui/theme/paint.hpp"

namespace weir::designer {

namespace {

constexpr int kLater = 200;  // ms: each time costs as much as an edit of a large topology

}  // namespace

Minimap::Minimap(const CanvasScene& scene, Camera& camera) : QWidget(&camera.frame()), scene_(scene), camera_(camera) {
  setFixedSize(canvas::kMinimapWidth, canvas::kMinimapHeight);
  setAccessibleName(tr("Minimap"));
  setCursor(Qt::ArrowCursor);
  later_.setSingleShot(true);
  later_.setInterval(kLater);
  connect(&later_, &QTimer::timeout, this, [this] {
    boxes_ = {};
    overview_.outdate();
    update();
  });
  connect(&camera_, &Camera::changed, this, qOverload<>(&QWidget::update));
}

void Minimap::outdate() {
  if (!later_.isActive()) later_.start();
}

QTransform Minimap::sceneToMap() const {
  const QRectF inner = QRectF(rect()).adjusted(space::kSmall, space::kSmall, -space::kSmall, -space::kSmall);
  QRectF all = scene_.placed().bounds();
  // A small topology is not blown up.
  const double least = canvas::kMinimapScaleMost;
  const double scale =
      all.isEmpty() ? least : qMin(least, qMin(inner.width() / all.width(), inner.height() / all.height()));
  QTransform to;
  to.translate(inner.center().x(), inner.center().y());
  to.scale(scale, scale);
  to.translate(-all.center().x(), -all.center().y());
  return to;
}

void Minimap::makeBoxes() {
  const double ratio = devicePixelRatio();
  boxes_ = QPixmap(size() * ratio);
  boxes_.setDevicePixelRatio(ratio);
  boxes_.fill(Qt::transparent);
  boxesAt_ = sceneToMap();
  QPainter painter(&boxes_);
  painter.setTransform(boxesAt_);
  overview_.paintBoxes(painter, themeOf(this), scene_.placed());
}

void Minimap::paintEvent(QPaintEvent* /*event*/) {
  if (boxes_.isNull() || boxes_.devicePixelRatio() != devicePixelRatio()) makeBoxes();
  const Colors& c = themeOf(this).colors;
  QPainter painter(this);
  const paint::Smooth smooth(painter);
  if (isInTheWay()) painter.setOpacity(canvas::kMinimapFaded);
  paint::roundedBox(painter, rect(), control::kRadius, c.card, c.border);
  painter.drawPixmap(0, 0, boxes_);
  const QRectF inner = QRectF(rect()).adjusted(space::kTiny, space::kTiny, -space::kTiny, -space::kTiny);
  const QRectF seen = boxesAt_.mapRect(camera_.seen()).intersected(inner);
  if (!seen.isEmpty()) {
    paint::roundedBox(painter, seen, control::kOutline, Theme::faded(c.accent, c.groupOpacity), c.accent,
                      control::kFocusRing);
  }
}

bool Minimap::isInTheWay() const {
  if (underMouse()) return false;
  return !scene_.placed().nodesIn(camera_.toScene(geometry())).empty();
}

void Minimap::enterEvent(QEnterEvent* event) {
  QWidget::enterEvent(event);
  update();
}

void Minimap::leaveEvent(QEvent* event) {
  QWidget::leaveEvent(event);
  update();
}

void Minimap::goTo(QPointF point) {
  const QRectF all = scene_.placed().bounds();
  const QPointF there = boxesAt_.inverted().map(point);
  camera_.lookAt({qBound(all.left(), there.x(), all.right()), qBound(all.top(), there.y(), all.bottom())});
}

void Minimap::mousePressEvent(QMouseEvent* event) {
  event->accept();
  if (event->button() == Qt::LeftButton) goTo(event->position());
}

void Minimap::mouseMoveEvent(QMouseEvent* event) {
  event->accept();
  if (event->buttons().testFlag(Qt::LeftButton)) goTo(event->position());
}

void Minimap::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange) {
    boxes_ = {};
    update();
  }
}

}  // namespace weir::designer
