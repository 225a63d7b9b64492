// Topology <-> weir.v1.Topology, the form for other tools.
#pragma once

#include "core/base/result.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::v1 {
class Topology;
}

namespace weir::topology {

v1::Topology toMessage(const Topology& topology);

// Refuses a newer version, and members that should hold JSON and do not. Whether the topology makes sense is for
// `check`, as for one that was read from a file.
Result<Topology> fromMessage(const v1::Topology& message);

}  // namespace weir::topology
