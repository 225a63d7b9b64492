#include "app/commands/topology_input.hpp"

#include "app/runner/default_home.hpp"
#include "core/base/read_file.hpp"
#include "core/topology/file/read_topology.hpp"

namespace weir::app {

Result<std::string> readWholeFile(std::string_view path) {
  constexpr std::size_t kMostBytes = 256U << 20;
  return readFile(std::string(path), kMostBytes);
}

Result<topology::Topology> topologyOf(const std::string& text, std::string_view path) {
  topology::ReadOutcome outcome = topology::readTopology(text);
  if (topology::hasErrors(outcome.problems)) return configError(topology::problemsText(outcome.problems, path));
  return std::move(*outcome.topology);
}

Result<topology::Topology> readTopologyFile(std::string_view path) {
  WEIR_TRY_ASSIGN(text, readWholeFile(path));
  return topologyOf(text, path);
}

topology::Surroundings surroundingsOf(const std::string& file, const std::string& topology) {
  topology::Surroundings around;
  around.paths = topology::pathsOfThisMachine();
  if (file != "-") around.file = file;
  around.home = likelyHome(topology);
  return around;
}

}  // namespace weir::app
