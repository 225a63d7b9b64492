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
#include "core/topology/parts/expand.hpp"
#include "core/topology/plan/plan.hpp"
#include "weir/sdk/refusal.hpp"

namespace weir::app {

namespace {

constexpr std::int64_t kLittleMemory = 1 << 20;

// What both forms share.
class HomeCommand : public Command {
 public:
  int run() final;

 protected:
  explicit HomeCommand(std::string call) : Command(std::move(call)) {}
  void addHome(const char* whatFor) {
    table_.optionalArgument("FILE", file_, Offers::Topologies, whatFor);
    table_.folder("--home", home_,
                  "the home; without it, that in which `weir run FILE` would work, or without FILE the only one in "
                  "this folder");
  }
  // Once the home is known.
  virtual int work() = 0;

  const std::string& home() const { return home_; }
  const std::string& file() const { return file_; }
  // In that file.
  const std::optional<topology::Topology>& topology() const { return topology_; }
  // What the home is about, when it is about the topology that was named.
  Result<runtime::HomeRegistry> registryOf(runtime::Log& log) const;

 private:
  std::string home_;
  std::string file_;
  std::optional<topology::Topology> topology_;
};

class HomeList final : public HomeCommand {
 public:
  HomeList() : HomeCommand("home list") { addHome("a topology: what its nodes go on from is marked"); }

 private:
  int work() override {
    const Result<void> done = list();
    return done ? kExitOk : fail(done.error());
  }
  Result<void> list() const;
};

class HomeDrop final : public HomeCommand {
 public:
  HomeDrop() : HomeCommand("home drop") {
    table_.argument("NODE", node_, Offers::Nothing, "the id of a node, as `weir home list` names it");
    addHome("a topology: what its nodes go on from is never dropped; without one, only what was given up is");
  }

 private:
  int work() override {
    if (const Result<void> may = checkDrop(); !may) return fail(may.error());  // a lock would make the home
    auto lock = lockHome(home());
    if (!lock) return failToLock(lock.error());
    const Result<void> done = drop();
    return done ? kExitOk : fail(done.error());
  }
  Result<void> checkDrop() const;
  Result<void> drop() const;

  std::string node_;
};

// With parts in their places. What their operators are is no matter for a home.
topology::Topology asItRuns(const topology::Topology& drawn, const std::string& file) {
  return topology::expanded(drawn, {}, topology::References(drawn), topology::partsOfThisMachine(), file).topology;
}

// Whether it is in a part that stays out of its place: its node is disabled, or its file cannot be read.
bool isInPartOf(const topology::Node& node, const std::string& id) {
  return catalog::isPartUse(node.use.value) && id.starts_with(node.id.value + std::string(topology::kInPart));
}

// Whether a node of the topology goes on from what the home keeps under an id.
bool isClaimed(const topology::Topology& topology, const std::string& plannedId) {
  const std::string id = topology::drawnId(plannedId);
  if (topology.node(id) != nullptr || topology.topic(id) != nullptr) return true;
  for (const auto& node : topology.nodes) {
    if (isInPartOf(*node, id)) return true;
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

int HomeCommand::run() {
  if (!file_.empty()) {
    topology_.emplace();
    if (const int status = takeTopology(file_, *topology_); status != kExitOk) return status;
    if (topology::usesParts(*topology_)) *topology_ = asItRuns(*topology_, file_);
  }
  if (home_.empty()) {
    StderrLogger logger(LogLevel::Warning);
    auto found = topology_ ? defaultHome(topology_->name.value, logger) : onlyHome();
    if (!found) return fail(found.error());
    home_ = *found;
  }
  return work();
}

Result<runtime::HomeRegistry> HomeCommand::registryOf(runtime::Log& log) const {
  WEIR_TRY_ASSIGN(registry, runtime::HomeRegistry::load(log));
  const bool other = topology() && !registry.topology().empty() && registry.topology() != topology()->name.value;
  if (!other) return std::move(registry);
  return configError("The home " + home() + " belongs to the topology '" + registry.topology() + "', and " + file() +
                     " is '" + topology()->name.value +
                     "': name the topology that works in it, or with --home another home.");
}

// The changelog of each node, then what log and state store take up as a whole.
Result<void> HomeList::list() const {
  embedded::PosixFiles files;
  auto log = lookAtHome(files, home());
  if (!log) return log.error();
  WEIR_TRY_ASSIGN(registry, registryOf(**log));
  WEIR_TRY_ASSIGN(all, (*log)->figures());
  std::map<std::string, runtime::TopicFigures> figures;
  for (const runtime::TopicFigures& topic : all) figures[topic.topic] = topic;
  for (const auto& [id, node] : registry.nodes()) {
    const char* whose = !topology() ? "" : isClaimed(*topology(), id) ? "\tclaimed" : "\tunclaimed";
    print(id, figures[runtime::changelogTopic(node.keptAs)], whose);
  }
  for (const auto& [name, id] : registry.givenUp()) {
    print(id, figures[runtime::changelogTopic(name)], "\tgiven up");
  }
  for (const char* part : {"log", "state"}) {
    WEIR_TRY_ASSIGN(size, sizeOf(home() + "/" + part));
    std::printf("(%s)\t%llu files\t%llu bytes\n", part, static_cast<unsigned long long>(size.files),
                static_cast<unsigned long long>(size.bytes));
  }
  return {};
}

// Before anything is opened that could be changed.
Result<void> HomeDrop::checkDrop() const {
  embedded::PosixFiles files;
  auto log = lookAtHome(files, home());
  if (!log) return log.error();
  WEIR_TRY_ASSIGN(registry, registryOf(**log));
  if (!registry.givenUpOf(node_).empty()) return {};  // that goes, and nothing else
  if (!topology() || !isClaimed(*topology(), node_)) return {};
  return configError("Node '" + node_ + "' is in " + file() + ", which goes on from what the home keeps.");
}

Result<void> HomeDrop::drop() const {
  const SystemClock clock;
  StderrLogger logger;
  WEIR_TRY_ASSIGN(home, openHome({this->home(), kLittleMemory, clock, logger}));
  WEIR_TRY_ASSIGN(registry, runtime::HomeRegistry::load(*home.log));
  const bool isLive = registry.node(node_) != nullptr;
  const bool isGivenUp = !registry.givenUpOf(node_).empty();
  if (file().empty() && isLive && !isGivenUp) {
    return configError(
        "Node '" + node_ +
        "' was in the topology when it ran last. Name the topology as it is, so that nothing is dropped that it "
        "goes on from.");
  }
  WEIR_TRY(runtime::dropNode(*home.log, *home.state, node_));
  if (isLive && isGivenUp) {
    logger.write(LogLevel::Info, "",
                 "What was given up of '" + node_ +
                     "' is dropped. What the node of that id keeps, which was in "
                     "the topology when it ran last, stays.");
  }
  return {};
}

}  // namespace

std::unique_ptr<Command> makeHomeList() {
  return std::make_unique<HomeList>();
}

std::unique_ptr<Command> makeHomeDrop() {
  return std::make_unique<HomeDrop>();
}

}  // namespace weir::app
