#include "designer/ui/canvas/picture/hiding_groups.hpp"

namespace weir::designer {

std::vector<int> hidingGroups(const drawing::Picture& picture) {
  std::vector<int> out;
  for (std::size_t group = 0; group < picture.groups.size(); ++group) {
    if (!picture.groups[group].boxed()) continue;
    out.resize(picture.nodes.size(), -1);
    for (const std::size_t node : picture.groups[group].nodes) out[node] = static_cast<int>(group);
  }
  return out;
}

}  // namespace weir::designer
