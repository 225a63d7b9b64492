// Keys on the canvas. Menus may have the same shortcuts: then they come first.
#include <QKeyEvent>
#include <array>

#include "designer/ui/canvas/picture/neighbours.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"
#include "designer/ui/canvas/view/canvas_view.hpp"

namespace weir::designer {

namespace {

struct Command {
  int key;  // with its modifiers
  void (CanvasView::*run)();
};

constexpr int kShift = Qt::ShiftModifier;
constexpr int kCtrl = Qt::ControlModifier;
constexpr int kAlt = Qt::AltModifier;

constexpr std::array kCommands = {
    Command{Qt::Key_A, &CanvasView::quickAdd},
    Command{Qt::Key_C, &CanvasView::connectCurrent},
    Command{Qt::Key_Return, &CanvasView::showProperties},
    Command{Qt::Key_Enter, &CanvasView::showProperties},
    Command{Qt::Key_F2, &CanvasView::rename},
    Command{Qt::Key_Delete, &CanvasView::deleteSelected},
    Command{Qt::Key_Backspace, &CanvasView::deleteSelected},
    Command{kCtrl | Qt::Key_Delete, &CanvasView::deleteAndHeal},
    Command{kCtrl | Qt::Key_A, &CanvasView::selectAll},
    Command{kCtrl | Qt::Key_C, &CanvasView::copy},
    Command{kCtrl | Qt::Key_X, &CanvasView::cut},
    Command{kCtrl | Qt::Key_V, &CanvasView::paste},
    Command{kCtrl | Qt::Key_D, &CanvasView::duplicateSelected},
    Command{kCtrl | Qt::Key_G, &CanvasView::groupSelected},
    Command{kCtrl | Qt::Key_0, &CanvasView::zoomToHundred},
    Command{kCtrl | Qt::Key_1, &CanvasView::zoomToFit},
    Command{kCtrl | Qt::Key_2, &CanvasView::zoomToSelection},
    Command{kCtrl | Qt::Key_Plus, &CanvasView::zoomIn},
    Command{kCtrl | Qt::Key_Equal, &CanvasView::zoomIn},
    Command{kCtrl | Qt::Key_Minus, &CanvasView::zoomOut},
};

std::optional<Direction> directionOf(int key) {
  switch (key) {
    case Qt::Key_Left: return Direction::Left;
    case Qt::Key_Right: return Direction::Right;
    case Qt::Key_Up: return Direction::Up;
    case Qt::Key_Down: return Direction::Down;
    default: return std::nullopt;
  }
}

QPoint stepOf(Direction direction) {
  switch (direction) {
    case Direction::Left: return {-1, 0};
    case Direction::Right: return {1, 0};
    case Direction::Up: return {0, -1};
    case Direction::Down: return {0, 1};
  }
  Q_UNREACHABLE();
}

}  // namespace

void CanvasView::keyPressEvent(QKeyEvent* event) {
  event->accept();
  settle();
  if (chordKey(*event)) return;
  const int modifiers =
      static_cast<int>(event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier | Qt::AltModifier));
  if (event->key() == Qt::Key_Escape) {
    if (gesture_ != nullptr || press_.pending) return cancelGesture();
    return document_.select({});
  }
  if (event->key() == Qt::Key_Space && modifiers == 0) {
    spaceDown_ = true;
    if (gesture_ == nullptr) viewport()->setCursor(Qt::OpenHandCursor);
    return;
  }
  if (gesture_ != nullptr) return;
  if (const std::optional<Direction> direction = directionOf(event->key())) {
    const bool far = modifiers == (kCtrl | kShift);
    if (modifiers == kCtrl || far) {
      return moveSelected(stepOf(*direction) * (far ? canvas::kMovedFarByKey : canvas::kMovedByKey));
    }
    if (modifiers == kAlt) return followWire(*direction);
    if (modifiers == 0 || modifiers == kShift) return goTo(*direction, modifiers == kShift);
  }
  for (const Command& command : kCommands) {
    if (command.key == (event->key() | modifiers)) return (this->*command.run)();
  }
  event->ignore();
}

// Alt+A, then how to align; Alt+S, then what to select.
bool CanvasView::chordKey(QKeyEvent& event) {
  const int key = event.key();
  if (key == Qt::Key_Alt || key == Qt::Key_Shift || key == Qt::Key_Control) return false;
  const int first = std::exchange(chord_, 0);
  if (first == 0) {
    if (event.modifiers() != Qt::AltModifier || (key != Qt::Key_A && key != Qt::Key_S)) return false;
    chord_ = key;
    return true;
  }
  if (first == Qt::Key_A) {
    switch (key) {
      case Qt::Key_L: alignSelected(Align::Left); return true;
      case Qt::Key_R: alignSelected(Align::Right); return true;
      case Qt::Key_T: alignSelected(Align::Top); return true;
      case Qt::Key_B: alignSelected(Align::Bottom); return true;
      case Qt::Key_M: alignSelected(Align::Middle); return true;
      case Qt::Key_C: alignSelected(Align::Centre); return true;
      case Qt::Key_H: distributeSelected(Axis::Horizontal); return true;
      case Qt::Key_V: distributeSelected(Axis::Vertical); return true;
      default: return key != Qt::Key_Escape;
    }
  }
  switch (key) {
    case Qt::Key_U: selectAlong(Along::Upstream); return true;
    case Qt::Key_D: selectAlong(Along::Downstream); return true;
    case Qt::Key_C: selectAlong(Along::Both); return true;
    default: return key != Qt::Key_Escape;
  }
}

void CanvasView::keyReleaseEvent(QKeyEvent* event) {
  event->accept();
  if (event->isAutoRepeat()) return;
  if (event->key() == Qt::Key_Space) {
    spaceDown_ = false;
    if (gesture_ == nullptr) viewport()->unsetCursor();
  }
  // Moves by key while Ctrl is down are one step.
  if (event->key() == Qt::Key_Control) document_.closeMerge();
}

void CanvasView::focusInEvent(QFocusEvent* event) {
  QGraphicsView::focusInEvent(event);
  const bool byKey = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
                     event->reason() == Qt::ShortcutFocusReason;
  if (byKey) setCurrent(current_);
}

void CanvasView::focusOutEvent(QFocusEvent* event) {
  QGraphicsView::focusOutEvent(event);
  spaceDown_ = false;
  chord_ = 0;
  look().current.clear();
  refresh();
}

// Tab leaves the canvas; arrows go around in it.
bool CanvasView::focusNextPrevChild(bool next) {
  return QWidget::focusNextPrevChild(next);  // NOLINT: a QGraphicsView would give Tab to its scene
}

void CanvasView::setCurrent(const std::string& id) {
  current_ = id;
  look().current = id;
  refresh();
  Q_EMIT currentChanged();
  tellScreenReader(QAccessible::Focus);
}

void CanvasView::goTo(Direction direction, bool extend) {
  const std::string from = whereKeysAre();
  const std::optional<QRectF> handle = handleOf(placed(), from);
  const QPointF start = handle ? handle->center() : mapToScene(viewport()->rect().center());
  const bool wire = placed().wire(from) != nullptr;
  goToPart(wire ? alongWires(placed(), from, stepOf(direction))
                : nearestPart(placed(), handle ? from : std::string(), start, stepOf(direction)),
           extend);
}

void CanvasView::followWire(Direction direction) {
  goToPart(alongWires(placed(), whereKeysAre(), stepOf(direction)), false);
}

std::string CanvasView::whereKeysAre() const {
  if (!current_.empty() || document_.selection().empty()) return current_;
  return *document_.selection().begin();
}

// Without one it stays where it is.
void CanvasView::goToPart(const std::string& id, bool extend) {
  const std::optional<QRectF> handle = handleOf(placed(), id);
  if (!handle) return setCurrent(whereKeysAre());
  Selection selection = extend ? document_.selection() : Selection{};
  selection.insert(id);
  document_.select(std::move(selection));
  setCurrent(id);
  const double margin = space::kHuge / zoom();
  const QRectF inner = seen().adjusted(margin, margin, -margin, -margin);
  if (!inner.contains(*handle)) showRect(zoom(), handle->center(), true);
}

void CanvasView::moveSelected(QPoint by) {
  Positions positions = positionsOf(document_.selection());
  for (auto& [id, at] : positions) at = at + fromQt(QPointF(by));
  if (positions.empty()) return;
  const QString label = tr("Move %n part(s)", nullptr, static_cast<int>(positions.size()));
  document_.apply(movedTo(document_.topology(), positions, label, -1));
}

}  // namespace weir::designer
