#include "designer/ui/canvas/gestures/mouse_controller.hpp"

#include <QMouseEvent>
#include <QToolTip>
#include <cmath>

#include "designer/model/edits/bends.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/ui/canvas/gestures/bend_gesture.hpp"
#include "designer/ui/canvas/gestures/box_gesture.hpp"
#include "designer/ui/canvas/gestures/move_gesture.hpp"
#include "designer/ui/canvas/gestures/pan_gesture.hpp"
#include "designer/ui/canvas/gestures/pointer_help.hpp"
#include "designer/ui/canvas/gestures/width_gesture.hpp"
#include "designer/ui/canvas/gestures/wire_gesture.hpp"
#include "designer/ui/canvas/picture/hit_test.hpp"
#include "designer/ui/canvas/picture/wire_ends.hpp"
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

// A new wire; or the end of one that is selected; or, with Alt, that of one which is taken off.
std::unique_ptr<Gesture> MouseController::gestureAt(const PortRef& port) {
  const std::vector<const PlacedWire*> wires = wiresAt(placed(), port);
  const auto selected = std::find_if(wires.begin(), wires.end(), [&](const PlacedWire* wire) {
    return document_.selection().contains(wire->picture->id);
  });
  const bool detaches = mouse_.keys.testFlag(Qt::AltModifier) && !wires.empty();
  const PlacedWire* const wire = selected != wires.end() ? *selected : detaches ? wires.back() : nullptr;
  if (wire == nullptr) return std::make_unique<WireGesture>(host(), mouse_, port);
  return std::make_unique<WireGesture>(host(), mouse_, *wire, port.output,
                                       detaches ? OnNothing::Remove : OnNothing::Offer);
}

std::optional<BendHandle> MouseController::bendUnderMouse() const {
  return bendHandleAt(placed(), document_.selection(), mouse_.scene, bendReach(camera_.zoom()));
}

void MouseController::beginPress() {
  QToolTip::hideText();
  look().current.clear();
  look().bend.reset();
  if (const std::optional<PortRef> port = portAt(placed(), mouse_.scene)) return begin(gestureAt(*port));
  if (const std::optional<BendHandle> handle = bendUnderMouse()) {
    press_ = {true, mouse_, handle->wire, true, handle};
    return;
  }
  if (const drawing::GroupPicture* const group = triangleAt(placed(), mouse_.scene)) {
    if (nodeAt(placed(), mouse_.scene) == nullptr) {
      return document_.apply(withCollapsed(scene_, document_.selection(), group->id, !group->collapsed));
    }
  }
  if (const drawing::CommentPicture* const comment = commentEdgeAt(placed(), mouse_.scene)) {
    return begin(std::make_unique<WidthGesture>(host(), mouse_, *comment));
  }
  press_ = {true, mouse_, idAt(placed(), mouse_.scene), false, {}};
  press_.wasSelected = document_.selection().contains(press_.id);
  const bool adds = mouse_.keys.testFlag(Qt::ShiftModifier);
  if (!press_.id.empty() && !press_.wasSelected && !adds) document_.select({press_.id});
  if (press_.id.empty() && !adds) document_.select({});
}

// A wire that is selected is bent in its middle; with Alt any is. Else its nearer end is moved.
std::unique_ptr<Gesture> MouseController::gestureOf(const PlacedWire& wire) {
  const QPointF from = press_.at.scene;
  if (press_.wasSelected || press_.at.keys.testFlag(Qt::AltModifier)) {
    if (!press_.bend) press_.bend = freshBendAt(wire, from);
    if (press_.bend) return std::make_unique<BendGesture>(host(), press_.at, *press_.bend);
  }
  const drawing::WirePicture& picture = *wire.picture;
  const QPointF begin = placed().pointOf({picture.fromNode, picture.fromPort, true});
  const QPointF end = placed().pointOf({picture.toNode, picture.toPort, false});
  return std::make_unique<WireGesture>(host(), press_.at, wire,
                                       QLineF(from, begin).length() < QLineF(from, end).length(), OnNothing::Offer);
}

// Far enough from where it was pressed.
void MouseController::beginDrag() {
  press_.pending = false;
  const bool shift = press_.at.keys.testFlag(Qt::ShiftModifier);
  const PlacedWire* const wire = placed().wire(press_.id);
  if (press_.id.empty() || (wire != nullptr && shift)) {
    begin(std::make_unique<BoxGesture>(host(), press_.at));
  } else if (wire != nullptr) {
    begin(gestureOf(*wire));
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
  if (press_.bend) {
    if (!press_.bend->fresh) look().bend = BendRef{press_.bend->wire, press_.bend->index};
    return camera_.refresh();
  }
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
  const drawing::LinkTag* const tag = linkTagAt(placed(), press_.at.scene);
  if (tag != nullptr && !mouse_.keys.testFlag(Qt::ShiftModifier)) Q_EMIT linkClicked(press_.id, tag->output);
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
  if (const std::optional<BendHandle> handle = bendUnderMouse()) {
    if (handle->fresh) return press(event);  // who clicks and drags at once begins with a double click
    return document_.apply(removeBend(document_.topology(), handle->wire, handle->index));
  }
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
    const bool detaches = mouse_.keys.testFlag(Qt::AltModifier) && !wiresAt(placed(), *under).empty();
    camera_.window().setCursor(detaches ? Qt::OpenHandCursor : Qt::CrossCursor);
  } else if (bendUnderMouse()) {
    camera_.window().setCursor(Qt::SizeAllCursor);
  } else if (linkTagAt(placed(), mouse_.scene) != nullptr) {
    camera_.window().setCursor(Qt::PointingHandCursor);
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
  QToolTip::showText(event.globalPos(), PointerHelp::at(scene_, camera_, camera_.toScene(event.pos())),
                     &camera_.window());
}

}  // namespace weir::designer
