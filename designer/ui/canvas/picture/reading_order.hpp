// In which order a topology is read out: along the flow.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/drawing/picture/picture.hpp"

namespace weir::designer {

struct ReadPart {
  enum class Kind : std::uint8_t { Group, Node, Wire, Comment };
  Kind kind = Kind::Node;
  std::string id;

  friend bool operator==(const ReadPart&, const ReadPart&) = default;
};

// A node comes after all from which wires lead to it (in a circle: in the order of the file), its wires follow it, and
// a group stands before the first of its nodes, after those around it. Comments come last.
std::vector<ReadPart> readingOrder(const drawing::Picture& picture);

}  // namespace weir::designer
