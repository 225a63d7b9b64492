#include "designer/ui/canvas/scene/placing.hpp"

#include "designer/model/edits/edits.hpp"
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

}  // namespace

Edit placedClear(const CanvasScene& scene, Edit edit) {
  if (!edit.selection || edit.selection->empty()) return edit;
  const Positions positions = movedClear(pictureAfter(scene, edit), *edit.selection);
  return moved(std::move(edit), positions);
}

Edit placedApart(const CanvasScene& scene, Edit edit, const std::string& node) {
  const Positions positions = movedApart(pictureAfter(scene, edit), node);
  return moved(std::move(edit), positions);
}

}  // namespace weir::designer
