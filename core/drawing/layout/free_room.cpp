#include "core/drawing/layout/free_room.hpp"

#include <algorithm>

#include "core/drawing/look/grid.hpp"

namespace weir::drawing {

namespace {

constexpr double kClear = 3 * kGrid;

}  // namespace

std::vector<Rect> takenRoom(const Picture& picture, const std::set<std::string>& besides) {
  std::vector<char> passed(picture.groups.size(), 0);
  const auto pass = [&](std::size_t group) {
    for (; group != kNoGroup; group = picture.groups[group].outer) passed[group] = 1;
  };
  std::vector<char> hidden(picture.nodes.size(), 0);
  for (std::size_t group = 0; group < picture.groups.size(); ++group) {
    if (besides.contains(picture.groups[group].id)) pass(group);
    if (!picture.groups[group].boxed()) continue;
    for (const std::size_t node : picture.groups[group].nodes) hidden[node] = 1;
  }
  std::vector<Rect> taken;
  taken.reserve(picture.nodes.size() + picture.groups.size() + picture.comments.size());
  const std::vector<std::size_t> groups = picture.groupsOfNodes();
  for (std::size_t node = 0; node < picture.nodes.size(); ++node) {
    if (besides.contains(picture.nodes[node]->id)) {
      pass(groups[node]);
    } else if (hidden[node] == 0) {
      taken.push_back(picture.nodes[node]->rect());
    }
  }
  for (std::size_t group = 0; group < picture.groups.size(); ++group) {
    if (passed[group] == 0 && !picture.groups[group].hidden) taken.push_back(picture.groups[group].bounds);
  }
  for (const CommentPicture& comment : picture.comments) {
    if (!besides.contains(comment.id)) taken.push_back(comment.bounds);
  }
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
