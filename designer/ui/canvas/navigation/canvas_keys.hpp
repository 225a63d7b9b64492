// The keys that the canvas answers itself; all others are shortcuts of commands. One table says what they do and how
// they are told.
#pragma once

#include <QKeyEvent>
#include <QList>
#include <optional>

#include "designer/ui/canvas/navigation/direction.hpp"
#include "designer/ui/widgets/key_hint.hpp"

namespace weir::designer {

enum class CanvasKey : std::uint8_t { GoTo, FollowWire, Extend, Move, MoveFar, Properties, Cancel, Hand };

// Nothing: not a key of the canvas.
std::optional<CanvasKey> canvasKeyOf(const QKeyEvent& event);
std::optional<Direction> directionOf(const QKeyEvent& event);

// These, and what the mouse does together with keys, in the language of the program.
QList<KeyHint> canvasKeyHints();

}  // namespace weir::designer
