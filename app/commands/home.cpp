#include <cstdio>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "adapters/embedded/files/posix_files.hpp"
#include "base/printable.hpp"
#include "commands.hpp"
#include "commands/topology_input.hpp"
#include "runner/default_home.hpp"
#include "runner/home.hpp"
#include "runner/stderr_logger.hpp"
#include "runtime/engine/drop_node.hpp"
#include "runtime/engine/home_registry.hpp"
#include "runtime/task/node_state.hpp"
#include "topology/plan.hpp"

namespace weir::app {

namespace {

constexpr std::int64_t kLittleMemory = 1 << 20;
constexpr const char* kUsage =
    "usage: weir home list [FILE] [--home DIR]\n"
    "       weir home drop NODE [FILE] [--home DIR]\n"
    "FILE is a drawing: what its nodes go on from is marked, and never dropped. Without one, only what was given up "
    "is.\n";

struct HomeOptions {
  std::string node;  // drop
  std::string home;  // empty: the only one in this folder
  std::string file;  // a drawing, empty: none
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

// Whether a node of the drawing goes on from what the home keeps under an id.
bool isClaimed(const topology::Topology& drawing, const std::string& plannedId) {
  const std::string id = topology::drawnId(plannedId);
  if (drawing.node(id) != nullptr || drawing.topic(id) != nullptr) return true;
  for (const auto& node : drawing.nodes) {
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

Size sizeOf(const std::string& folder) {
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
  return size;
}

void print(const std::string& name, const runtime::TopicFigures& figures, const char* whose) {
  std::printf("%s\t%lld rows\t%lld files\t%lld bytes%s\n", name.c_str(), static_cast<long long>(figures.rows),
              static_cast<long long>(figures.files), static_cast<long long>(figures.bytes), whose);
}

// The changelog of each node, then what log and state store take up as a whole.
Result<void> list(const HomeOptions& options) {
  std::optional<topology::Topology> drawing;
  if (!options.file.empty()) {
    auto read = readTopologyFile(options.file);
    if (!read) return read.error();
    drawing = std::move(*read);
  }
  embedded::PosixFiles files;
  auto log = lookAtHome(files, options.home);
  if (!log) return log.error();
  WEIR_TRY_ASSIGN(registry, runtime::HomeRegistry::load(**log));
  WEIR_TRY_ASSIGN(all, (*log)->figures());
  std::map<std::string, runtime::TopicFigures> figures;
  for (const runtime::TopicFigures& topic : all) figures[topic.topic] = topic;
  for (const auto& [id, node] : registry.nodes()) {
    const char* whose = !drawing ? "" : isClaimed(*drawing, id) ? "\tclaimed" : "\tunclaimed";
    print(id, figures[runtime::changelogTopic(node.keptAs)], whose);
  }
  for (const auto& [name, id] : registry.givenUp()) {
    print(id, figures[runtime::changelogTopic(name)], "\tgiven up");
  }
  for (const char* part : {"log", "state"}) {
    const Size size = sizeOf(options.home + "/" + part);
    std::printf("(%s)\t%llu files\t%llu bytes\n", part, static_cast<unsigned long long>(size.files),
                static_cast<unsigned long long>(size.bytes));
  }
  return {};
}

Result<void> drop(const HomeOptions& options) {
  if (!options.file.empty()) {
    auto drawing = readTopologyFile(options.file);
    if (!drawing) return drawing.error();
    if (isClaimed(*drawing, options.node)) {
      return configError("Node '" + options.node + "' is in " + options.file +
                         ", which goes on from what the home keeps.");
    }
  }
  const SystemClock clock;
  StderrLogger logger;
  WEIR_TRY_ASSIGN(home, openHome(options.home, kLittleMemory, {}, clock, logger));
  WEIR_TRY_ASSIGN(registry, runtime::HomeRegistry::load(*home.log));
  if (options.file.empty() && registry.node(options.node) != nullptr) {
    return configError(
        "Node '" + options.node +
        "' was in the drawing when it ran last. Name the drawing as it is, so that nothing is dropped that it "
        "goes on from.");
  }
  return runtime::dropNode(*home.log, *home.state, options.node);
}

}  // namespace

int homeCommand(Arguments arguments) {
  HomeOptions options;
  const std::string_view verb = arguments.empty() ? std::string_view() : arguments[0];
  const bool drops = verb == "drop" && arguments.size() > 1 && !arguments[1].starts_with("--");
  if (drops) options.node = arguments[1];
  if ((!drops && verb != "list") || !parse(arguments.subspan(drops ? 2 : 1), options)) {
    std::fputs(kUsage, stderr);
    return kExitErrors;
  }
  if (options.home.empty()) {
    auto only = onlyHome();
    if (!only) return fail(only.error());
    options.home = *only;
  }
  if (!drops) {
    const Result<void> done = list(options);
    return done ? kExitOk : fail(done.error());
  }
  embedded::PosixFiles files;
  if (auto there = lookAtHome(files, options.home); !there) return fail(there.error());  // a lock would make it
  auto lock = lockHome(options.home);
  if (!lock) {
    std::fprintf(stderr, "weir: %s\n", printable(lock.error().message).c_str());
    return kExitBusy;
  }
  const Result<void> done = drop(options);
  return done ? kExitOk : fail(done.error());
}

}  // namespace weir::app
