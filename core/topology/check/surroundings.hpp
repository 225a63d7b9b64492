// What a check knows of the place where a topology runs.
#pragma once

#include <string>
#include <vector>

#include "core/topology/check/path_lookup.hpp"
#include "core/topology/parts/part_reader.hpp"

namespace weir::topology {

// A file that the command writes beside what the topology does.
struct CommandOutput {
  std::string option;  // that names it: "--summary"
  std::string path;
};

struct Surroundings {
  PathLookup paths = {};  // empty: paths are compared as they are written
  std::string file = {};  // of the topology itself; empty: it has none
  std::string home = {};  // in which it will work, whether it is there or not; empty: nobody knows
  std::vector<CommandOutput> outputs = {};
  PartReader parts = {};       // empty: parts are what the catalog says, and their columns are not known
  std::string partsFrom = {};  // the file from whose folder they are named; empty: `file`
};

}  // namespace weir::topology
