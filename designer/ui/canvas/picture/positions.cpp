#include "designer/ui/canvas/picture/positions.hpp"

#include "designer/model/edits/room.hpp"

namespace weir::designer {

Positions positionsOf(const PlacedPicture& placed, const Selection& ids) {
  Positions out;
  const drawing::Picture& picture = placed.picture();
  for (const std::string& id : ids) {
    if (const PlacedNode* const node = placed.node(id)) out.emplace(id, node->picture->at());
  }
  for (std::size_t group = 0; group < picture.groups.size(); ++group) {
    if (ids.contains(picture.groups[group].id)) out.merge(placesIn(picture, group));
  }
  for (const drawing::CommentPicture& comment : picture.comments) {
    if (ids.contains(comment.id)) out.emplace(comment.id, comment.bounds.corner());
  }
  return out;
}

}  // namespace weir::designer
