// Where a topology works when nobody says where: in the folder <name of the topology>.weir-home.
#pragma once

#include <string>

#include "core/base/logger.hpp"
#include "core/base/result.hpp"

namespace weir::app {

// Earlier versions had one default home for all topologies of a folder. Where it is this topology's, it goes on there,
// and the logger says so; where it does not say whose it is, people have to. Takes no lock.
Result<std::string> defaultHome(const std::string& topology, Logger& logger);

// The same for whoever only asks. Where it cannot be told: the one that the topology would have of its own.
std::string likelyHome(const std::string& topology);

// The home in the present folder, for commands that only look: an error when there is none, or more than one.
Result<std::string> onlyHome();

}  // namespace weir::app
