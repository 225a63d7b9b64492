#include "core/topology/plan/diff.hpp"

#include <cstdio>

#include "app/commands/commands.hpp"
#include "app/commands/topology_input.hpp"

namespace weir::app {

// Like diff(1): 0 when nothing that the topology does has changed, 1 when something has.
int diffCommand(Arguments arguments) {
  if (arguments.size() != 2) {
    std::fputs(kDiffUsage, stderr);
    return kExitErrors;
  }
  const Result<topology::Topology> before = readTopologyFile(arguments[0]);
  const Result<topology::Topology> after = readTopologyFile(arguments[1]);
  if (!before || !after) {
    std::fprintf(stderr, "%s\n", (before ? after.error() : before.error()).message.c_str());
    return kExitErrors;
  }
  const std::vector<topology::Change> changes = topology::diff(*before, *after);
  std::fputs(topology::changesText(changes).c_str(), stdout);
  return topology::changesLogic(changes) ? kExitWarnings : kExitOk;
}

}  // namespace weir::app
