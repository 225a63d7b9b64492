// Reads a call by the table of its command.
#pragma once

#include <span>
#include <string_view>

#include "app/command_line/command_table.hpp"
#include "core/base/result.hpp"

namespace weir::app {

// Gives each argument to whoever takes it, in the order of the call. `--name value` and `--name=value` are the same;
// what comes after `--` has no names. The error says which argument is wrong and what would be right.
Result<void> parse(const CommandTable& table, std::span<const std::string_view> arguments);

}  // namespace weir::app
