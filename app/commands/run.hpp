// `weir run`, and what it does once its command line is read.
#pragma once

#include "app/commands/commands.hpp"
#include "app/runner/home.hpp"
#include "app/runner/run_options.hpp"

namespace weir::app {

// Runs a topology to its end or a stop; answers the exit status. Called before there is any thread. `weir` opens homes
// with `openHome`; whoever wants other ports under a run gives another opener.
int runTopology(RunOptions options, const HomeOpener& openHome);

}  // namespace weir::app
