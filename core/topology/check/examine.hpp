// What `check` and the planner share: a topology is judged by one code, so that both say the same about it.
#pragma once

#include <memory>

#include "core/topology/check/partitioning.hpp"
#include "core/topology/check/surroundings.hpp"
#include "core/topology/parts/expand.hpp"

namespace weir::topology {

struct Examined {
  std::unique_ptr<const Expanded> expanded;  // where parts are used: what the graph points into
  TypedGraph graph;
  Cut cut;  // empty where the topology runs in a circle
};

// `references` tell a check from a start: only a start has all values.
Examined examine(const Topology& topology, const catalog::Catalog& catalog, const References& references,
                 const SchemaDeriver& deriver, const PartitionOptions& partitions, const Surroundings& around,
                 Problems& problems, CheckMemory* memory = nullptr);

}  // namespace weir::topology
