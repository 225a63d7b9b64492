#include "designer/ui/canvas/navigation/canvas_keys.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <iterator>
#include <span>

namespace weir::designer {

namespace {

constexpr int kShift = Qt::ShiftModifier;
constexpr int kCtrl = Qt::ControlModifier;
constexpr int kAlt = Qt::AltModifier;
constexpr int kAll = kShift | kCtrl | kAlt;
constexpr int kAny = -1;

struct Row {
  std::optional<CanvasKey> meaning;  // nothing: Qt or the mouse brings it
  std::span<const int> keys;
  int modifiers = 0;
  const char* text;
  const char* words;
};

constexpr int kArrows[] = {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down};
constexpr int kEnter[] = {Qt::Key_Return, Qt::Key_Enter};
constexpr int kEscape[] = {Qt::Key_Escape};
constexpr int kSpace[] = {Qt::Key_Space};

// A table is read by its rows.
// clang-format off
constexpr Row kRows[] = {
    {CanvasKey::GoTo, kArrows, 0,
     QT_TRANSLATE_NOOP("CanvasKeys", "Go to the nearest part"), QT_TRANSLATE_NOOP("CanvasKeys", "← → ↑ ↓")},
    {CanvasKey::FollowWire, kArrows, kAlt,
     QT_TRANSLATE_NOOP("CanvasKeys", "Follow wires"), QT_TRANSLATE_NOOP("CanvasKeys", "Alt+← → ↑ ↓")},
    {CanvasKey::Extend, kArrows, kShift,
     QT_TRANSLATE_NOOP("CanvasKeys", "Select the nearest part, too"), QT_TRANSLATE_NOOP("CanvasKeys", "Shift+← → ↑ ↓")},
    {CanvasKey::Move, kArrows, kCtrl,
     QT_TRANSLATE_NOOP("CanvasKeys", "Move what is selected"), QT_TRANSLATE_NOOP("CanvasKeys", "Ctrl+← → ↑ ↓")},
    {CanvasKey::MoveFar, kArrows, kCtrl | kShift,
     QT_TRANSLATE_NOOP("CanvasKeys", "Move what is selected further"),
     QT_TRANSLATE_NOOP("CanvasKeys", "Ctrl+Shift+← → ↑ ↓")},
    {CanvasKey::Properties, kEnter, 0,
     QT_TRANSLATE_NOOP("CanvasKeys", "Properties"), QT_TRANSLATE_NOOP("CanvasKeys", "Enter")},
    {std::nullopt, {}, 0,
     QT_TRANSLATE_NOOP("CanvasKeys", "Commands for what is selected"), QT_TRANSLATE_NOOP("CanvasKeys", "Menu")},
    {CanvasKey::Cancel, kEscape, kAny,
     QT_TRANSLATE_NOOP("CanvasKeys", "Cancel, or select nothing"), QT_TRANSLATE_NOOP("CanvasKeys", "Esc")},
    {CanvasKey::Hand, kSpace, 0,
     QT_TRANSLATE_NOOP("CanvasKeys", "Move the view"), QT_TRANSLATE_NOOP("CanvasKeys", "Space+drag")},
    {std::nullopt, {}, 0,
     QT_TRANSLATE_NOOP("CanvasKeys", "Zoom at the mouse"), QT_TRANSLATE_NOOP("CanvasKeys", "Ctrl+wheel")},
    {std::nullopt, {}, 0,
     QT_TRANSLATE_NOOP("CanvasKeys", "Select one more, or no more"), QT_TRANSLATE_NOOP("CanvasKeys", "Shift+click")},
    {std::nullopt, {}, 0,
     QT_TRANSLATE_NOOP("CanvasKeys", "Pull a node out of its wires"), QT_TRANSLATE_NOOP("CanvasKeys", "Shift+drag")},
    {std::nullopt, {}, 0,
     QT_TRANSLATE_NOOP("CanvasKeys", "Bend a wire, or take it off its port"),
     QT_TRANSLATE_NOOP("CanvasKeys", "Alt+drag")},
};
// clang-format on

struct Words {
  Q_DECLARE_TR_FUNCTIONS(CanvasKeys)
};

}  // namespace

std::optional<CanvasKey> canvasKeyOf(const QKeyEvent& event) {
  const int modifiers = static_cast<int>(event.modifiers()) & kAll;
  const auto* const found = std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& row) {
    const bool key = std::find(row.keys.begin(), row.keys.end(), event.key()) != row.keys.end();
    return key && (row.modifiers == kAny || row.modifiers == modifiers);
  });
  return found == std::end(kRows) ? std::nullopt : found->meaning;
}

std::optional<Direction> directionOf(const QKeyEvent& event) {
  switch (event.key()) {
    case Qt::Key_Left: return Direction::Left;
    case Qt::Key_Right: return Direction::Right;
    case Qt::Key_Up: return Direction::Up;
    case Qt::Key_Down: return Direction::Down;
    default: return std::nullopt;
  }
}

QList<KeyHint> canvasKeyHints() {
  QList<KeyHint> hints;
  for (const Row& row : kRows) hints.append({Words::tr(row.text), Words::tr(row.words)});
  return hints;
}

}  // namespace weir::designer
