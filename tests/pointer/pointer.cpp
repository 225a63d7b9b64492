#include "tests/pointer/pointer.hpp"

#include <QEnterEvent>
#include <QPointer>
#include <QScrollArea>
#include <QTest>
#include <QWindow>

namespace weir::designer::pointer {

namespace {

constexpr int kHeld = 130;           // ms: people who were watched did not let go sooner
constexpr int kBetweenClicks = 100;  // of a double click
constexpr int kApart = 1000;         // of two clicks that are none
constexpr int kFrame = 16;           // a mouse tells where it is that often

// A place of a window, which outlives the widget that stands there.
struct Spot {
  QPointer<QWidget> widget;
  QPointer<QWindow> window;
  QPointF inWindow;
  QPointF onScreen;
};

void pass(int milliseconds) {
  QTest::qWait(milliseconds);
  QTest::lastMouseTimestamp += milliseconds;
}

void scrollTo(QWidget& widget) {
  for (QWidget* around = widget.parentWidget(); around != nullptr; around = around->parentWidget()) {
    if (auto* const area = qobject_cast<QScrollArea*>(around)) area->ensureWidgetVisible(&widget);
  }
}

// A hand waits for what is about to be shown or moved, and scrolls to it.
Spot spotOf(QWidget& widget, std::optional<QPoint> at) {
  pass(kFrame);
  const bool shown = QTest::qWaitFor([&] { return widget.isVisible(); });
  if (!shown) qFatal("A %s that is not shown cannot be pressed.", widget.metaObject()->className());
  if (widget.visibleRegion().isEmpty()) scrollTo(widget);
  QWindow* const window = widget.window()->windowHandle();
  const QPoint place = at.value_or(widget.rect().center());
  return {&widget, window, QPointF(widget.mapTo(widget.window(), place)), QPointF(widget.mapToGlobal(place))};
}

void send(const Spot& spot, QEvent::Type type, Qt::MouseButton button, Qt::KeyboardModifiers keys) {
  if (spot.window == nullptr) return;
  qt_handleMouseEvent(spot.window, spot.inWindow, spot.onScreen, QTestPrivate::qtestMouseButtons, button, type, keys,
                      ++QTest::lastMouseTimestamp);
}

void moveToSpot(const Spot& spot, const How& how) {
  send(spot, QEvent::MouseMove, Qt::NoButton, how.keys);
  // A window into which it comes is told by the window system.
  if (spot.widget == nullptr || spot.window == nullptr || spot.widget->underMouse() ||
      QTestPrivate::qtestMouseButtons != Qt::NoButton)
    return;
  QEnterEvent enter(spot.inWindow, spot.inWindow, spot.onScreen);
  QCoreApplication::sendEvent(spot.window, &enter);
}

void pressAt(const Spot& spot, const How& how) {
  moveToSpot(spot, how);  // a hand comes from somewhere: buttons see it come
  QTestPrivate::qtestMouseButtons.setFlag(how.button, true);
  send(spot, QEvent::MouseButtonPress, how.button, how.keys);
}

void releaseAt(const Spot& spot, const How& how) {
  pass(kHeld);
  QTestPrivate::qtestMouseButtons.setFlag(how.button, false);
  send(spot, QEvent::MouseButtonRelease, how.button, how.keys);
}

}  // namespace

void click(QWidget& on, std::optional<QPoint> at, How how) {
  const Spot spot = spotOf(on, at);
  pressAt(spot, how);
  releaseAt(spot, how);
  QTest::lastMouseTimestamp += kApart;
}

void doubleClick(QWidget& on, std::optional<QPoint> at, How how) {
  const Spot spot = spotOf(on, at);
  pressAt(spot, how);
  releaseAt(spot, how);
  pass(kBetweenClicks);
  pressAt(spot, how);
  releaseAt(spot, how);
  QTest::lastMouseTimestamp += kApart;
}

void drag(QWidget& on, QPoint from, QPoint to, How how) {
  press(on, from, how);
  moveTo(on, from + (to - from) / 2, how);
  moveTo(on, to, how);
  release(on, to, how);
}

void press(QWidget& on, std::optional<QPoint> at, How how) {
  pressAt(spotOf(on, at), how);
}

void moveTo(QWidget& on, QPoint at, How how) {
  moveToSpot(spotOf(on, at), how);
}

void release(QWidget& on, std::optional<QPoint> at, How how) {
  releaseAt(spotOf(on, at), how);
  QTest::lastMouseTimestamp += kApart;
}

}  // namespace weir::designer::pointer
