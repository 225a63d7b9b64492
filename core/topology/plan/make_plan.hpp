// From a topology to what the runtime executes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/base/result.hpp"
#include "core/catalog/manifest.hpp"
#include "core/topology/check/surroundings.hpp"
#include "core/topology/graph/schema_deriver.hpp"
#include "core/topology/model/problem.hpp"
#include "core/topology/model/references.hpp"
#include "core/topology/model/topology.hpp"
#include "core/topology/plan/plan.hpp"

namespace weir::topology {

struct PlanOptions {
  std::map<std::string, std::string> parameters;  // of the topology, from the command line
  Lookup environment;
  Lookup file;
  Surroundings around;
  std::int32_t partitions = 1;                       // of declared topics that do not say
  std::map<std::string, std::int32_t> partitionsOf;  // topics that exist already: by name in the log
};

// Looks names up in the process's environment and paths on its machine, and reads small files, without their last line
// feed.
PlanOptions defaultPlanOptions();

struct PlanOutcome {
  Problems problems;         // what `check` says, and what only a start can tell
  std::optional<Plan> plan;  // nothing: one of the problems is an error
};

PlanOutcome planTopology(const Topology& topology, const catalog::Catalog& catalog, const SchemaDeriver& deriver,
                         const PlanOptions& options);

// The same where a plan is wanted or else a text: of all errors.
Result<Plan> makePlan(const Topology& topology, const catalog::Catalog& catalog, const SchemaDeriver& deriver,
                      const PlanOptions& options);

}  // namespace weir::topology
