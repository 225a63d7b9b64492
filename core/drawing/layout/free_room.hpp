// Room for what comes new into a picture: pasted, copied, added.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/drawing/picture/picture.hpp"

namespace weir::drawing {

// What is shown and takes room: nodes, collapsed groups, comments, and the frames of groups. Without what is named, and
// without the frames around that, into which one may come.
std::vector<Rect> takenRoom(const Picture& picture, const std::set<std::string>& besides = {});

// How far the rectangles have to go down, on the grid, so that all of them keep clear of what is taken.
double downToFreeRoom(const std::vector<Rect>& taken, const std::vector<Rect>& wanted);

}  // namespace weir::drawing
