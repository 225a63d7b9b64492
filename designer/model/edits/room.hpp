// Room for what is added: nothing new covers what is there. Both read a picture of the topology with the new parts in
// it.
#pragma once

#include "core/drawing/picture/picture.hpp"
#include "designer/model/edits/edits.hpp"

namespace weir::designer {

// Where everything that is in a group stands, and the boxes of collapsed ones, its own too: what moves with it.
Positions placesIn(const drawing::Picture& picture, std::size_t group);

// The innermost group in whose frame a place lies; empty: in none.
std::string openGroupAt(const drawing::Picture& picture, Point at);

// Where `added` stand when they are moved down together until they cover nothing else. Empty: they cover nothing.
Positions movedClear(const drawing::Picture& picture, const Selection& added);

// Where everything stands when a node that was put into a wire has room there: what comes after it goes to the right,
// and what that would cover with it. Empty: there is room.
Positions movedApart(const drawing::Picture& picture, const std::string& node);

}  // namespace weir::designer
