// Where a topology works when nobody says where: in the folder <name of the topology>.weir-home.
#pragma once

#include <string>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "topology/plan.hpp"

namespace weir::app {

// There was one default home for all topologies of a folder: where this topology has worked in it, it goes on there,
// and the logger says so.
Result<std::string> defaultHome(const topology::Plan& plan, const Clock& clock, Logger& logger);

// The home in the present folder, for commands that only look: an error when there is none, or more than one.
Result<std::string> onlyHome();

}  // namespace weir::app
