// One part in the place of the node that uses it.
#pragma once

#include <set>
#include <string>

#include "core/topology/model/topology.hpp"

namespace weir::topology {

// The contents of a part as they are known outside: with the node's id before theirs, with its values for the
// parameters of the part, and with what the node was. `unknown`: parameters whose values are wrong; they have none.
Topology putInPlace(const Topology& inside, const Topology& part, const Node& user,
                    const std::set<std::string>& unknown);

}  // namespace weir::topology
