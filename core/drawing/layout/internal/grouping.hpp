// Keeps the members of groups together within their layers, and groups in one order in all of them, so that a frame is
// a rectangle that nothing else comes into.
#pragma once

#include <vector>

#include "core/drawing/layout/internal/layers.hpp"

namespace weir::drawing::layout {

// The members of a group that follow each other in a layer, or one vertex, as a part of what is around it.
struct Unit {
  std::size_t group = kNoGroup;  // one that lies in what is around; none: one vertex
  std::size_t first = 0;         // its place in the layer
  std::size_t count = 0;
};

class Grouping {
 public:
  explicit Grouping(const Layers& layers);

  // Whether there are groups in a layer.
  bool in(std::size_t rank) const { return there_[rank] != 0; }
  // Takes the order of groups from where their members are now, and orders all layers by it.
  void begin(Layers& layers);
  // A layer in the order of the values (of vertices by their place in it), as far as groups allow.
  void arrange(std::vector<std::size_t>& rank, const std::vector<double>& values) const;
  // What lies in a group (or in none) and follows each other in a layer there.
  std::vector<Unit> units(const std::vector<std::size_t>& rank, const Unit& around) const;
  // Whether neighbours may change places.
  static bool free(const Unit& one, const Unit& two) { return one.group == kNoGroup || two.group == kNoGroup; }

 private:
  struct Wanted {
    double value;
    std::size_t vertex;
  };
  // The group that lies in `around` and has the vertex; none: the vertex lies there itself.
  std::size_t within(std::size_t vertex, std::size_t around) const;
  void arrangeIn(std::size_t around, const std::vector<Wanted>& wanted, std::vector<std::size_t>& out) const;

  const std::vector<Vertex>& vertices_;
  const std::vector<GroupSpan>& groups_;
  std::vector<char> there_;         // for each layer
  std::vector<std::size_t> place_;  // of a group among all
};

// Once the order is known: the upper and the lower edge of each frame, as chains that have to be straight.
void addFrames(Layers& layers);

}  // namespace weir::drawing::layout
