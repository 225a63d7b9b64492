// The reader of *.weir files: the form, strictly. Whether the topology makes sense is for `check`.
#pragma once

#include <optional>
#include <string_view>

#include "core/topology/model/problem.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::topology {

struct ReadOutcome {
  std::optional<Topology> topology;  // present unless the text is not JSON or of a newer version
  Problems problems;                 // of the form; `check` finds the rest
};

ReadOutcome readTopology(std::string_view text);

}  // namespace weir::topology
