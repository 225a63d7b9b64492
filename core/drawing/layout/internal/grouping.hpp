// Keeps the members of groups together within their layers, and groups in one order in all of them, so that a frame is
// a rectangle that nothing else comes into.
#pragma once

#include <vector>

#include "core/drawing/layout/internal/layers.hpp"

namespace weir::drawing::layout {

// Members that follow each other in a layer, or one vertex without a group.
struct Unit {
  std::size_t group = kNoGroup;
  std::size_t first = 0;  // its place in the layer
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
  std::vector<Unit> units(const std::vector<std::size_t>& rank) const;
  // Whether neighbours may change places.
  static bool free(const Unit& one, const Unit& two) { return one.group == kNoGroup || two.group == kNoGroup; }

 private:
  const std::vector<Vertex>& vertices_;
  std::vector<char> there_;         // for each layer
  std::vector<std::size_t> place_;  // of a group among all
};

// Once the order is known: the upper and the lower edge of each frame, as chains that have to be straight.
void addFrames(Layers& layers);

}  // namespace weir::drawing::layout
