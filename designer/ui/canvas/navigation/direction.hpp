// Where an arrow key leads.
#pragma once

#include <QPoint>
#include <cstdint>

namespace weir::designer {

enum class Direction : std::uint8_t { Left, Right, Up, Down };

// A step of one.
inline QPoint stepOf(Direction direction) {
  switch (direction) {
    case Direction::Left: return {-1, 0};
    case Direction::Right: return {1, 0};
    case Direction::Up: return {0, -1};
    case Direction::Down: return {0, 1};
  }
  Q_UNREACHABLE();
}

}  // namespace weir::designer
