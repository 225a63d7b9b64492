// Edits that add parts, with room for these in the picture that is shown.
#pragma once

#include "designer/model/edits/edit.hpp"
#include "designer/ui/canvas/scene/canvas_scene.hpp"

namespace weir::designer {

// What is selected after the edit is new, and comes to stand where it covers nothing; in the frame of a group it
// becomes a part of that, and what is beside a frame that grows gives way.
Edit placedClear(const CanvasScene& scene, Edit edit);
// `node` is in a wire after the edit: what comes after it gives way.
Edit placedApart(const CanvasScene& scene, Edit edit, const std::string& node);
// Collapses a group, whose box is selected then in place of what it hides, or expands it where it has room.
Edit withCollapsed(const CanvasScene& scene, const Selection& selected, const std::string& group, bool collapsed);

}  // namespace weir::designer
