#include "designer/model/edits/room.hpp"

#include <algorithm>
#include <set>

#include "core/drawing/layout/free_room.hpp"
#include "core/drawing/look/cell_grid.hpp"
#include "core/drawing/look/grid.hpp"

namespace weir::designer {

namespace {

using drawing::Picture;
using drawing::Rect;

constexpr double kBetween = 3 * drawing::kGrid;   // two parts above each other
constexpr double kForWires = 8 * drawing::kGrid;  // two nodes beside each other

// What stands in a place of its own, with what moves along.
struct Stand {
  Rect rect;
  Positions parts;
  std::vector<std::size_t> nodes;  // in the picture
};

// Nodes, collapsed groups with what they hide, and comments.
std::vector<Stand> standsOf(const Picture& picture) {
  std::vector<Stand> stands;
  std::vector<bool> hidden(picture.nodes.size(), false);
  for (std::size_t index = 0; index < picture.groups.size(); ++index) {
    const drawing::GroupPicture& group = picture.groups[index];
    if (!group.boxed()) continue;
    for (const std::size_t node : group.nodes) hidden[node] = true;
    stands.push_back({group.bounds, placesIn(picture, index), group.nodes});
  }
  for (std::size_t node = 0; node < picture.nodes.size(); ++node) {
    if (hidden[node]) continue;
    const drawing::NodePicture& part = *picture.nodes[node];
    stands.push_back({part.rect(), {{part.id, part.at()}}, {node}});
  }
  for (const drawing::CommentPicture& comment : picture.comments) {
    stands.push_back({comment.bounds, {{comment.id, comment.bounds.corner()}}, {}});
  }
  return stands;
}

bool isPartOf(const Stand& stand, const Selection& ids) {
  return std::any_of(stand.parts.begin(), stand.parts.end(),
                     [&](const auto& part) { return ids.contains(part.first); });
}

void addMoved(const Stand& stand, Point by, Positions& positions) {
  for (const auto& [id, at] : stand.parts) positions.insert_or_assign(id, at + by);
}

// Puts a node between those before it and those after it.
class Parting {
 public:
  Parting(const Picture& picture, const std::string& node) : stands_(standsOf(picture)) {
    std::vector<std::size_t> standOf(picture.nodes.size(), stands_.size());
    for (std::size_t i = 0; i < stands_.size(); ++i) {
      if (stands_[i].parts.contains(node)) node_ = i;
      for (const std::size_t part : stands_[i].nodes) standOf[part] = i;
    }
    for (std::size_t i = 0; i < stands_.size(); ++i) places_.insert(i, stands_[i].rect);
    next_.resize(stands_.size());
    before_.resize(stands_.size());
    for (const auto& wire : picture.wires) {
      const std::optional<std::size_t> from = picture.node(wire->fromNode);
      const std::optional<std::size_t> to = picture.node(wire->toNode);
      if (!from || !to || standOf[*from] == standOf[*to]) continue;
      next_[standOf[*from]].push_back(standOf[*to]);
      before_[standOf[*to]].push_back(standOf[*from]);
    }
    if (node_ == stands_.size()) return;
    const double x = stands_[node_].rect.x;
    for (const std::size_t other : before_[node_]) {
      if (stands_[other].rect.x < x) behind_.push_back(other);
    }
    for (const std::size_t other : next_[node_]) {
      if (stands_[other].rect.x > x) ahead_.push_back(other);
    }
  }

  Positions positions() {
    if (node_ == stands_.size()) return {};
    const std::vector<Stand> asDropped = stands_;
    const std::set<std::size_t> before = reached(before_);
    stands_[node_].rect.x = clearOf(before);
    moveAfter(before);
    Positions moved;
    for (std::size_t i = 0; i < stands_.size(); ++i) {
      const double by = stands_[i].rect.x - asDropped[i].rect.x;
      if (by != 0) addMoved(asDropped[i], {by, 0}, moved);
    }
    return moved;
  }

 private:
  using Wires = std::vector<std::vector<std::size_t>>;

  // Without the node itself.
  std::set<std::size_t> reached(const Wires& wires) const {
    std::set<std::size_t> seen{node_};
    std::vector<std::size_t> open{node_};
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      for (const std::size_t other : wires[at]) {
        if (seen.insert(other).second) open.push_back(other);
      }
    }
    seen.erase(node_);
    return seen;
  }

  bool isNear(const Rect& rect, std::size_t other) const {
    const Rect around{rect.x - kForWires, rect.y - kBetween, rect.width + 2 * kForWires, rect.height + 2 * kBetween};
    return around.intersects(stands_[other].rect);
  }

  // How far to the right the node has to stand of what comes before it.
  double clearOf(const std::set<std::size_t>& before) const {
    Rect rect = stands_[node_].rect;
    for (const std::size_t other : behind_) rect.x = std::max(rect.x, stands_[other].rect.right() + kForWires);
    for (bool moved = true; moved;) {
      moved = false;
      for (const std::size_t other : before) {
        if (!isNear(rect, other)) continue;
        rect.x = stands_[other].rect.right() + kForWires;
        moved = true;
      }
    }
    return drawing::onGridFrom(rect.x);
  }

  void moveAfter(const std::set<std::size_t>& before) {
    const Rect rect = stands_[node_].rect;
    double by = 0;
    std::set<std::size_t> moving;
    const auto clear = [&](std::size_t other) {
      const double far = drawing::onGridFrom(rect.right() + kForWires - stands_[other].rect.x);
      if (far <= 0) return;
      by = std::max(by, far);
      moving.insert(other);
    };
    for (const std::size_t other : ahead_) {
      if (!before.contains(other)) clear(other);
    }
    for (std::size_t other = 0; other < stands_.size(); ++other) {
      if (other != node_ && !before.contains(other) && isNear(rect, other)) clear(other);
    }
    if (moving.empty()) return;
    for (const std::size_t other : reached(next_)) {
      if (!before.contains(other) && stands_[other].rect.x > rect.x) moving.insert(other);
    }
    // And what these would cover, until nothing of that comes to stand on the node.
    for (double last = 0; last != by;) {
      last = by;
      addCovered(moving, by);
      for (const std::size_t other : moving) {
        if (isNear(rect.moved({-by, 0}), other)) clear(other);
      }
    }
    for (const std::size_t other : moving) stands_[other].rect.x += by;
  }

  void addCovered(std::set<std::size_t>& moving, double by) const {
    std::vector<std::size_t> open(moving.begin(), moving.end());
    while (!open.empty()) {
      const Rect there = stands_[open.back()].rect.moved({by, 0}).grown(kBetween);
      open.pop_back();
      for (const std::size_t other : places_.near(there)) {
        if (other == node_ || !there.intersects(stands_[other].rect)) continue;
        if (moving.insert(other).second) open.push_back(other);
      }
    }
  }

  std::vector<Stand> stands_;
  drawing::CellGrid<std::size_t, 512> places_;  // of the others, where they stand before
  Wires next_;
  Wires before_;
  std::vector<std::size_t> behind_;  // those beside it; wires that go back anyway need no room
  std::vector<std::size_t> ahead_;
  std::size_t node_ = stands_.size();
};

}  // namespace

Positions placesIn(const Picture& picture, std::size_t group) {
  Positions places;
  for (const std::size_t node : picture.groups[group].nodes) {
    places.emplace(picture.nodes[node]->id, picture.nodes[node]->at());
  }
  for (std::size_t inner = 0; inner < picture.groups.size(); ++inner) {
    const drawing::GroupPicture& box = picture.groups[inner];
    if (box.collapsed && picture.within(inner, group)) places.emplace(box.id, box.box);
  }
  return places;
}

std::string openGroupAt(const Picture& picture, Point at) {
  const auto found = std::find_if(picture.groups.rbegin(), picture.groups.rend(),
                                  [&](const auto& group) { return group.framed() && group.bounds.contains(at); });
  return found == picture.groups.rend() ? std::string() : found->id;
}

Positions movedClear(const Picture& picture, const Selection& added) {
  std::vector<Stand> fresh;
  std::vector<Rect> rects;
  std::set<std::string> own = added;
  for (Stand& stand : standsOf(picture)) {
    if (!isPartOf(stand, added)) continue;
    rects.push_back(stand.rect);
    for (const auto& [id, at] : stand.parts) own.insert(id);
    fresh.push_back(std::move(stand));
  }
  for (const drawing::GroupPicture& group : picture.groups) {
    if (group.framed() && added.contains(group.id)) rects.push_back(group.bounds);
  }
  const double down = drawing::downToFreeRoom(drawing::takenRoom(picture, own), rects);
  Positions moved;
  if (down == 0) return moved;
  for (const Stand& stand : fresh) addMoved(stand, {0, down}, moved);
  return moved;
}

Positions movedApart(const Picture& picture, const std::string& node) {
  return Parting(picture, node).positions();
}

}  // namespace weir::designer
