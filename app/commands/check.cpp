#include "core/topology/check/check.hpp"

#include <algorithm>
#include <cstdio>
#include <string>

#include "app/commands/commands.hpp"
#include "app/commands/topology_input.hpp"
#include "core/adapters/host/guard/child_process.hpp"
#include "core/adapters/host/library/plugin_finder.hpp"
#include "core/adapters/host/load/derive_service.hpp"
#include "core/topology/file/read_topology.hpp"

namespace weir::app {

namespace {

int exitStatus(const topology::Problems& problems) {
  if (topology::hasErrors(problems)) return kExitErrors;
  const bool warned = std::any_of(problems.begin(), problems.end(), [](const topology::Problem& problem) {
    return problem.severity == topology::Severity::Warning;
  });
  return warned ? kExitWarnings : kExitOk;
}

}  // namespace

int checkCommand(Arguments arguments) {
  bool json = false;
  std::string file;
  for (const std::string_view argument : arguments) {
    if (argument == "--json") {
      json = true;
    } else if (argument.starts_with("--") || !file.empty()) {
      std::fputs(kCheckUsage, stderr);
      return kExitErrors;
    } else {
      file = argument;
    }
  }
  if (file.empty()) {
    std::fputs(kCheckUsage, stderr);
    return kExitErrors;
  }
  const Result<std::string> text = readWholeFile(file);
  if (!text) {
    std::fprintf(stderr, "%s\n", text.error().message.c_str());
    return kExitErrors;
  }
  topology::ReadOutcome outcome = topology::readTopology(*text);
  topology::Problems problems = std::move(outcome.problems);
  if (outcome.topology) {
    const Result<host::FoundPlugins> plugins = host::findPlugins();
    if (!plugins) {
      std::fprintf(stderr, "weir check: %s\n", plugins.error().message.c_str());
      return kExitErrors;
    }
    // Plugins are asked in a child process: one that crashes must not take the answer with it.
    host::DeriveClient client({host::programPath(), "derive-schema"}, plugins->catalog);
    topology::Surroundings around = surroundingsOf(file, outcome.topology->name.value);
    around.paths = topology::pathsOfALaterStart();
    topology::CheckOutcome checked =
        topology::check(*outcome.topology, plugins->catalog, client.deriver(), nullptr, around);
    problems.insert(problems.end(), checked.problems.begin(), checked.problems.end());
  }
  if (json) {
    std::printf("%s\n", topology::problemsJson(problems, file).c_str());
  } else {
    std::fputs(topology::problemsText(problems, file).c_str(), stdout);
  }
  return exitStatus(problems);
}

}  // namespace weir::app
