// From a drawing to what the runtime executes.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/result.hpp"
#include "catalog/manifest.hpp"
#include "topology/plan.hpp"
#include "topology/references.hpp"
#include "topology/schema_deriver.hpp"
#include "topology/topology.hpp"

namespace weir::topology {

struct PlanOptions {
  std::map<std::string, std::string> parameters;  // of the topology, from the command line
  Lookup environment;
  Lookup file;
  std::int32_t partitions = 1;                       // of declared topics that do not say
  std::map<std::string, std::int32_t> partitionsOf;  // topics that exist already: by name in the log
};

// Looks names up in the process's environment and reads small files, without their last line feed.
PlanOptions defaultPlanOptions();

// Checks the topology first: the error is everything that is wrong, as text.
Result<Plan> makePlan(const Topology& topology, const catalog::Catalog& catalog, const SchemaDeriver& deriver,
                      const PlanOptions& options);

}  // namespace weir::topology
