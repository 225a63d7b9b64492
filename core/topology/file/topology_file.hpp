// *.weir files: read strictly, written canonically.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/catalog/manifest.hpp"
#include "core/topology/model/problem.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::topology {

struct ReadOutcome {
  std::optional<Topology> topology;  // present unless the text is not JSON or of a newer version
  Problems problems;                 // of the form; `check` finds the rest
};

ReadOutcome readTopology(std::string_view text);

// The canonical text: the same topology always gives the same bytes, and reading them gives the topology back.
// Parameters stand in the order of the manifest where the catalog knows the operator, and unknown ones after them
// as they were read.
std::string formatTopology(const Topology& topology, const catalog::Catalog& catalog);

}  // namespace weir::topology
