// Completes calls of `weir` in fish, from the tables of its commands.
#pragma once

#include <span>
#include <string>

#include "app/command_line/command.hpp"

namespace weir::app {

// The script.
std::string fishCompletion(std::span<const CommandForms> commands);

}  // namespace weir::app
