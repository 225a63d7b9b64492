#include "core/topology/plan/diff.hpp"

#include <cstdio>
#include <string>

#include "app/commands/commands.hpp"
#include "app/commands/topology_input.hpp"

namespace weir::app {

namespace {

class Diff final : public Command {
 public:
  Diff() : Command("diff") {
    table_.argument("OLD", old_, Offers::Topologies, "the topology as it was");
    table_.argument("NEW", new_, Offers::Topologies, "the topology as it is");
  }

  // Like diff(1): 0 when nothing that the topology does has changed, 1 when something has.
  int run() override {
    topology::Topology before;
    topology::Topology after;
    if (const int status = takeTopology(old_, before); status != kExitOk) return status;
    if (const int status = takeTopology(new_, after); status != kExitOk) return status;
    const std::vector<topology::Change> changes = topology::diff(before, after);
    std::fputs(topology::changesText(changes).c_str(), stdout);
    return topology::changesLogic(changes) ? kExitWarnings : kExitOk;
  }

 private:
  std::string old_;
  std::string new_;
};

}  // namespace

std::unique_ptr<Command> makeDiff() {
  return std::make_unique<Diff>();
}

}  // namespace weir::app
