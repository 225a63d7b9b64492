// What is said of commands, from their tables.
#pragma once

#include <span>
#include <string>

#include "app/command_line/command.hpp"

namespace weir::app {

// All commands that are for people.
std::string overview(std::span<const CommandForms> commands);

// How one is called, and what it takes.
std::string help(const CommandForms& command);

}  // namespace weir::app
