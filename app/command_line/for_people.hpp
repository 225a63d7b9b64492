// What people are told of: in help, in suggestions and by their shell.
#pragma once

#include <span>
#include <vector>

#include "app/command_line/command.hpp"

namespace weir::app {

std::vector<const CommandForms*> commandsForPeople(std::span<const CommandForms> commands);
std::vector<const Option*> optionsForPeople(const CommandTable& table);
}  // namespace weir::app
