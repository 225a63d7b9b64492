#include "app/commands/topology_input.hpp"

#include <cstdio>
#include <utility>

#include "app/commands/commands.hpp"
#include "app/runner/default_home.hpp"
#include "core/base/read_file.hpp"
#include "core/topology/check/check.hpp"
#include "core/topology/file/read_topology.hpp"
#include "core/topology/parts/expand.hpp"

namespace weir::app {

Result<std::string> readWholeFile(const std::string& path) {
  constexpr std::size_t kMostBytes = 256U << 20;
  return readFile(path, kMostBytes);
}

int takeTopology(const std::string& path, topology::Topology& topology) {
  const Result<std::string> text = readWholeFile(path);
  return text ? takeTopology(path, *text, topology) : fail(text.error());
}

int takeTopology(const std::string& path, const std::string& text, topology::Topology& topology) {
  topology::ReadOutcome outcome = topology::readTopology(text);
  if (topology::hasErrors(outcome.problems)) {
    std::fputs(topology::problemsText(outcome.problems, path).c_str(), stderr);
    return kExitErrors;
  }
  topology = std::move(*outcome.topology);
  return kExitOk;
}

int checkOutput(const std::string& path, const topology::Topology& topology, const catalog::Catalog& catalog,
                const std::string& out) {
  topology::Surroundings around = surroundingsOf(path, topology.name.value);
  around.outputs.push_back({"-o", out});
  const topology::Problems overwritten = topology::checkOutputs(topology, catalog, around);
  std::fputs(topology::problemsText(overwritten, path).c_str(), stderr);
  return overwritten.empty() ? kExitOk : kExitErrors;
}

catalog::Catalog withParts(catalog::Catalog catalog, const topology::Topology& topology, const std::string& file) {
  catalog.setParts(topology::partOperators(topology, catalog, topology::partsOfThisMachine(), file == "-" ? "" : file));
  return catalog;
}

topology::Surroundings surroundingsOf(const std::string& file, const std::string& topology) {
  topology::Surroundings around;
  around.paths = topology::pathsOfThisMachine();
  if (file != "-") around.file = file;
  around.home = likelyHome(topology);
  around.parts = topology::partsOfThisMachine();
  return around;
}

}  // namespace weir::app
