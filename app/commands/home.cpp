#include <cstdio>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "app/commands/commands.hpp"
#include "app/commands/topology_input.hpp"
#include "app/runner/default_home.hpp"
#include "app/runner/home.hpp"
#include "app/runner/stderr_logger.hpp"
#include "core/adapters/embedded/files/posix_files.hpp"
#include "core/runtime/engine/drop_node.hpp"
#include "core/runtime/engine/home_registry.hpp"
#include "core/runtime/state/node_state.hpp"
#include "core/topology/plan/plan.hpp"
#include "weir/sdk/refusal.hpp"

namespace weir::app {

namespace {

constexpr std::int64_t kLittleMemory = 1 << 20;

struct HomeOptions {
  std::string node;  // drop
  std::string home;
  std::string file;
  std::optional<topology::Topology> topology;  // in that file
};

bool parse(Arguments arguments, HomeOptions& options) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--home" && i + 1 < arguments.size()) {
      options.home = arguments[++i];
    } else if (!arguments[i].starts_with("--") && options.file.empty()) {
      options.file = arguments[i];
    } else {
      return false;
    }
  }
  return true;
}

// Whether a node of the topology goes on from what the home keeps under an id.
bool isClaimed(const topology::Topology& topology, const std::string& plannedId) {
  const std::string id = topology::drawnId(plannedId);
  if (topology.node(id) != nullptr || topology.topic(id) != nullptr) return true;
  for (const auto& node : topology.nodes) {
    for (const auto& was : node->was) {
      if (was.value == id) return true;
    }
  }
  return false;
}

struct Size {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
};

Result<Size> sizeOf(const std::string& folder) {
  Size size;
  std::error_code problem;
  for (std::filesystem::recursive_directory_iterator entry(folder, problem), end; !problem && entry != end;
       entry.increment(problem)) {
    std::error_code gone;  // a runner may be at work here
    const std::uint64_t bytes = entry->is_regular_file(gone) ? entry->file_size(gone) : 0;
    if (gone || !entry->is_regular_file(gone)) continue;
    size.files += 1;
    size.bytes += bytes;
  }
  if (problem == std::errc::permission_denied) {
    return configError("Not all of " + folder +
                       " can be looked at: " + whyRefused(problem.value(), folder, Access::Read));
  }
  return size;
}

void print(const std::string& name, const runtime::TopicFigures& figures, const char* whose) {
  std::printf("%s\t%lld rows\t%lld files\t%lld bytes%s\n", name.c_str(), static_cast<long long>(figures.rows),
              static_cast<long long>(figures.files), static_cast<long long>(figures.bytes), whose);
}

Result<void> findHome(HomeOptions& options) {
  if (!options.file.empty()) {
    auto read = readTopologyFile(options.file);
    if (!read) return read.error();
    options.topology = std::move(*read);
  }
  if (!options.home.empty()) return {};
  StderrLogger logger(LogLevel::Warning);
  auto found = options.topology ? defaultHome(options.topology->name.value, logger) : onlyHome();
  if (!found) return found.error();
  options.home = *found;
  return {};
}

// What the home is about, when it is about the topology that was named.
Result<runtime::HomeRegistry> registryOf(runtime::Log& log, const HomeOptions& options) {
  WEIR_TRY_ASSIGN(registry, runtime::HomeRegistry::load(log));
  const bool other =
      options.topology && !registry.topology().empty() && registry.topology() != options.topology->name.value;
  if (!other) return std::move(registry);
  return configError("The home " + options.home + " belongs to the topology '" + registry.topology() + "', and " +
                     options.file + " is '" + options.topology->name.value +
                     "': name the topology that works in it, or with --home another home.");
}

// The changelog of each node, then what log and state store take up as a whole.
Result<void> list(const HomeOptions& options) {
  embedded::PosixFiles files;
  auto log = lookAtHome(files, options.home);
  if (!log) return log.error();
  WEIR_TRY_ASSIGN(registry, registryOf(**log, options));
  WEIR_TRY_ASSIGN(all, (*log)->figures());
  std::map<std::string, runtime::TopicFigures> figures;
  for (const runtime::TopicFigures& topic : all) figures[topic.topic] = topic;
  for (const auto& [id, node] : registry.nodes()) {
    const char* whose = !options.topology ? "" : isClaimed(*options.topology, id) ? "\tclaimed" : "\tunclaimed";
    print(id, figures[runtime::changelogTopic(node.keptAs)], whose);
  }
  for (const auto& [name, id] : registry.givenUp()) {
    print(id, figures[runtime::changelogTopic(name)], "\tgiven up");
  }
  for (const char* part : {"log", "state"}) {
    WEIR_TRY_ASSIGN(size, sizeOf(options.home + "/" + part));
    std::printf("(%s)\t%llu files\t%llu bytes\n", part, static_cast<unsigned long long>(size.files),
                static_cast<unsigned long long>(size.bytes));
  }
  return {};
}

// Before anything is opened that could be changed.
Result<void> checkDrop(const HomeOptions& options) {
  embedded::PosixFiles files;
  auto log = lookAtHome(files, options.home);
  if (!log) return log.error();
  WEIR_TRY_ASSIGN(registry, registryOf(**log, options));
  if (!registry.givenUpOf(options.node).empty()) return {};  // that goes, and nothing else
  if (!options.topology || !isClaimed(*options.topology, options.node)) return {};
  return configError("Node '" + options.node + "' is in " + options.file + ", which goes on from what the home keeps.");
}

Result<void> drop(const HomeOptions& options) {
  const SystemClock clock;
  StderrLogger logger;
  WEIR_TRY_ASSIGN(home, openHome(options.home, kLittleMemory, {}, clock, logger));
  WEIR_TRY_ASSIGN(registry, runtime::HomeRegistry::load(*home.log));
  const bool isLive = registry.node(options.node) != nullptr;
  const bool isGivenUp = !registry.givenUpOf(options.node).empty();
  if (options.file.empty() && isLive && !isGivenUp) {
    return configError(
        "Node '" + options.node +
        "' was in the topology when it ran last. Name the topology as it is, so that nothing is dropped that it "
        "goes on from.");
  }
  WEIR_TRY(runtime::dropNode(*home.log, *home.state, options.node));
  if (isLive && isGivenUp) {
    logger.write(LogLevel::Info, "",
                 "What was given up of '" + options.node +
                     "' is dropped. What the node of that id keeps, which was in "
                     "the topology when it ran last, stays.");
  }
  return {};
}

}  // namespace

int homeCommand(Arguments arguments) {
  HomeOptions options;
  const std::string_view verb = arguments.empty() ? std::string_view() : arguments[0];
  const bool drops = verb == "drop" && arguments.size() > 1 && !arguments[1].starts_with("--");
  if (drops) options.node = arguments[1];
  if ((!drops && verb != "list") || !parse(arguments.subspan(drops ? 2 : 1), options)) {
    std::fputs(kHomeUsage, stderr);
    return kExitErrors;
  }
  if (const Result<void> found = findHome(options); !found) return fail(found.error());
  if (!drops) {
    const Result<void> done = list(options);
    return done ? kExitOk : fail(done.error());
  }
  if (const Result<void> may = checkDrop(options); !may) return fail(may.error());  // a lock would make the home
  auto lock = lockHome(options.home);
  if (!lock) return failToLock(lock.error());
  const Result<void> done = drop(options);
  return done ? kExitOk : fail(done.error());
}

}  // namespace weir::app
