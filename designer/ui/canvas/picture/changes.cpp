#include "designer/ui/canvas/picture/changes.hpp"

#include <algorithm>

#include "designer/ui/canvas/picture/qt_geometry.hpp"

namespace weir::designer {

bool sameLooks(const drawing::NodePicture& one, const drawing::NodePicture& other) {
  return one.name == other.name && one.words == other.words && one.size == other.size && one.kind == other.kind &&
         one.badge == other.badge && one.icon == other.icon;
}

std::vector<QRectF> changedFrames(const drawing::Picture& before, const drawing::Picture& now) {
  std::vector<QRectF> changed;
  const auto compare = [&](const auto& old, const auto& next, const auto& areaOf) {
    for (std::size_t i = 0; i < std::max(old.size(), next.size()); ++i) {
      if (i < old.size() && i < next.size() && old[i] == next[i]) continue;
      if (i < old.size()) changed.push_back(toQt(areaOf(old[i])));
      if (i < next.size()) changed.push_back(toQt(areaOf(next[i])));
    }
  };
  const auto bounds = [](const auto& part) { return part.bounds; };
  compare(before.groups, now.groups, bounds);
  compare(before.comments, now.comments, bounds);
  compare(before.links, now.links, [](const drawing::LinkTag& tag) { return tag.area(); });
  return changed;
}

}  // namespace weir::designer
