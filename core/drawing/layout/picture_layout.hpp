// What a picture asks of the layout, and places for what has none.
#pragma once

#include <string>
#include <vector>

#include "core/drawing/layout/layered_layout.hpp"
#include "core/drawing/picture/picture.hpp"

namespace weir::drawing {

// What laying out a picture needs. Collapsed groups count as one node in place of theirs.
struct PictureLayout {
  LayoutInput input;
  std::vector<std::string> ids;  // of the nodes, topics and collapsed groups that stand in `input`
  // What a collapsed group hides moves with its box.
  struct Hidden {
    std::string id;
    std::size_t box = 0;  // in `input`
    Point fromBox;        // from its corner
  };
  std::vector<Hidden> hidden;
};
PictureLayout layoutOf(const Picture& picture);

// Gives a place to what has none, near what it is connected with, and leaves the rest. Cheap when everything has one.
void placeMissing(topology::Topology& topology, const PictureMaker& maker);

}  // namespace weir::drawing
