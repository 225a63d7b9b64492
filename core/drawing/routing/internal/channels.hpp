// Pieces of wires that would lie on each other, put side by side.
#pragma once

#include <cstddef>
#include <vector>

namespace weir::drawing::routing {

// An inner piece of a path, seen as upright: `at` is where it stands, `begin` and `end` how far it reaches.
struct Piece {
  std::size_t wire = 0;
  std::size_t index = 0;  // of its first point in the path
  std::size_t source = 0;
  double at = 0;
  double low = 0;  // where it may stand
  double high = 0;
  double entry = 0;  // the end at which the wire comes in
  double exit = 0;
  bool fixed = false;  // stays where it is

  double begin() const { return entry < exit ? entry : exit; }
  double end() const { return entry < exit ? exit : entry; }
};

// Whether two pieces have to be told apart.
bool meet(const Piece& one, const Piece& two);

// Moves the pieces of one group (each meets another of them) apart; the fixed ones are gone from it afterwards. Their
// order does not matter.
void spread(std::vector<Piece>& group);

}  // namespace weir::drawing::routing
