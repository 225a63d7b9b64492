#include "designer/ui/canvas/gestures/mouse_controller.hpp"

#include <QMouseEvent>
#include <QToolTip>
#include <cmath>

#include "designer/model/edits/edits.hpp"
#include "designer/ui/canvas/gestures/box_gesture.hpp"
#include "designer/ui/canvas/gestures/move_gesture.hpp"
#include "designer/ui/canvas/gestures/pan_gesture.hpp"
#include "designer/ui/canvas/gestures/width_gesture.hpp"
#include "designer/ui/canvas/gestures/wire_gesture.hpp"
#include "designer/ui/canvas/picture/hit_test.hpp"
#include "designer/ui/canvas/scene/placing.hpp"
#include "designer/ui/theme/tokens.h"

namespace weir::designer {

namespace {

constexpr int kEdgeTick = 16;     // ms between two steps at the edge: a frame
constexpr int kWheelNotch = 120;  // what a wheel turns by one notch

}  // namespace

MouseController::MouseController(Document& document, CanvasScene& scene, Camera& camera)
    : document_(document), scene_(scene), camera_(camera) {
  edgeTimer_.setInterval(kEdgeTick);
  connect(&edgeTimer_, &QTimer::timeout, this, &MouseController::scrollAtEdge);
}

MouseController::~MouseController() {
  gesture_.reset();  // it looks at the document through this
}

void MouseController::moveTo(const QMouseEvent& event) {
  mouse_ = {camera_.toScene(event.position()), event.position().toPoint(), event.modifiers()};
  camera_.setPointer(mouse_.window);
}

// --- Gestures

void MouseController::begin(std::unique_ptr<Gesture> gesture) {
  gesture_ = std::move(gesture);
  look().hovered.clear();
  camera_.refresh();
}

void MouseController::finish() {
  gesture_.reset();
  edgeTimer_.stop();
  press_.pending = false;
  camera_.window().unsetCursor();
  camera_.refresh();
}

void MouseController::cancel() {
  if (gesture_ != nullptr) gesture_->cancel();
  finish();
}

void MouseController::paint(QPainter& painter, const Theme& theme) const {
  if (gesture_ != nullptr) gesture_->paint(painter, theme);
}

void MouseController::setHand(bool held) {
  if (std::exchange(hand_, held) == held || gesture_ != nullptr) return;
  if (held) {
    camera_.window().setCursor(Qt::OpenHandCursor);
  } else {
    camera_.window().unsetCursor();
  }
}

// --- From press to release

void MouseController::press(const QMouseEvent& event) {
  moveTo(event);
  if (gesture_ != nullptr) return;
  const bool pans = event.button() == Qt::MiddleButton || (event.button() == Qt::LeftButton && hand_);
  if (pans) {
    begin(std::make_unique<PanGesture>(host(), mouse_));
    camera_.window().setCursor(Qt::ClosedHandCursor);
  } else if (event.button() == Qt::LeftButton) {
    beginPress();
  }
}

const PlacedWire* MouseController::selectedWireAt(const PortRef& port) const {
  for (const int number : placed().node(port.node)->wires) {
    const PlacedWire& wire = placed().wire(number);
    const drawing::WirePicture& picture = *wire.picture;
    const bool ends = port.output ? picture.fromNode == port.node && picture.fromPort == port.port
                                  : picture.toNode == port.node && picture.toPort == port.port;
    if (ends && !wire.route.empty() && document_.selection().contains(picture.id)) return &wire;
  }
  return nullptr;
}

void MouseController::beginPress() {
  QToolTip::hideText();
  look().current.clear();
  if (const std::optional<PortRef> port = portAt(placed(), mouse_.scene)) {
    const PlacedWire* const wire = selectedWireAt(*port);
    return begin(wire != nullptr ? std::make_unique<WireGesture>(host(), mouse_, *wire, port->output)
                                 : std::make_unique<WireGesture>(host(), mouse_, *port));
  }
  if (const drawing::GroupPicture* const group = triangleAt(placed(), mouse_.scene)) {
    if (nodeAt(placed(), mouse_.scene) == nullptr) {
      return document_.apply(withCollapsed(scene_, document_.selection(), group->id, !group->collapsed));
    }
  }
  if (const drawing::CommentPicture* const comment = commentEdgeAt(placed(), mouse_.scene)) {
    return begin(std::make_unique<WidthGesture>(host(), mouse_, *comment));
  }
  press_ = {true, mouse_, idAt(placed(), mouse_.scene), false};
  press_.wasSelected = document_.selection().contains(press_.id);
  const bool adds = mouse_.keys.testFlag(Qt::ShiftModifier);
  if (!press_.id.empty() && !press_.wasSelected && !adds) document_.select({press_.id});
  if (press_.id.empty() && !adds) document_.select({});
}

// Far enough from where it was pressed.
void MouseController::beginDrag() {
  press_.pending = false;
  const bool shift = press_.at.keys.testFlag(Qt::ShiftModifier);
  const PlacedWire* const wire = placed().wire(press_.id);
  if (press_.id.empty() || (wire != nullptr && shift)) {
    begin(std::make_unique<BoxGesture>(host(), press_.at));
  } else if (wire != nullptr) {
    const QPointF from = press_.at.scene;
    const bool output = QLineF(from, wire->route.front()).length() < QLineF(from, wire->route.back()).length();
    begin(std::make_unique<WireGesture>(host(), press_.at, *wire, output));
  } else if (shift && placed().node(press_.id) != nullptr) {
    document_.select({press_.id});
    begin(std::make_unique<PullOutGesture>(host(), press_.at, press_.id));
  } else {
    if (shift) document_.select({press_.id});
    begin(std::make_unique<MoveGesture>(host(), press_.at, press_.id));
  }
  gesture_->update(mouse_);
  edgeTimer_.start();
}

void MouseController::click() {
  if (press_.id.empty()) return;
  Selection selection = document_.selection();
  if (mouse_.keys.testFlag(Qt::ShiftModifier)) {
    if (press_.wasSelected) {
      selection.erase(press_.id);
    } else {
      selection.insert(press_.id);
    }
  } else {
    selection = {press_.id};
  }
  document_.select(std::move(selection));
  Q_EMIT clicked(press_.id);
}

void MouseController::move(const QMouseEvent& event) {
  moveTo(event);
  if (gesture_ != nullptr) {
    if (!edgeTimer_.isActive() && gesture_->scrollsAtEdges()) edgeTimer_.start();
    return gesture_->update(mouse_);
  }
  if (press_.pending) {
    if ((mouse_.window - press_.at.window).manhattanLength() >= canvas::kDragDistance) beginDrag();
    return;
  }
  hover();
}

void MouseController::release(const QMouseEvent& event) {
  moveTo(event);
  if (gesture_ != nullptr && event.buttons() == Qt::NoButton) {
    gesture_->end(mouse_);
    finish();
  } else if (press_.pending && event.button() == Qt::LeftButton) {
    press_.pending = false;
    click();
  }
  hover();
}

void MouseController::doubleClick(const QMouseEvent& event) {
  if (event.button() != Qt::LeftButton) return;
  moveTo(event);
  Q_EMIT doubleClicked(idAt(placed(), mouse_.scene));
}

// --- Wheel and edges

void MouseController::wheel(const QWheelEvent& event) {
  const QPointF fine = event.pixelDelta().isNull() ? QPointF() : QPointF(event.pixelDelta());
  if (event.modifiers().testFlag(Qt::ControlModifier)) {
    const double notches = fine.isNull() ? event.angleDelta().y() / double{kWheelNotch} : fine.y() / kWheelNotch;
    return camera_.zoomAt(camera_.zoom() * std::pow(canvas::kZoomStep, notches), event.position());
  }
  QPointF by = fine;
  if (by.isNull()) by = QPointF(event.angleDelta()) * canvas::kScrollNotch / kWheelNotch;
  if (event.modifiers().testFlag(Qt::ShiftModifier)) by = by.transposed();
  camera_.panBy(by.toPoint());
  if (gesture_ != nullptr) updateMoved();
}

void MouseController::updateMoved() {
  mouse_.scene = camera_.toScene(QPointF(mouse_.window));
  gesture_->update(mouse_);
}

void MouseController::scrollAtEdge() {
  if (gesture_ == nullptr || !gesture_->scrollsAtEdges()) return edgeTimer_.stop();
  const QRect inner = camera_.window().rect().adjusted(space::kHuge, space::kHuge, -space::kHuge, -space::kHuge);
  const auto beyond = [](int at, int low, int high) { return at < low ? low - at : at > high ? high - at : 0; };
  const QPoint by(beyond(mouse_.window.x(), inner.left(), inner.right()),
                  beyond(mouse_.window.y(), inner.top(), inner.bottom()));
  if (by.isNull()) return;
  camera_.panBy(
      {qBound(-canvas::kEdgeStep, by.x(), canvas::kEdgeStep), qBound(-canvas::kEdgeStep, by.y(), canvas::kEdgeStep)});
  updateMoved();
}

// --- Without a button

void MouseController::hover() {
  std::optional<PortRef> under = portAt(placed(), mouse_.scene);
  const bool port = under.has_value();
  std::string id = port ? std::string() : idAt(placed(), mouse_.scene);
  if (hand_) {
    camera_.window().setCursor(Qt::OpenHandCursor);
  } else if (port) {
    camera_.window().setCursor(Qt::CrossCursor);
  } else if (commentEdgeAt(placed(), mouse_.scene) != nullptr) {
    camera_.window().setCursor(Qt::SizeHorCursor);
  } else {
    camera_.window().unsetCursor();
  }
  if (id == look().hovered && under == look().port) return;
  look().hovered = std::move(id);
  look().port = std::move(under);
  camera_.refresh();
}

void MouseController::leave() {
  look().hovered.clear();
  look().port.reset();
  camera_.refresh();
}

void MouseController::showHelp(const QHelpEvent& event) {
  const drawing::NodePicture* const node = nodeAt(placed(), camera_.toScene(event.pos()));
  const bool cut = node != nullptr && (node->name != node->fullName || detailAt(camera_.zoom()) != Detail::Full);
  QToolTip::showText(event.globalPos(), cut ? QString::fromStdString(node->fullName) : QString(), &camera_.window());
}

}  // namespace weir::designer
