// What a picture remembers, so that the next one can be made from it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/drawing/picture/layout_block.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::drawing {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};
using NodeIndex = std::unordered_map<std::string, std::size_t, TextHash, std::equal_to<>>;

struct PictureMemory {
  std::shared_ptr<const topology::Topology> topology;  // shared with whoever had the picture made
  std::vector<const topology::LayoutEntry*> entries;   // of its layout, for each node and topic
  std::shared_ptr<const NodeIndex> index;
  std::shared_ptr<const WireLayouts> wireLayouts;  // shared with the next picture, where it has the same
  bool nodeBadges = false;                         // problems were about nodes, or about edges
  bool edgeBadges = false;
  bool idle = false;  // something does not run
};

}  // namespace weir::drawing
