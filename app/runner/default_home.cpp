#include "runner/default_home.hpp"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "runner/home.hpp"
#include "runtime/engine/home_claims.hpp"

namespace weir::app {

namespace {

constexpr const char* kEnding = ".weir-home";
constexpr const char* kSharedHome = "weir-home";  // of all topologies, before each had its own
constexpr std::int64_t kLittleMemory = 1 << 20;

bool isHome(const std::string& folder) {
  std::error_code ignored;
  return std::filesystem::exists(folder + "/log", ignored);
}

// The caller may find it busy, or not to be a home.
Result<bool> workedInSharedHome(const topology::Plan& plan, const Clock& clock, Logger& logger) {
  WEIR_TRY_ASSIGN(lock, lockHome(kSharedHome));
  static_cast<void>(lock);
  WEIR_TRY_ASSIGN(home, openHome(kSharedHome, kLittleMemory, {}, clock, logger));
  WEIR_TRY_ASSIGN(registry, runtime::HomeRegistry::load(*home.log));
  return runtime::workedIn(plan, *home.log, registry);
}

}  // namespace

Result<std::string> defaultHome(const topology::Plan& plan, const Clock& clock, Logger& logger) {
  std::string own = plan.name + kEnding;
  if (isHome(own) || !isHome(kSharedHome)) return own;
  const Result<bool> shared = workedInSharedHome(plan, clock, logger);
  if (!shared) {
    return configError("Whether this topology has worked in " + std::string(kSharedHome) +
                       ", the one default home of former versions, cannot be seen: " + shared.error().message +
                       " Say with --home which one to use; a new one would be " + own + ".");
  }
  if (!*shared) return own;
  logger.write(LogLevel::Info, "",
               "Going on in " + std::string(kSharedHome) + ", where this topology has worked. Rename that folder to " +
                   own + ", which is the default now, while nothing runs in it.");
  return std::string(kSharedHome);
}

Result<std::string> onlyHome() {
  std::vector<std::string> homes;
  std::error_code problem;
  for (std::filesystem::directory_iterator entry(".", problem), end; !problem && entry != end;
       entry.increment(problem)) {
    const std::string name = entry->path().filename().string();
    if ((name.ends_with(kEnding) || name == kSharedHome) && isHome(name)) homes.push_back(name);
  }
  if (homes.size() == 1) return homes[0];
  std::sort(homes.begin(), homes.end());
  std::string list;
  for (const std::string& home : homes) list += (list.empty() ? "" : ", ") + home;
  return configError(homes.empty() ? "There is no home in this folder: name one with --home."
                                   : "Which home? Name it with --home: " + list + ".");
}

}  // namespace weir::app
