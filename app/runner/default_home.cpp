#include "app/runner/default_home.hpp"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "app/runner/home.hpp"
#include "app/runner/stderr_logger.hpp"
#include "core/adapters/embedded/files/posix_files.hpp"
#include "core/runtime/engine/home_registry.hpp"
#include "weir/sdk/refusal.hpp"

namespace weir::app {

namespace {

constexpr const char* kEnding = ".weir-home";
constexpr const char* kSharedHome = "weir-home";  // of all topologies, before each had its own

// One that this user may not look into is one, too: whoever opens it says what is wrong.
bool isHome(const std::string& folder) {
  std::error_code problem;
  return std::filesystem::exists(folder + "/log/journal", problem) || problem == std::errc::permission_denied;
}

// Empty: the home does not say whose it is.
Result<std::string> topologyOfSharedHome() {
  embedded::PosixFiles files;
  WEIR_TRY_ASSIGN(log, lookAtHome(files, kSharedHome));
  WEIR_TRY_ASSIGN(registry, runtime::HomeRegistry::load(*log));
  return registry.topology();
}

}  // namespace

Result<std::string> defaultHome(const std::string& topology, Logger& logger) {
  std::string own = topology + kEnding;
  if (isHome(own) || !isHome(kSharedHome)) return own;
  const std::string shared = kSharedHome;
  const Result<std::string> owner = topologyOfSharedHome();
  if (!owner) {
    return configError("Whether this topology has worked in " + shared +
                       ", the one default home of earlier versions, cannot be seen: " + owner.error().message +
                       " Say with --home which one to use; a new one would be " + own + ".");
  }
  if (owner->empty()) {
    return configError(shared +
                       " was made by an earlier version and may belong to another topology. If it is this one's: mv " +
                       shared + " " + own + ", or say --home " + shared + ". If it is not: say --home " + own +
                       ", which is made new.");
  }
  if (*owner != topology) return own;
  logger.write(LogLevel::Info, "",
               "Going on in " + shared + ", where this topology has worked. Rename that folder to " + own +
                   ", which is the default now, while nothing runs in it.");
  return shared;
}

std::string likelyHome(const std::string& topology) {
  StderrLogger silent(LogLevel::Error);
  const Result<std::string> home = defaultHome(topology, silent);
  return home ? *home : topology + kEnding;
}

Result<std::string> onlyHome() {
  std::vector<std::string> homes;
  std::error_code problem;
  for (std::filesystem::directory_iterator entry(".", problem), end; !problem && entry != end;
       entry.increment(problem)) {
    const std::string name = entry->path().filename().string();
    if ((name.ends_with(kEnding) || name == kSharedHome) && isHome(name)) homes.push_back(name);
  }
  if (problem) return configError("This folder cannot be listed: " + whyRefused(problem.value(), ".", Access::Read));
  if (homes.size() == 1) return homes[0];
  std::sort(homes.begin(), homes.end());
  std::string list;
  for (const std::string& home : homes) list += (list.empty() ? "" : ", ") + home;
  return configError(homes.empty() ? "There is no home in this folder: name one with --home."
                                   : "Which home? Name it with --home: " + list + ".");
}

}  // namespace weir::app
