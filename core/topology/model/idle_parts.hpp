// Nodes that are disabled, and what does not run because of them. As files draw it: nothing is looked up.
#pragma once

#include <set>
#include <string>

#include "core/topology/model/topology.hpp"

namespace weir::topology {

inline constexpr std::string_view kStop = "stop";
inline constexpr std::string_view kPass = "pass";

// Rows go on past it.
bool passes(const Node& node);
// It does not run, nor do rows go past it.
bool stops(const Node& node);

// The ids of all that does not run: nodes that stop; what has an input to which all edges come from such; what leads
// nowhere but there. A topic keeps rows for whoever reads it later: it runs as long as something that runs writes it.
std::set<std::string, std::less<>> idleParts(const Topology& topology);

}  // namespace weir::topology
