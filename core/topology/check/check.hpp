// Everything that can be said about a topology before it runs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/catalog/manifest.hpp"
#include "core/topology/check/surroundings.hpp"
#include "core/topology/graph/schema_deriver.hpp"
#include "core/topology/model/problem.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::topology {

// The columns of a node's or topic's ports, as far as they are known. A topic has one port each way, named "".
struct PortSchema {
  std::string node;
  std::string port;
  bool output = false;
  std::optional<Schema> schema;
};

struct CheckOutcome {
  Problems problems;
  std::vector<PortSchema> schemas;
};

class CheckMemory;

// A pure function of its arguments and of what they look up. `deriver` may be empty: what only operators can say stays
// unknown (info). With a memory it says the same, sooner. Without `around` nothing is known of files but the names that
// the topology has.
CheckOutcome check(const Topology& topology, const catalog::Catalog& catalog, const SchemaDeriver& deriver,
                   CheckMemory* memory = nullptr, const Surroundings& around = {});
// Only what the command would write over with its outputs.
Problems checkOutputs(const Topology& topology, const catalog::Catalog& catalog, const Surroundings& around);

}  // namespace weir::topology
