// What is done with wires by hand: bending them, which is layout alone, as is showing them as links, of which only tags
// are drawn; and taking them off.
#pragma once

#include <string>
#include <vector>

#include "designer/model/edits/edits.hpp"

namespace weir::designer {

drawing::WireLayout layoutOfWire(const topology::Topology& topology, const std::string& wire);

Edit setBends(const topology::Topology& topology, const std::string& wire, std::vector<Point> bends);
Edit removeBend(const topology::Topology& topology, const std::string& wire, std::size_t index);
// The wires among `ids` find their own way again.
Edit straighten(const topology::Topology& topology, const Selection& ids);
// The wires among `ids` are links, or are drawn.
Edit setLinks(const topology::Topology& topology, const Selection& ids, bool links);

// Takes wires off their ports; what else is selected stays so.
Edit detach(const topology::Topology& topology, const Selection& wires);

// --- What becomes of them when something else changes. Each is cheap where no wire is bent and none is a link.
// Bends of wires both of whose ends move by the same way go along. Before the positions are set.
void moveBends(topology::Topology& topology, const Positions& positions);
// Bends at whatever moves are gone.
void dropBends(topology::Topology& topology, const Positions& moved);
// So is what the layout says of wires that were in `before`.
void dropLostWires(topology::Topology& topology, const topology::Topology& before);
// What it said of one wire it says of another.
void renameWire(topology::Topology& topology, const std::string& from, const std::string& to);

}  // namespace weir::designer
