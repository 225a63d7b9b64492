#include "designer/ui/canvas/gestures/group_targets.hpp"

#include <algorithm>

#include "core/drawing/layout/free_room.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"

namespace weir::designer {

GroupTargets::GroupTargets(const CanvasScene& scene, const Positions& dragged) {
  const drawing::Picture& picture = scene.placed().picture();
  Memberships homes;
  for (const drawing::GroupPicture& group : picture.groups) {
    const auto moves = [&](std::size_t node) { return dragged.contains(picture.nodes[node]->id); };
    if (std::all_of(group.nodes.begin(), group.nodes.end(), moves)) {
      for (const std::size_t node : group.nodes) homes.emplace(picture.nodes[node]->id, group.id);
      continue;
    }
    Frame& frame = frames_.emplace_back(Frame{group.id, toQt(group.bounds), group.collapsed, {}});
    for (const std::size_t node : group.nodes) {
      homes.emplace(picture.nodes[node]->id, group.id);
      frame.members.push_back(picture.nodes[node]->rect());
    }
  }
  if (frames_.empty()) return;
  for (const auto& [id, at] : dragged) {
    const PlacedNode* const node = scene.placed().node(id);
    const auto home = homes.find(id);
    // One that moves with all of its group stays there.
    if (node == nullptr || (home != homes.end() && frame(home->second) == nullptr)) continue;
    dragged_.push_back({id, node->rect, home == homes.end() ? std::string() : home->second});
  }
}

const GroupTargets::Frame* GroupTargets::frame(const std::string& id) const {
  const auto found = std::find_if(frames_.begin(), frames_.end(), [&](const Frame& frame) { return frame.id == id; });
  return found == frames_.end() ? nullptr : &*found;
}

const GroupTargets::Frame* GroupTargets::frameFor(const Dragged& node, const QRectF& rect) const {
  const auto entered = std::find_if(frames_.rbegin(), frames_.rend(), [&](const Frame& frame) {
    return frame.id != node.home && frame.rect.contains(rect.center());
  });
  if (entered != frames_.rend()) return &*entered;
  const Frame* const home = frame(node.home);
  return home != nullptr && home->rect.intersects(rect) ? home : nullptr;
}

GroupTargets::Outcome GroupTargets::movedBy(QPointF by) const {
  Outcome out;
  for (const Dragged& node : dragged_) {
    const Frame* const to = frameFor(node, node.rect.translated(by));
    const std::string id = to == nullptr ? std::string() : to->id;
    if (id == node.home) continue;
    out.memberships.emplace(node.id, id);
    if (to != nullptr) out.entered = id;
    if (to != nullptr && to->collapsed) out.collapsed.insert(node.id);
    if (const Frame* const home = frame(node.home)) out.left.push_back(home->rect);
  }
  return out;
}

Positions GroupTargets::placesInside(const Outcome& outcome) const {
  Positions places;
  std::map<std::string, std::vector<drawing::Rect>> taken;
  for (const Dragged& node : dragged_) {
    if (!outcome.collapsed.contains(node.id)) continue;
    const std::string& group = outcome.memberships.at(node.id);
    std::vector<drawing::Rect>& members = taken.emplace(group, frame(group)->members).first->second;
    const drawing::Point corner = members.empty() ? fromQt(frame(group)->rect.topLeft()) : members.front().corner();
    drawing::Rect rect = drawing::Rect::of(corner, {node.rect.width(), node.rect.height()});
    rect.y += drawing::downToFreeRoom(members, {rect});
    members.push_back(rect);
    places.emplace(node.id, rect.corner());
  }
  return places;
}

}  // namespace weir::designer
