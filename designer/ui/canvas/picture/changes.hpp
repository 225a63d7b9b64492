// What differs between two pictures, beside where nodes and wires are.
#pragma once

#include <QRectF>
#include <vector>

#include "core/drawing/picture/picture.hpp"

namespace weir::designer {

// Whether a node has the same texts, size and state.
bool sameLooks(const drawing::NodePicture& one, const drawing::NodePicture& other);
// Where groups, comments and tags of links are others.
std::vector<QRectF> changedFrames(const drawing::Picture& before, const drawing::Picture& now);

}  // namespace weir::designer
