// Which collapsed group a node is not to be seen for.
#pragma once

#include <vector>

#include "core/drawing/picture/picture.hpp"

namespace weir::designer {

// For each node the index of the group whose box stands for it, -1 where it is to be seen. Empty: all are.
std::vector<int> hidingGroups(const drawing::Picture& picture);

}  // namespace weir::designer
