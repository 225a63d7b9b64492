// The ids that nodes and topics had before ("was"): what a home keeps under them goes on under the new ones.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/topology/model/problem.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::topology {

struct FormerId {
  Text was;
  std::string_view now;  // of the node or topic; lives as long as the topology
};

// In the order of the file.
std::vector<FormerId> formerIds(const Topology& topology);

// Whose an id was must have one answer, and nothing that is still there may go by it.
void checkFormerIds(const Topology& topology, Problems& problems);

// `before` with the ids of `after`: each node and topic of it whose id is gone, and which `after` says that one of its
// own was. Edges, groups and the layout follow. `renamed` receives the old ids, by the new ones.
Topology withNewIds(const Topology& before, const Topology& after, std::map<std::string, std::string>& renamed);

}  // namespace weir::topology
