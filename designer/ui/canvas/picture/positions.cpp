#include "designer/ui/canvas/picture/positions.hpp"

namespace weir::designer {

Positions positionsOf(const PlacedPicture& placed, const Selection& ids) {
  Positions out;
  const drawing::Picture& picture = placed.picture();
  for (const std::string& id : ids) {
    if (const PlacedNode* const node = placed.node(id)) out.emplace(id, node->picture->at());
  }
  for (const drawing::GroupPicture& group : picture.groups) {
    if (!ids.contains(group.id)) continue;
    if (group.collapsed) out.emplace(group.id, group.bounds.corner());
    for (const std::size_t index : group.nodes) out.emplace(picture.nodes[index]->id, picture.nodes[index]->at());
  }
  for (const drawing::CommentPicture& comment : picture.comments) {
    if (ids.contains(comment.id)) out.emplace(comment.id, comment.bounds.corner());
  }
  return out;
}

}  // namespace weir::designer
