// How `weir plugin-check` tries functions and aggregates out.
#pragma once

#include <string>

#include "core/adapters/host/check/check_steps.hpp"
#include "core/adapters/host/load/loaded_plugins.hpp"

namespace weir::host {

// Take one through its life.
void checkFunction(LoadedPlugins& plugins, const std::string& use, const catalog::OperatorSpec& spec,
                   CheckSteps& steps);
void checkAggregate(LoadedPlugins& plugins, const std::string& use, const catalog::OperatorSpec& spec,
                    CheckSteps& steps);

}  // namespace weir::host
