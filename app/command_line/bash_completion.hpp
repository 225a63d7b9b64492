// Completes calls of `weir` in bash, from the tables of its commands.
#pragma once

#include <span>
#include <string>

#include "app/command_line/command.hpp"

namespace weir::app {

// The script.
std::string bashCompletion(std::span<const CommandForms> commands);

}  // namespace weir::app
