// Room for frames that grow: of a group that is expanded, or that something came into.
#pragma once

#include "core/drawing/picture/picture.hpp"
#include "designer/model/edits/edits.hpp"

namespace weir::designer {

// Where everything stands when what is beside a frame that grew keeps clear of it: to the right of it what was there,
// and so on, with what that would cover. The frames around it grow likewise. Empty: there is room.
Positions movedForFrames(const drawing::Picture& before, const drawing::Picture& after);

// The edit of what `before` shows, with that.
Edit withRoomForFrames(Edit edit, const drawing::Picture& before, const drawing::PictureMaker& maker);

}  // namespace weir::designer
