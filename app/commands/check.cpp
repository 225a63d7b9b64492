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

class Check final : public Command {
 public:
  Check() : Command("check") {
    table_.argument("FILE", file_, Offers::Topologies, "the topology; - is the standard input");
    table_.flag("--json", json_, "as JSON, for programs");
  }

  int run() override {
    const Result<std::string> text = readWholeFile(file_);
    if (!text) return fail(text.error());
    topology::ReadOutcome outcome = topology::readTopology(*text);
    topology::Problems problems = std::move(outcome.problems);
    if (outcome.topology) {
      const Result<host::FoundPlugins> plugins = host::findPlugins();
      if (!plugins) return fail(plugins.error());
      // Plugins are asked in a child process: one that crashes must not take the answer with it.
      host::DeriveClient client({host::programPath(), "derive-schema"}, plugins->catalog);
      topology::Surroundings around = surroundingsOf(file_, outcome.topology->name.value);
      around.paths = topology::pathsOfALaterStart();
      topology::CheckOutcome checked =
          topology::check(*outcome.topology, plugins->catalog, client.deriver(), nullptr, around);
      problems.insert(problems.end(), checked.problems.begin(), checked.problems.end());
    }
    if (json_) {
      std::printf("%s\n", topology::problemsJson(problems, file_).c_str());
    } else {
      std::fputs(topology::problemsText(problems, file_).c_str(), stdout);
    }
    return exitStatus(problems);
  }

 private:
  std::string file_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> makeCheck() {
  return std::make_unique<Check>();
}

}  // namespace weir::app
