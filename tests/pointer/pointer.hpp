// A mouse in somebody's hand: between press and release the event loop runs and as much time passes as a hand needs.
// What is pressed in no time hides every fault of what happens in between: focus goes elsewhere, a popup is deleted.
//
// Events come to the window, as they come from the window system, and find their widget from there. What lies over it
// takes them, and what must not be used while a dialog is open does not get any. Places are those of the widget.
#pragma once

#include <QWidget>
#include <optional>

namespace weir::designer::pointer {

struct How {
  Qt::KeyboardModifiers keys;
  Qt::MouseButton button = Qt::LeftButton;
};

// Without a place: in the middle. The widget has to be in a window that is shown.
void click(QWidget& on, std::optional<QPoint> at = {}, How how = {});
void doubleClick(QWidget& on, std::optional<QPoint> at = {}, How how = {});
void drag(QWidget& on, QPoint from, QPoint to, How how = {});

// The parts of these; buttons stay down from press to release, which waits before it lets go.
void press(QWidget& on, std::optional<QPoint> at = {}, How how = {});
void moveTo(QWidget& on, QPoint at, How how = {});
void release(QWidget& on, std::optional<QPoint> at = {}, How how = {});

}  // namespace weir::designer::pointer
