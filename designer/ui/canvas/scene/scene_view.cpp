#include "designer/ui/canvas/scene/scene_view.hpp"

#include <QPaintEvent>
#include <QPainter>

namespace weir::designer {

SceneView::SceneView(QWidget* parent) : QGraphicsView(parent), scene_(new CanvasScene(this)), camera_(*this) {
  setScene(scene_);
  setFrameShape(QFrame::NoFrame);
  setViewportUpdateMode(FullViewportUpdate);
  // The grid covers all of it: to paint what is below first would be a third of a frame at two pixels a point.
  viewport()->setAutoFillBackground(false);
  viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setTransformationAnchor(NoAnchor);
  setResizeAnchor(NoAnchor);
  again_.setSingleShot(true);
  connect(&again_, &QTimer::timeout, this, [this] { camera_.refresh(); });
}

void SceneView::paintEvent(QPaintEvent* event) {
  QGraphicsView::paintEvent(event);
  if (scene_->unfinished()) again_.start(0);
}

void SceneView::drawBackground(QPainter* painter, const QRectF& /*rect*/) {
  painter->save();
  const QTransform toWindow = painter->worldTransform();
  painter->setWorldTransform(QTransform());
  grid_.paint(*painter, themeOf(this), viewport()->size(), toWindow);
  painter->restore();
}

void SceneView::changeEvent(QEvent* event) {
  QGraphicsView::changeEvent(event);
  switch (event->type()) {
    case QEvent::StyleChange:
    case QEvent::PaletteChange:
    case QEvent::ApplicationPaletteChange:
    case QEvent::LanguageChange:
      scene_->forgetPixmaps();
      camera_.refresh();
      break;
    default: break;
  }
}

}  // namespace weir::designer
