// The canonical writer of *.weir files. The rule in words: docs/topology_file.md.
#pragma once

#include <string>

#include "core/catalog/manifest.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::topology {

// The canonical text: the same topology always gives the same bytes, and reading them gives the topology back.
// Parameters stand in the order of the manifest where the catalog knows the operator, and unknown ones after them
// as they were read.
std::string formatTopology(const Topology& topology, const catalog::Catalog& catalog);

}  // namespace weir::topology
