// What `weir run` takes.
#pragma once

#include "app/command_line/command_table.hpp"
#include "app/runner/run_options.hpp"

namespace weir::app {

void addRunOptions(CommandTable& table, RunOptions& options);

// What options say together, once they have been taken.
Result<void> settle(RunOptions& options);

}  // namespace weir::app
