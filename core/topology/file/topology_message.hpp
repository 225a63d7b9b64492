// Topology <-> weir.v1.Topology, the form for other tools.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::v1 {
class Topology;
}

namespace weir::topology {

v1::Topology toMessage(const Topology& topology);
// The message as Protobuf writes it: in its binary form, and in its JSON mapping with an end of the last line. The same
// topology always gives the same bytes.
std::string messageBytes(const Topology& topology);
std::string messageJson(const Topology& topology);

// Refuses a newer version, and members that should hold JSON and do not. Whether the topology makes sense is for
// `check`, as for one that was read from a file.
Result<Topology> fromMessage(const v1::Topology& message);

}  // namespace weir::topology
