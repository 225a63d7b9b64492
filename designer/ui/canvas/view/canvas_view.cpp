#include "designer/ui/canvas/view/canvas_view.hpp"

#include <QContextMenuEvent>
#include <QGestureEvent>
#include <QPainter>

#include "designer/model/edits/edits.hpp"
#include "designer/ui/canvas/accessibility/canvas_accessible.hpp"
#include "designer/ui/canvas/paint/wire_painter.hpp"
#include "designer/ui/canvas/picture/hit_test.hpp"

namespace weir::designer {

CanvasView::CanvasView(Document& document, QWidget* parent)
    : SceneView(parent),
      document_(document),
      catalog_(ownScene().catalog()),
      glide_(document_, placed(), camera()),
      overlays_(ownScene(), camera()),
      popups_(camera()),
      navigation_(document_, ownScene(), camera()),
      texts_(document_, ownScene(), camera(), navigation_),
      commands_(document_, ownScene(), camera(), texts_),
      nodes_(document_, ownScene(), camera(), navigation_),
      operators_(document_, ownScene(), camera(), popups_, nodes_, navigation_),
      mends_(document_, ownScene(), popups_),
      connections_(ownScene(), popups_, navigation_, mends_),
      drop_(ownScene(), camera(), nodes_),
      resizing_(document_, *this, navigation_),
      mouse_(document_, ownScene(), camera()) {
  CanvasAccessible::install();
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  viewport()->setMouseTracking(true);
  viewport()->grabGesture(Qt::PinchGesture);
  setAccessibleName(tr("Canvas"));
  // What lies over the canvas, such as the words of an empty topology, takes no drops: they come to the view from it.
  setAcceptDrops(true);
  for (QObject* const target : {static_cast<QObject*>(this), static_cast<QObject*>(viewport())}) {
    target->installEventFilter(&drop_);
  }
  connectParts();
  showDocument();
  showSelection();
}

void CanvasView::connectParts() {
  connect(&document_, &Document::edited, this, [this] {
    camera().stay();
    popups_.close();
    showDocument();
  });
  connect(&document_, &Document::selectionChanged, this, &CanvasView::showSelection);
  connect(&glide_, &LayoutGlide::moved, this, [this](const Snapshot& between) {
    ownScene().show(between, catalog_, checked_);
    camera().refreshAt(placed().changed());
  });
  connect(&glide_, &LayoutGlide::finished, this, &CanvasView::settle);
  connect(&navigation_, &KeyboardNavigation::focused, this,
          [this] { CanvasAccessible::tell(*this, QAccessible::Focus); });
  connect(&nodes_, &NodeInsertion::inserted, this, &CanvasView::operatorUsed);
  connect(&operators_, &OperatorList::used, this, &CanvasView::operatorUsed);
  connect(&drop_, &PaletteDrop::entered, this, &CanvasView::settle);
  connect(&drop_, &PaletteDrop::filesDropped, this, &CanvasView::dataFilesDropped);
  connect(&drop_, &PaletteDrop::templateDropped, this, &CanvasView::templateDropped);
  connect(&drop_, &PaletteDrop::partsDropped, this, &CanvasView::partsDropped);
  connect(&mouse_, &MouseController::clicked, &navigation_, &KeyboardNavigation::setCurrent);
  connect(&mouse_, &MouseController::doubleClicked, this, &CanvasView::openDoubleClicked);
  connect(&mouse_, &MouseController::linkClicked, &navigation_, &KeyboardNavigation::followLink);
  connect(&mouse_, &MouseController::offerRequested, &operators_, &OperatorList::openToConnect);
  connect(&mouse_, &MouseController::connectRequested, &mends_, &MendList::connectPorts);
}

// --- The document

void CanvasView::setCatalog(CatalogRef catalog) {
  cancelGesture();
  catalog_ = std::move(catalog);
  showDocument();
}

void CanvasView::setChecked(Checked checked) {
  checked_ = std::move(checked);
  if (!glide_.running()) showDocument();  // else its end shows it
}

void CanvasView::setGliding(bool gliding) {
  glide_.forgetPlaces();
  if (!gliding || !camera().animates()) return;
  settle();
  glide_.rememberPlaces();
}

void CanvasView::settle() {
  if (glide_.running()) showDocument();
}

void CanvasView::showDocument() {
  glide_.stop();
  ownScene().show(document_.now(), catalog_, checked_);
  if (!current().empty() && !isThere(document_.topology(), current())) navigation_.focus({});
  navigation_.forgetLostBend();
  overlays_.layOut();
  glide_.start();
  camera().refreshAt(placed().changed());
  overlays_.pictureChanged();
  CanvasAccessible::tell(*this, QAccessible::ObjectReorder);
}

void CanvasView::showSelection() {
  CanvasLook& look = ownScene().look();
  look.selected = document_.selection();
  if (!look.current.empty()) look.current = navigation_.at();
  navigation_.forgetLostBend();
  camera().refresh();
  CanvasAccessible::tell(*this, QAccessible::SelectionWithin);
}

void CanvasView::showProperties() {
  const Selection& selection = document_.selection();
  const PlacedWire* const wire = selection.size() == 1 ? placed().wire(*selection.begin()) : nullptr;
  if (wire != nullptr && wire->picture->layout.link) return navigation_.followLink(wire->picture->id, std::nullopt);
  Q_EMIT propertiesRequested(selection.size() == 1 ? QString::fromStdString(*selection.begin()) : QString());
}

// --- Zoom and place

void CanvasView::zoomToFit() {
  camera().fit(placed().bounds());
}

void CanvasView::zoomToOpen() {
  camera().open(placed().bounds());
}

void CanvasView::zoomToSelection() {
  QRectF around;
  for (const std::string& id : document_.selection()) around |= placed().rectOf(id).value_or(QRectF());
  if (!around.isNull()) camera().fit(around);
}

void CanvasView::locate(const QString& id) {
  const std::string part = id.toStdString();
  const std::optional<QRectF> rect = placed().rectOf(part);
  if (!rect) return;
  document_.select({part});
  navigation_.focus(part);
  camera().show(qMax(camera().zoom(), canvas::kFullDetailFrom), rect->center());
}

void CanvasView::resizeEvent(QResizeEvent* event) {
  resizing_.begin(*event);
  SceneView::resizeEvent(event);
  overlays_.layOut();
  resizing_.end();
}

void CanvasView::showEvent(QShowEvent* event) {
  SceneView::showEvent(event);
  if (resizing_.start()) zoomToOpen();
}

// --- Painting

void CanvasView::drawForeground(QPainter* painter, const QRectF& /*rect*/) {
  const Theme& theme = themeOf(this);
  painter->save();
  mouse_.paint(*painter, theme);
  const CanvasLook& look = ownScene().look();
  const std::optional<PortRef>& named = isInGesture() ? look.aimed : look.port;
  if (named && detailAt(camera().zoom()) == Detail::Full) {
    paintPortName(*painter, theme, placed(), *named);
  }
  drop_.paint(*painter, theme);
  painter->restore();
}

// --- Mouse

bool CanvasView::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::Gesture && camera().pinch(*static_cast<QGestureEvent*>(event))) return true;
  if (event->type() == QEvent::ToolTip) {
    mouse_.showHelp(*static_cast<QHelpEvent*>(event));
    return true;
  }
  // It may stand still from now on: when the window comes up under it.
  if (event->type() == QEvent::Enter) camera().setPointer(static_cast<QEnterEvent*>(event)->position().toPoint());
  if (event->type() == QEvent::Leave) mouse_.leave();
  return SceneView::viewportEvent(event);
}

void CanvasView::mousePressEvent(QMouseEvent* event) {
  event->accept();
  settle();
  setFocus(Qt::MouseFocusReason);
  mouse_.press(*event);
}

void CanvasView::mouseMoveEvent(QMouseEvent* event) {
  event->accept();
  mouse_.move(*event);
}

void CanvasView::mouseReleaseEvent(QMouseEvent* event) {
  event->accept();
  mouse_.release(*event);
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent* event) {
  event->accept();
  mouse_.doubleClick(*event);
}

void CanvasView::openDoubleClicked(const std::string& id) {
  if (id.empty()) {
    operators_.openToAdd();
  } else if (const PlacedNode* const node = placed().node(id)) {
    if (catalog::isPartUse(node->picture->use)) return Q_EMIT partRequested(QString::fromStdString(id));
    Q_EMIT propertiesRequested(QString::fromStdString(id));
  } else {
    texts_.edit(id);
  }
}

void CanvasView::wheelEvent(QWheelEvent* event) {
  event->accept();
  mouse_.wheel(*event);
}

void CanvasView::cancelGesture() {
  settle();
  mouse_.cancel();
}

void CanvasView::contextMenuEvent(QContextMenuEvent* event) {
  event->accept();
  if (isInGesture()) return;
  settle();
  const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
  if (byMouse && commands_.selectWiresAt(mapToScene(event->pos()))) {
    Q_EMIT portMenuRequested(viewport()->mapToGlobal(event->pos()));
    return;
  }
  const Selection& selection = document_.selection();
  std::string id = byMouse ? idAt(placed(), mapToScene(event->pos())) : current();
  if (!byMouse && id.empty() && selection.size() == 1) id = *selection.begin();
  if (byMouse ? !selection.contains(id) : selection.empty()) document_.select(id.empty() ? Selection{} : Selection{id});
  const std::optional<QRectF> rect = placed().rectOf(id);
  const QPoint at = byMouse || !rect ? event->pos() : camera().toWindow(*rect).center();
  Q_EMIT menuRequested(QString::fromStdString(id), viewport()->mapToGlobal(at));
}

// --- Keys

void CanvasView::keyPressEvent(QKeyEvent* event) {
  event->accept();
  settle();
  const std::optional<CanvasKey> key = canvasKeyOf(*event);
  if (key == CanvasKey::Cancel) return mouse_.isBusy() ? cancelGesture() : navigation_.unselect();
  if (key == CanvasKey::Hand) return mouse_.setHand(true);
  if (isInGesture()) return;
  if (key == CanvasKey::Properties) return showProperties();
  const std::optional<Direction> direction = directionOf(*event);
  if (!key || !direction) return event->ignore();
  navigation_.press(*key, *direction);
}

void CanvasView::keyReleaseEvent(QKeyEvent* event) {
  event->accept();
  if (event->isAutoRepeat()) return;
  if (event->key() == Qt::Key_Space) mouse_.setHand(false);
  // Moves by key while Ctrl is down are one step.
  if (event->key() == Qt::Key_Control) document_.closeMerge();
}

void CanvasView::focusInEvent(QFocusEvent* event) {
  SceneView::focusInEvent(event);
  // The ring is where keys go. Whoever clicks sees where he is, and a window that comes back shows what it showed.
  const Qt::FocusReason reason = event->reason();
  if (reason == Qt::MouseFocusReason) return;
  if ((reason == Qt::ActiveWindowFocusReason || reason == Qt::PopupFocusReason) && !ringBefore_) return;
  navigation_.focus(navigation_.at());
}

void CanvasView::focusOutEvent(QFocusEvent* event) {
  SceneView::focusOutEvent(event);
  mouse_.setHand(false);
  ringBefore_ = !std::exchange(ownScene().look().current, {}).empty();
  camera().refresh();
}

// Tab leaves the canvas; arrows go around in it.
bool CanvasView::focusNextPrevChild(bool next) {
  return QWidget::focusNextPrevChild(next);  // NOLINT: a QGraphicsView would give Tab to its scene
}

}  // namespace weir::designer
