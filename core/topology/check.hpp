// Everything that can be said about a drawing before it runs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catalog/manifest.hpp"
#include "topology/problem.hpp"
#include "topology/schema_deriver.hpp"
#include "topology/surroundings.hpp"
#include "topology/topology.hpp"

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
// the drawing has.
CheckOutcome check(const Topology& topology, const catalog::Catalog& catalog, const SchemaDeriver& deriver,
                   CheckMemory* memory = nullptr, const Surroundings& around = {});
// Only what the command would write over with its outputs.
Problems checkOutputs(const Topology& topology, const catalog::Catalog& catalog, const Surroundings& around);

}  // namespace weir::topology
