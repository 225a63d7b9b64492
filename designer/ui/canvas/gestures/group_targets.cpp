#include "designer/ui/canvas/gestures/group_targets.hpp"

#include <algorithm>

#include "core/drawing/layout/free_room.hpp"
#include "designer/model/edits/room.hpp"
#include "designer/ui/canvas/picture/qt_geometry.hpp"

namespace weir::designer {

GroupTargets::GroupTargets(const CanvasScene& scene, const Positions& dragged) {
  const drawing::Picture& picture = scene.placed().picture();
  const std::vector<std::size_t> groups = picture.groupsOfNodes();
  const auto homeOf = [&](std::size_t group) {
    return group == drawing::kNoGroup ? std::string() : picture.groups[group].id;
  };
  const auto moves = [&](std::size_t node) { return dragged.contains(picture.nodes[node]->id); };
  std::vector<char> whole(picture.groups.size(), 0);
  for (std::size_t index = 0; index < picture.groups.size(); ++index) {
    const drawing::GroupPicture& group = picture.groups[index];
    whole[index] = !group.nodes.empty() && std::all_of(group.nodes.begin(), group.nodes.end(), moves) ? 1 : 0;
    if (group.hidden) continue;
    if (whole[index] == 0) {
      Frame& frame = frames_.emplace_back(Frame{group.id, {}, toQt(group.bounds), group.collapsed, {}});
      for (std::size_t outer = index; outer != drawing::kNoGroup; outer = picture.groups[outer].outer) {
        frame.around.insert(picture.groups[outer].id);
      }
      for (const std::size_t node : group.nodes) frame.members.push_back(picture.nodes[node]->rect());
    } else if (group.outer == drawing::kNoGroup || whole[group.outer] == 0) {
      dragged_.push_back({group.id, toQt(group.bounds), placesIn(picture, index), homeOf(group.outer)});
    }
  }
  if (frames_.empty()) {  // nowhere to come into, nor to leave
    dragged_.clear();
    return;
  }
  for (const auto& [id, at] : dragged) {
    const PlacedNode* const node = scene.placed().node(id);
    // One that moves with all of its group stays there.
    if (node == nullptr) continue;
    const std::size_t group = groups[node->position];
    if (group != drawing::kNoGroup && whole[group] != 0) continue;
    dragged_.push_back({id, node->rect, {{id, node->picture->at()}}, homeOf(group)});
  }
}

const GroupTargets::Frame* GroupTargets::frame(const std::string& id) const {
  const auto found = std::find_if(frames_.begin(), frames_.end(), [&](const Frame& frame) { return frame.id == id; });
  return found == frames_.end() ? nullptr : &*found;
}

const GroupTargets::Frame* GroupTargets::frameFor(const Dragged& part, const QRectF& rect) const {
  const auto entered = std::find_if(frames_.rbegin(), frames_.rend(),
                                    [&](const Frame& frame) { return frame.rect.contains(rect.center()); });
  const Frame* const in = entered == frames_.rend() ? nullptr : &*entered;
  const Frame* const home = frame(part.home);
  if (home == nullptr || !home->rect.intersects(rect)) return in;
  // It is in the frames around its own one anyway.
  return in == nullptr || home->around.contains(in->id) ? home : in;
}

GroupTargets::Outcome GroupTargets::movedBy(QPointF by) const {
  Outcome out;
  for (const Dragged& part : dragged_) {
    const Frame* const to = frameFor(part, part.rect.translated(by));
    const std::string id = to == nullptr ? std::string() : to->id;
    if (id == part.home) continue;
    out.memberships.emplace(part.id, id);
    if (to != nullptr) out.entered = id;
    if (to != nullptr && to->collapsed) out.collapsed.insert(part.id);
    if (const Frame* const home = frame(part.home)) out.left.push_back(home->rect);
  }
  return out;
}

Positions GroupTargets::placesInside(const Outcome& outcome) const {
  Positions places;
  std::map<std::string, std::vector<drawing::Rect>> taken;
  for (const Dragged& part : dragged_) {
    if (!outcome.collapsed.contains(part.id)) continue;
    const std::string& group = outcome.memberships.at(part.id);
    std::vector<drawing::Rect>& members = taken.emplace(group, frame(group)->members).first->second;
    const drawing::Rect was = fromQt(part.rect);
    const drawing::Point corner = members.empty() ? fromQt(frame(group)->rect.topLeft()) : members.front().corner();
    drawing::Rect rect = drawing::Rect::of(corner, {was.width, was.height});
    rect.y += drawing::downToFreeRoom(members, {rect});
    members.push_back(rect);
    for (const auto& [id, at] : part.parts) places.emplace(id, at + (rect.corner() - was.corner()));
  }
  return places;
}

}  // namespace weir::designer
