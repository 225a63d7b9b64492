// A place in a partition of a log.
#pragma once

#include <compare>
#include <cstdint>

namespace weir::runtime {

// Only the log that gave a position knows what lies between two of them: some count rows, others records, and leave
// numbers out. Everybody else compares positions, keeps them, and gives them back.
class Position {
 public:
  // Before everything.
  constexpr Position() = default;
  // What `value` has told, perhaps in an earlier run.
  static constexpr Position of(std::int64_t value) {
    Position position;
    position.value_ = value;
    return position;
  }
  // To be stored, or shown.
  constexpr std::int64_t value() const { return value_; }
  friend constexpr auto operator<=>(Position, Position) = default;

 private:
  std::int64_t value_ = 0;
};

}  // namespace weir::runtime
