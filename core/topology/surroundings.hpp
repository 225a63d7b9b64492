// What a check knows of the place where a drawing runs.
#pragma once

#include <string>
#include <vector>

#include "topology/path_lookup.hpp"

namespace weir::topology {

// A file that the command writes beside what the drawing does.
struct CommandOutput {
  std::string option;  // that names it: "--summary"
  std::string path;
};

struct Surroundings {
  PathLookup paths = {};  // empty: paths are compared as they are written
  std::string file = {};  // of the topology itself; empty: it has none
  std::string home = {};  // in which it will work, whether it is there or not; empty: nobody knows
  std::vector<CommandOutput> outputs = {};
};

}  // namespace weir::topology
