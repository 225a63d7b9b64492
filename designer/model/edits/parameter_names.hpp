// The parameters of a topology that its nodes and topics refer to: ${param:name}.
#pragma once

#include <set>
#include <string>

#include "core/topology/model/topology.hpp"

namespace weir::designer {

std::set<std::string> parametersOf(const topology::Topology& topology);

// Adds the parameters that nodes and topics of `copied` refer to. One whose name is taken by another one gets a name
// that is free, which `copied` then refers to.
void takeParameters(topology::Topology& topology, topology::Topology& copied);

}  // namespace weir::designer
