#include "app/runner/home.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/adapters/embedded/files/posix_files.hpp"
#include "core/runtime/engine/home_registry.hpp"
#include "weir/sdk/home_folder.hpp"

namespace weir::app {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLostAndFound = "lost+found";  // a volume of its own has it from the beginning

std::string partOf(const std::string& home, std::string_view part) {
  return home + "/" + std::string(part);
}

Error elsewhere(const Error& error) {
  return configError(error.message + " --home names another folder.");
}

std::vector<std::string> missingFolders(fs::path path) {
  std::vector<std::string> missing;
  std::error_code unknown;
  if (!path.has_filename()) path = path.parent_path();
  for (; path.has_relative_path() && !fs::exists(path, unknown) && !unknown; path = path.parent_path()) {
    missing.insert(missing.begin(), path.string());
  }
  return missing;
}

void removeFolders(const std::vector<std::string>& folders) {
  std::error_code notEmpty;
  std::for_each(folders.rbegin(), folders.rend(), [&](const std::string& folder) { fs::remove(folder, notEmpty); });
}

// A part of a home that is to be may have a volume of its own.
bool isEmptyPart(const runtime::Files& files, const std::string& home, const std::string& name) {
  if (!isHomePart(name)) return false;
  const Result<std::vector<std::string>> names = files.list(partOf(home, name));
  return names && std::all_of(names->begin(), names->end(), [](const auto& one) { return one == kLostAndFound; });
}

// False: the folder is empty. An error: it is somebody else's.
Result<bool> holdsHome(const runtime::Files& files, const std::string& home) {
  if (isHome(home)) return true;
  WEIR_TRY_ASSIGN(names, files.list(home));
  bool prepared = false;
  for (const std::string& name : names) {
    if (name == kHomeLock) return true;  // of a home that may not be entered: whoever locks it says so
    if (name == kLostAndFound) continue;
    if (isEmptyPart(files, home, name)) {
      prepared = true;
      continue;
    }
    return configError(home + " is no home, and not empty: it holds " + name +
                       ". Weir takes an empty folder for its home, or makes one.");
  }
  return prepared;
}

// Whether anything has been committed in it but who works there.
Result<bool> isUsed(const std::string& home) {
  embedded::PosixFiles files;
  WEIR_TRY_ASSIGN(began, files.exists(partOf(home, kHomeLog) + "/journal"));
  if (!began) return false;
  WEIR_TRY_ASSIGN(log, lookAtHome(files, home));
  WEIR_TRY_ASSIGN(topics, log->topics());
  for (const runtime::TopicSpec& topic : topics) {
    for (std::int32_t partition = 0; topic.name != runtime::kRegistryTopic && partition < topic.partitions;
         ++partition) {
      WEIR_TRY_ASSIGN(end, log->publishedEnd({topic.name, partition}));
      if (end != runtime::Position()) return true;
    }
  }
  return false;
}

}  // namespace

Result<LockedHome> lockHome(const std::string& home) {
  embedded::PosixFiles files;
  const std::vector<std::string> made = missingFolders(home);
  if (const Result<void> folders = files.makeFolders(home); !folders) return elsewhere(folders.error());
  bool fresh = true;
  if (made.empty()) {
    const Result<bool> there = holdsHome(files, home);
    if (!there) return elsewhere(there.error());
    fresh = !*there;
  }
  auto lock = embedded::HomeLock::take(home);
  if (!lock) {
    removeFolders(made);
    return lock.error();
  }
  return LockedHome{std::move(*lock), fresh, made};
}

void removeUnused(const std::string& home, const LockedHome& locked) {
  if (!locked.fresh) return;
  const Result<bool> used = isUsed(home);
  if (!used || *used) return;
  std::error_code stays;  // what cannot be removed is a home in which nothing has been kept
  for (const std::string_view part : {kHomeLog, kHomeState, kHomeLock}) fs::remove_all(fs::path(home) / part, stays);
  removeFolders(locked.made);
}

Result<std::unique_ptr<embedded::EmbeddedLog>> lookAtHome(runtime::Files& files, const std::string& home) {
  const std::string folder = partOf(home, kHomeLog);
  WEIR_TRY_ASSIGN(known, files.exists(folder + "/journal"));
  if (!known) return configError("There is no home in " + home + "; `weir run` makes one, and --home names another.");
  return embedded::EmbeddedLog::look(files, folder);
}

HomeParts partsOf(const HomeRequest& request) {
  HomeParts parts;
  parts.files = std::make_unique<embedded::PosixFiles>();
  parts.log.folder = partOf(request.home, kHomeLog);
  parts.log.clock = &request.clock;
  parts.log.logger = &request.logger;
  parts.state.folder = partOf(request.home, kHomeState);
  parts.state.memoryBudget = request.stateBytes;
  parts.state.start = request.start;
  return parts;
}

Result<HomePorts> openParts(HomeParts parts) {
  HomePorts ports;
  ports.files = std::move(parts.files);
  auto log = embedded::EmbeddedLog::open(*ports.files, std::move(parts.log));
  if (!log) return log.error();
  ports.log = std::move(*log);
  ports.state = std::make_unique<embedded::RocksStateStore>(std::move(parts.state));
  return ports;
}

Result<HomePorts> openHome(const HomeRequest& request) {
  return openParts(partsOf(request));
}

}  // namespace weir::app
