// What edges are called: "a.out -> b.in". So problems, quick fixes and the layout name them; no id of anything else
// looks like that.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/topology/model/topology.hpp"

namespace weir::topology {

std::string edgeId(const Edge& edge);
// The edge that would have that id; nothing: it is none of an edge.
std::optional<Edge> edgeOfId(std::string_view id);

}  // namespace weir::topology
