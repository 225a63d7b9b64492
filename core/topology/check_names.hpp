// Small checks that `check` and `makePlan` share.
#pragma once

#include "topology/problem.hpp"
#include "topology/topology.hpp"

namespace weir::topology {

// "guarantee" of the topology and of nodes.
void checkGuarantees(const Topology& topology, Problems& problems);

}  // namespace weir::topology
