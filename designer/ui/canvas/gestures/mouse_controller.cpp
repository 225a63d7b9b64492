// The mouse on the canvas: which gesture begins where.
#include <QApplication>
#include <QGestureEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QToolTip>
#include <cmath>

#include "designer/ui/canvas/gestures/box_gesture.hpp"
#include "designer/ui/canvas/gestures/move_gesture.hpp"
#include "designer/ui/canvas/gestures/pan_gesture.hpp"
#include "designer/ui/canvas/gestures/wire_gesture.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/view/canvas_view.hpp"

namespace weir::designer {

namespace {

constexpr int kWheelNotch = 120;  // what a wheel turns by one notch

}  // namespace

MouseAt CanvasView::mouseAt(const QMouseEvent& event) const {
  return {viewportTransform().inverted().map(event.position()), event.position().toPoint(), event.modifiers()};
}

void CanvasView::begin(std::unique_ptr<Gesture> gesture) {
  gesture_ = std::move(gesture);
  look().hovered.clear();
  refresh();
}

void CanvasView::finishGesture() {
  gesture_.reset();
  edgeTimer_.stop();
  press_.pending = false;
  viewport()->unsetCursor();
  refresh();
}

void CanvasView::cancelGesture() {
  settle();
  if (gesture_ != nullptr) gesture_->cancel();
  finishGesture();
}

void CanvasView::mousePressEvent(QMouseEvent* event) {
  event->accept();
  settle();
  setFocus(Qt::MouseFocusReason);
  mouse_ = mouseAt(*event);
  if (gesture_ != nullptr) return;
  const bool pans = event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && spaceDown_);
  if (pans) {
    begin(std::make_unique<PanGesture>(*this, mouse_));
    viewport()->setCursor(Qt::ClosedHandCursor);
  } else if (event->button() == Qt::LeftButton) {
    press(mouse_);
  }
}

const PlacedWire* CanvasView::selectedWireAt(const PortRef& port) const {
  for (const int number : placed().node(port.node)->wires) {
    const PlacedWire& wire = placed().wire(number);
    const drawing::WirePicture& picture = *wire.picture;
    const bool ends = port.output ? picture.fromNode == port.node && picture.fromPort == port.port
                                  : picture.toNode == port.node && picture.toPort == port.port;
    if (ends && !wire.route.empty() && document_.selection().contains(picture.id)) return &wire;
  }
  return nullptr;
}

void CanvasView::press(const MouseAt& at) {
  QToolTip::hideText();
  look().current.clear();
  if (const std::optional<PortRef> port = placed().portAt(at.scene)) {
    const PlacedWire* const wire = selectedWireAt(*port);
    return begin(wire != nullptr ? std::make_unique<WireGesture>(*this, at, *wire, port->output)
                                 : std::make_unique<WireGesture>(*this, at, *port));
  }
  if (const drawing::GroupPicture* const group = placed().triangleAt(at.scene)) {
    if (placed().nodeAt(at.scene) == nullptr) {
      return document_.apply(setCollapsed(document_.topology(), group->id, !group->collapsed));
    }
  }
  press_ = {true, at, placed().idAt(at.scene), false};
  press_.wasSelected = document_.selection().contains(press_.id);
  const bool adds = at.keys.testFlag(Qt::ShiftModifier);
  if (!press_.id.empty() && !press_.wasSelected && !adds) document_.select({press_.id});
  if (press_.id.empty() && !adds) document_.select({});
}

// Far enough from where it was pressed.
void CanvasView::beginDrag(const MouseAt& at) {
  press_.pending = false;
  const bool shift = press_.at.keys.testFlag(Qt::ShiftModifier);
  const PlacedWire* const wire = placed().wire(press_.id);
  if (press_.id.empty() || (wire != nullptr && shift)) {
    begin(std::make_unique<BoxGesture>(*this, press_.at));
  } else if (wire != nullptr) {
    const QPointF from = press_.at.scene;
    const bool output = QLineF(from, wire->route.front()).length() < QLineF(from, wire->route.back()).length();
    begin(std::make_unique<WireGesture>(*this, press_.at, *wire, output));
  } else if (shift && placed().node(press_.id) != nullptr) {
    document_.select({press_.id});
    begin(std::make_unique<PullOutGesture>(*this, press_.at, press_.id));
  } else {
    if (shift) document_.select({press_.id});
    begin(std::make_unique<MoveGesture>(*this, press_.at, press_.id));
  }
  gesture_->update(at);
  edgeTimer_.start();
}

void CanvasView::click(const MouseAt& at) {
  if (press_.id.empty()) return;
  Selection selection = document_.selection();
  if (at.keys.testFlag(Qt::ShiftModifier)) {
    if (press_.wasSelected) {
      selection.erase(press_.id);
    } else {
      selection.insert(press_.id);
    }
  } else {
    selection = {press_.id};
  }
  document_.select(std::move(selection));
  current_ = press_.id;
  Q_EMIT currentChanged();
}

void CanvasView::mouseMoveEvent(QMouseEvent* event) {
  event->accept();
  mouse_ = mouseAt(*event);
  if (gesture_ != nullptr) {
    if (!edgeTimer_.isActive() && gesture_->scrollsAtEdges()) edgeTimer_.start();
    return gesture_->update(mouse_);
  }
  if (press_.pending) {
    if ((mouse_.window - press_.at.window).manhattanLength() >= canvas::kDragDistance) beginDrag(mouse_);
    return;
  }
  hover(mouse_.scene);
}

void CanvasView::hover(QPointF scene) {
  std::optional<PortRef> under = placed().portAt(scene);
  const bool port = under.has_value();
  std::string id = port ? std::string() : placed().idAt(scene);
  if (spaceDown_) {
    viewport()->setCursor(Qt::OpenHandCursor);
  } else if (port) {
    viewport()->setCursor(Qt::CrossCursor);
  } else {
    viewport()->unsetCursor();
  }
  if (id == look().hovered && under == look().port) return;
  look().hovered = std::move(id);
  look().port = std::move(under);
  refresh();
}

void CanvasView::mouseReleaseEvent(QMouseEvent* event) {
  event->accept();
  mouse_ = mouseAt(*event);
  if (gesture_ != nullptr && event->buttons() == Qt::NoButton) {
    gesture_->end(mouse_);
    finishGesture();
  } else if (press_.pending && event->button() == Qt::LeftButton) {
    press_.pending = false;
    click(mouse_);
  }
  hover(mouse_.scene);
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent* event) {
  event->accept();
  if (event->button() != Qt::LeftButton) return;
  mouse_ = mouseAt(*event);
  const std::string id = placed().idAt(mouse_.scene);
  const bool node = placed().node(id) != nullptr;
  if (id.empty()) {
    quickAdd();
  } else if (node) {
    Q_EMIT propertiesRequested(QString::fromStdString(id));
  } else if (placed().wire(id) == nullptr) {
    editText(id);
  }
}

void CanvasView::wheelEvent(QWheelEvent* event) {
  event->accept();
  const QPointF fine = event->pixelDelta().isNull() ? QPointF() : QPointF(event->pixelDelta());
  if (event->modifiers().testFlag(Qt::ControlModifier)) {
    const double notches = fine.isNull() ? event->angleDelta().y() / double{kWheelNotch} : fine.y() / kWheelNotch;
    return zoomAt(zoom() * std::pow(canvas::kZoomStep, notches), event->position());
  }
  QPointF by = fine;
  if (by.isNull()) by = QPointF(event->angleDelta()) * canvas::kScrollNotch / kWheelNotch;
  if (event->modifiers().testFlag(Qt::ShiftModifier)) by = by.transposed();
  panBy(by.toPoint());
  if (gesture_ != nullptr) {
    mouse_.scene = viewportTransform().inverted().map(QPointF(mouse_.window));
    gesture_->update(mouse_);
  }
}

bool CanvasView::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::Gesture) {
    auto* const pinch = static_cast<QPinchGesture*>(static_cast<QGestureEvent*>(event)->gesture(Qt::PinchGesture));
    if (pinch != nullptr) {
      zoomAt(zoom() * pinch->scaleFactor(), viewport()->mapFromGlobal(pinch->centerPoint()));
      return true;
    }
  }
  if (event->type() == QEvent::ToolTip) {
    auto* const help = static_cast<QHelpEvent*>(event);
    const drawing::NodePicture* const node = placed().nodeAt(mapToScene(help->pos()));
    const bool cut = node != nullptr && (node->name != node->fullName || detailAt(zoom()) != Detail::Full);
    QToolTip::showText(help->globalPos(), cut ? QString::fromStdString(node->fullName) : QString(), viewport());
    return true;
  }
  if (event->type() == QEvent::Leave) {
    look().hovered.clear();
    look().port.reset();
    refresh();
  }
  return QGraphicsView::viewportEvent(event);
}

void CanvasView::scrollAtEdge() {
  if (gesture_ == nullptr || !gesture_->scrollsAtEdges()) return edgeTimer_.stop();
  const QRect inner = viewport()->rect().adjusted(space::kHuge, space::kHuge, -space::kHuge, -space::kHuge);
  const auto beyond = [](int at, int low, int high) { return at < low ? low - at : at > high ? high - at : 0; };
  const QPoint by(beyond(mouse_.window.x(), inner.left(), inner.right()),
                  beyond(mouse_.window.y(), inner.top(), inner.bottom()));
  if (by.isNull()) return;
  panBy({qBound(-canvas::kEdgeStep, by.x(), canvas::kEdgeStep), qBound(-canvas::kEdgeStep, by.y(), canvas::kEdgeStep)});
  mouse_.scene = viewportTransform().inverted().map(QPointF(mouse_.window));
  gesture_->update(mouse_);
}

void CanvasView::contextMenuEvent(QContextMenuEvent* event) {
  event->accept();
  if (gesture_ != nullptr) return;
  settle();
  const std::string id = placed().idAt(mapToScene(event->pos()));
  if (event->reason() == QContextMenuEvent::Mouse && !document_.selection().contains(id)) {
    document_.select(id.empty() ? Selection{} : Selection{id});
  }
  if (actions().isEmpty()) return;
  auto* const menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addActions(actions());
  menu->popup(event->globalPos());
}

}  // namespace weir::designer
