#include "designer/ui/canvas/view/canvas_view.hpp"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QVariantAnimation>
#include <cmath>

#include "core/drawing/look/measures.hpp"
#include "designer/ui/canvas/accessibility/canvas_accessible.hpp"
#include "designer/ui/canvas/gestures/splice.hpp"
#include "designer/ui/canvas/paint/wire_painter.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/widgets/list_popup.hpp"
#include "designer/ui/canvas/widgets/minimap.hpp"
#include "designer/ui/canvas/widgets/zoom_pill.hpp"

namespace weir::designer {

namespace {

constexpr int kEdgeTick = 16;  // ms between two steps at the edge: a frame

}  // namespace

CanvasView::CanvasView(Document& document, QWidget* parent)
    : QGraphicsView(parent),
      document_(document),
      scene_(new CanvasScene(this)),
      catalog_(scene_->catalog()),
      minimap_(new Minimap(*this)),
      zoomPill_(new ZoomPill(*this)) {
  CanvasAccessible::install();
  setScene(scene_);
  setFrameShape(QFrame::NoFrame);
  setViewportUpdateMode(FullViewportUpdate);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setTransformationAnchor(NoAnchor);
  setResizeAnchor(NoAnchor);
  setFocusPolicy(Qt::StrongFocus);
  setAcceptDrops(true);
  setMouseTracking(true);
  viewport()->setMouseTracking(true);
  viewport()->grabGesture(Qt::PinchGesture);
  setAccessibleName(tr("Canvas"));
  edgeTimer_.setInterval(kEdgeTick);
  connect(&edgeTimer_, &QTimer::timeout, this, &CanvasView::scrollAtEdge);
  again_.setSingleShot(true);
  connect(&again_, &QTimer::timeout, this, &CanvasView::refresh);
  connect(&document_, &Document::edited, this, &CanvasView::showDocument);
  connect(&document_, &Document::selectionChanged, this, &CanvasView::showSelection);
  showDocument();
  showSelection();
}

CanvasView::~CanvasView() {
  gesture_.reset();  // it looks at the document
}

void CanvasView::setCatalog(CatalogRef catalog) {
  cancelGesture();
  catalog_ = std::move(catalog);
  showDocument();
}

void CanvasView::setChecked(Checked checked) {
  checked_ = std::move(checked);
  if (glide_ == nullptr) showDocument();  // else its end shows it
}

ListPopup* CanvasView::popup() const {
  return popup_;
}

void CanvasView::setMinimapShown(bool shown) {
  minimapShown_ = shown;
  layOverlays();
}

void CanvasView::showDocument() {
  endGlide();
  scene_->show(document_.now(), catalog_, checked_);
  if (!current_.empty() && !isThere(document_.topology(), current_)) setCurrent({});
  layOverlays();
  beginGlide();
  refreshAt(placed().changed());
  Q_EMIT pictureChanged();
  tellScreenReader(QAccessible::ObjectReorder);
}

void CanvasView::showSelection() {
  scene_->look().selected = document_.selection();
  refresh();
  tellScreenReader(QAccessible::SelectionWithin);
}

// One rectangle around all that can be seen: painting takes longer with a clip of several than with a larger one.
void CanvasView::refreshAt(const std::vector<QRectF>& places) {
  const double margin = kCardMargin + port::kHitArea;
  const QRectF all = seen();
  QRectF around;
  for (const QRectF& place : places) around |= place.adjusted(-margin, -margin, margin, margin) & all;
  if (around.isNull()) return;
  const double dot = canvas::kOverviewDot;
  const QRectF window = viewportTransform().mapRect(around);
  viewport()->update(window.adjusted(-dot, -dot, dot, dot).toAlignedRect());
}

void CanvasView::paintEvent(QPaintEvent* event) {
  QGraphicsView::paintEvent(event);
  if (scene_->unfinished()) again_.start(0);
}

void CanvasView::drawBackground(QPainter* painter, const QRectF& /*rect*/) {
  painter->save();
  const QTransform toWindow = painter->worldTransform();
  painter->setWorldTransform(QTransform());
  grid_.paint(*painter, themeOf(this), viewport()->size(), toWindow);
  painter->restore();
}

void CanvasView::drawForeground(QPainter* painter, const QRectF& /*rect*/) {
  const Theme& theme = themeOf(this);
  painter->save();
  if (gesture_ != nullptr) gesture_->paint(*painter, theme);
  const std::optional<PortRef>& named = gesture_ != nullptr ? look().aimed : look().port;
  if (named && detailAt(zoom()) == Detail::Full) paintPortName(*painter, theme, *named, placed().pointOf(*named));
  if (!draggedRect_.isNull()) {
    painter->setRenderHint(QPainter::Antialiasing);
    QPen pen(theme.colors.accent, wire::kDraft);
    pen.setDashPattern({drawing::kDash / wire::kDraft, drawing::kDashGap / wire::kDraft});
    painter->setPen(pen);
    painter->setBrush(Theme::faded(theme.colors.accent, theme.colors.hoverOpacity));
    painter->drawRoundedRect(draggedRect_, drawing::kNodeRadius, drawing::kNodeRadius);
  }
  painter->restore();
}

void CanvasView::changeEvent(QEvent* event) {
  QGraphicsView::changeEvent(event);
  switch (event->type()) {
    case QEvent::StyleChange:
    case QEvent::PaletteChange:
    case QEvent::ApplicationPaletteChange:
    case QEvent::LanguageChange:
      scene_->forgetPixmaps();
      refresh();
      break;
    default: break;
  }
}

void CanvasView::resizeEvent(QResizeEvent* event) {
  QGraphicsView::resizeEvent(event);
  layOverlays();
  Q_EMIT viewChanged();
}

void CanvasView::showEvent(QShowEvent* event) {
  QGraphicsView::showEvent(event);
  if (placedOnce_) return;
  placedOnce_ = true;
  const bool reduced = std::exchange(reducedMotion_, true);
  zoomToFit();
  reducedMotion_ = reduced;
}

// --- Zoom and place

void CanvasView::panBy(QPoint by) {
  horizontalScrollBar()->setValue(horizontalScrollBar()->value() - by.x());
  verticalScrollBar()->setValue(verticalScrollBar()->value() - by.y());
  Q_EMIT viewChanged();
}

void CanvasView::showRect(double zoom, QPointF middle, bool animated) {
  if (motion_ != nullptr) motion_->stop();
  const auto become = [this](double z, QPointF m) {
    setTransform(QTransform::fromScale(z, z));
    centerOn(m);
    refresh();
    Q_EMIT viewChanged();
  };
  if (!animated || reducedMotion_ || !isVisible()) return become(zoom, middle);
  const double zoomBefore = this->zoom();
  const QPointF middleBefore = mapToScene(viewport()->rect().center());
  auto* const motion = new QVariantAnimation(this);  // deletes itself
  motion->setDuration(motion::kFit);
  motion->setEasingCurve(QEasingCurve::OutCubic);
  motion->setStartValue(0.0);
  motion->setEndValue(1.0);
  connect(motion, &QVariantAnimation::valueChanged, this, [=](const QVariant& value) {
    const double part = value.toDouble();
    become(zoomBefore * std::pow(zoom / zoomBefore, part), middleBefore + (middle - middleBefore) * part);
  });
  motion_ = motion;
  motion->start(QAbstractAnimation::DeleteWhenStopped);
}

void CanvasView::zoomAt(double zoom, QPointF window) {
  if (motion_ != nullptr) motion_->stop();
  const double next = qBound(canvas::kLeastZoom, zoom, canvas::kMostZoom);
  const QPointF middle = QPointF(viewport()->rect().center());
  const QPointF under = viewportTransform().inverted().map(window);
  showRect(next, under + (middle - window) / next, false);
}

void CanvasView::setZoom(double zoom) {
  zoomAt(zoom, viewport()->rect().center());
}

void CanvasView::zoomIn() {
  setZoom(zoom() * canvas::kZoomStep);
}

void CanvasView::zoomOut() {
  setZoom(zoom() / canvas::kZoomStep);
}

void CanvasView::zoomToHundred() {
  showRect(1, mapToScene(viewport()->rect().center()), true);
}

// Above the minimap, if it would cover something otherwise.
void CanvasView::fitInto(const QRectF& rect, double mostZoom) {
  if (rect.isEmpty()) return showRect(1, rect.center(), true);
  const QSizeF room = viewport()->size() - 2 * QSize(canvas::kFitMargin, canvas::kFitMargin);
  const auto zoomIn = [&](QSizeF size) {
    const double fitting = qMin(size.width() / rect.width(), size.height() / rect.height());
    return qBound(canvas::kLeastZoom, fitting, mostZoom);
  };
  double zoom = zoomIn(room);
  const QSizeF shown = rect.size() * zoom;
  const QPointF end = QRectF(viewport()->rect()).center() + QPointF(shown.width(), shown.height()) / 2;
  QRect covered = zoomPill_->geometry();
  if (!minimap_->isHidden()) covered |= minimap_->geometry();
  double up = 0;
  if (end.x() > covered.left() && end.y() > covered.top()) {
    up = viewport()->height() - covered.top() - canvas::kOverlayInset;
    zoom = zoomIn(room - QSizeF(0, up));
  }
  showRect(zoom, rect.center() + QPointF(0, up / 2 / zoom), true);
}

void CanvasView::zoomToFit() {
  fitInto(placed().bounds(), 1);
}

void CanvasView::zoomToSelection() {
  QRectF around;
  for (const std::string& id : document_.selection()) around |= placed().rectOf(id).value_or(QRectF());
  if (!around.isNull()) fitInto(around, 1);
}

void CanvasView::locate(const QString& id) {
  const std::string part = id.toStdString();
  const std::optional<QRectF> rect = placed().rectOf(part);
  if (!rect) return;
  document_.select({part});
  setCurrent(part);
  showRect(qMax(zoom(), canvas::kFullDetailFrom), rect->center(), true);
}

void CanvasView::layOverlays() {
  const QPoint corner =
      viewport()->geometry().bottomRight() + QPoint(1, 1) - QPoint(canvas::kOverlayInset, canvas::kOverlayInset);
  minimap_->move(corner - QPoint(minimap_->width(), minimap_->height()));
  zoomPill_->adjustSize();
  const bool mapped = minimapShown_ && !placed().picture().nodes.empty();
  minimap_->setVisible(mapped);
  const int right = mapped ? minimap_->x() - space::kSmall : corner.x();
  zoomPill_->move(right - zoomPill_->width(), corner.y() - zoomPill_->height());
}

void CanvasView::tellScreenReader(QAccessible::Event what) {
  if (!QAccessible::isActive()) return;
  QAccessibleEvent event(this, what);
  if (what == QAccessible::Focus) {
    const auto* const ours = dynamic_cast<CanvasAccessible*>(QAccessible::queryAccessibleInterface(this));
    const int index = ours == nullptr || current_.empty() ? -1 : ours->indexOf(current_);
    if (index < 0) return;
    event.setChild(index);
  }
  QAccessible::updateAccessibility(&event);
}

}  // namespace weir::designer
