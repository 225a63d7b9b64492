// The files that a topology names, by what becomes of them.
#pragma once

#include <string>
#include <vector>

#include "core/topology/check/partitioning.hpp"

namespace weir::topology {

struct NamedPath {
  const TypedNode* node = nullptr;
  std::size_t subTopology = kNone;
  std::string param;  // that holds it
  json::Position position;
  std::string text;
};

// Without those that hang on a reference whose value is not known yet.
struct NamedPaths {
  std::vector<NamedPath> reads;
  std::vector<NamedPath> writes;
  std::vector<NamedPath> references;  // ${file:path}
};

// Points into the graph; `cut` may be empty.
NamedPaths namedPaths(const TypedGraph& graph, const Cut& cut);

// Where {task} stands in the path of an output.
inline constexpr std::string_view kTaskInPath = "{task}";
std::string withTask(std::string path, std::int32_t task);

}  // namespace weir::topology
