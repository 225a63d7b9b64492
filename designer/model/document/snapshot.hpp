// A version of the topology.
#pragma once

#include <memory>

#include "core/topology/model/topology.hpp"

namespace weir::designer {

// Shared: the undo history, the canvas and the checks on other threads hold the same versions. Immutable, so any thread
// may read it.
using Snapshot = std::shared_ptr<const topology::Topology>;

inline Snapshot makeSnapshot(topology::Topology topology) {
  return std::make_shared<const topology::Topology>(std::move(topology));
}

}  // namespace weir::designer
