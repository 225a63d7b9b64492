#include "core/drawing/layout/free_room.hpp"

#include <algorithm>

#include "core/drawing/look/grid.hpp"

namespace weir::drawing {

namespace {

constexpr double kClear = 3 * kGrid;

}  // namespace

std::vector<Rect> takenRoom(const Picture& picture, const std::set<std::string>& open) {
  std::vector<Rect> taken;
  taken.reserve(picture.nodes.size() + picture.groups.size() + picture.comments.size());
  const bool hides =
      std::any_of(picture.groups.begin(), picture.groups.end(), [](const auto& group) { return group.collapsed; });
  for (std::size_t node = 0; node < picture.nodes.size(); ++node) {
    if (!hides || picture.hiding(node) == nullptr) taken.push_back(picture.nodes[node]->rect());
  }
  for (const GroupPicture& group : picture.groups) {
    if (!open.contains(group.id)) taken.push_back(group.bounds);
  }
  for (const CommentPicture& comment : picture.comments) taken.push_back(comment.bounds);
  return taken;
}

double downToFreeRoom(const std::vector<Rect>& taken, const std::vector<Rect>& wanted) {
  Rect all;
  for (const Rect& rect : wanted) all = all.united(rect);
  all = all.grown(kClear);
  std::vector<Rect> below = taken;
  std::erase_if(below, [&](const Rect& there) {
    return there.right() <= all.x || there.x >= all.right() || there.bottom() <= all.y;
  });
  double down = 0;
  for (;;) {
    double further = 0;
    for (const Rect& rect : wanted) {
      const Rect room = rect.moved({0, down}).grown(kClear);
      for (const Rect& there : below) {
        if (there.intersects(room)) further = std::max(further, there.bottom() - room.y);
      }
    }
    if (further <= 0) return down;
    down = onGridFrom(down + further);
  }
}

}  // namespace weir::drawing
