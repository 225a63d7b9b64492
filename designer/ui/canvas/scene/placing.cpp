#include "designer/ui/canvas/scene/placing.hpp"

#include "designer/model/edits/edits.hpp"
#include "designer/model/edits/frame_room.hpp"
#include "designer/model/edits/room.hpp"

namespace weir::designer {

namespace {

drawing::Picture pictureAfter(const CanvasScene& scene, const Edit& edit) {
  return scene.maker().make(edit.after, {}, scene.placed().picture());
}

Edit moved(Edit edit, const Positions& positions) {
  if (!positions.empty()) edit.after = movedTo(edit.after, positions, {}).after;
  return edit;
}

// What is new and stands in the frame of a group is in that group.
Edit joined(const CanvasScene& scene, Edit edit) {
  const drawing::Picture& shown = scene.placed().picture();
  if (shown.groups.empty()) return edit;
  const drawing::Picture after = pictureAfter(scene, edit);
  Memberships memberships;
  for (const std::string& id : *edit.selection) {
    const std::optional<std::size_t> node = after.node(id);
    if (!node || !groupOf(edit.after, id).empty()) continue;
    const std::string group = openGroupAt(shown, after.nodes[*node]->rect().centre());
    if (!group.empty()) memberships.emplace(id, group);
  }
  moveToGroups(edit.after, memberships);
  return edit;
}

}  // namespace

Edit placedClear(const CanvasScene& scene, Edit edit) {
  if (!edit.selection || edit.selection->empty()) return edit;
  edit = joined(scene, std::move(edit));
  const Positions positions = movedClear(pictureAfter(scene, edit), *edit.selection);
  return withRoomForFrames(moved(std::move(edit), positions), scene.placed().picture(), scene.maker());
}

Edit placedApart(const CanvasScene& scene, Edit edit, const std::string& node) {
  const Positions positions = movedApart(pictureAfter(scene, edit), node);
  return moved(std::move(edit), positions);
}

Edit withCollapsed(const CanvasScene& scene, const Selection& selected, const std::string& group, bool collapsed) {
  Edit edit = setCollapsed(*scene.snapshot(), group, collapsed);
  edit.selection = withBoxes(edit.after, selected);
  return collapsed ? edit : withRoomForFrames(std::move(edit), scene.placed().picture(), scene.maker());
}

}  // namespace weir::designer
