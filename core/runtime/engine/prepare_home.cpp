#include "core/runtime/engine/prepare_home.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <numeric>
#include <random>

#include "core/runtime/codec/batch_writer.hpp"
#include "core/runtime/engine/home_claims.hpp"
#include "core/runtime/engine/home_registry.hpp"
#include "core/runtime/engine/topics.hpp"
#include "core/runtime/formats/topic_formats.hpp"
#include "core/runtime/input/source_positions.hpp"
#include "core/runtime/input/topic_input.hpp"
#include "core/runtime/node/task_node.hpp"

namespace weir::runtime {

namespace {

using topology::NodeRole;

std::vector<WriterGroup> writersOf(const topology::Plan& plan, std::size_t topic) {
  std::vector<WriterGroup> groups;
  for (const topology::SubTopology& subTopology : plan.subTopologies) {
    for (const topology::PlannedNode& node : subTopology.nodes) {
      if (node.role == NodeRole::TopicWrite && node.topic == topic)
        groups.push_back({subTopology.nodes[0].nameInHome(), subTopology.tasks});
    }
  }
  return groups;
}

// A mark of every writer of a generation in every partition: it has gone, and time stays where it was.
void endWriters(const topology::PlannedTopic& topic, const WriterGeneration& generation, std::int64_t sequence,
                std::vector<PartitionAppend>& out) {
  WriterMark mark;
  mark.count = std::accumulate(generation.groups.begin(), generation.groups.end(), std::int32_t{0},
                               [](std::int32_t sum, const WriterGroup& group) { return sum + group.tasks; });
  if (mark.count == 0) return;
  mark.generation = generation.number;
  mark.state = WriterState::Left;
  mark.sequence = sequence;
  // As what the topic holds, so that it is known to whoever reads the topic later.
  const RowVersion version = versionOf(topic);
  PartitionedBatchWriter nothing(makeSchema(version.format ? recordColumns(version) : version.schema), 1);
  PartitionAppend append{{topic.name, kEveryPartition}, {}};
  for (mark.writer = 0; mark.writer < mark.count; ++mark.writer) {
    append.runs.push_back(nothing.take(0));
    append.runs.back().header.mark = mark;
  }
  out.push_back(std::move(append));
}

// Around an operator that is opened to be closed: what it wants of a task is left unheard.
class Bystander final : public NodeOwner {
 public:
  explicit Bystander(const StartPorts& ports) : ports_(ports) {}
  bool emitFrom(std::size_t, std::size_t, const Batch&) override { return true; }
  void deadLetterFrom(const std::string&, const Batch&, std::span<const std::uint32_t>, std::string_view) override {}
  void linesDropped() override {}
  void wakeTask() override {}
  void requestCommit() override {}
  const Clock& clock() const override { return ports_.clock; }

 private:
  const StartPorts& ports_;
};

// Whoever is opened for good says it again.
class Unheard final : public Logger {
 public:
  void write(LogLevel, std::string_view, std::string_view) override {}
};

// Opens an operator as its task does, and closes it.
Result<void> openOnce(const topology::PlannedNode& planned, const OperatorPlace& place, const StartPorts& ports,
                      Logger& logger) {
  Bystander owner(ports);
  auto state = std::make_unique<NodeState>(planned, static_cast<std::int32_t>(place.task), ports.state);
  TaskNode node(0, planned, owner, std::move(state), logger);
  return node.open(ports.plugins, place);
}

// What an operator refuses, its file that is there already for one, is a reason not to start: it is known before the
// home has become another one.
Result<void> rehearse(const topology::Plan& plan, const HomeIdentity& home, const StartPorts& ports, bool untilEnd) {
  Unheard unheard;
  for (const topology::SubTopology& subTopology : plan.subTopologies) {
    for (std::int32_t task = 0; task < subTopology.tasks; ++task) {
      for (const topology::PlannedNode& node : subTopology.nodes) {
        if (node.role == NodeRole::TopicRead || node.role == NodeRole::TopicWrite) continue;
        const OperatorPlace place{plan.name, home, untilEnd, static_cast<std::uint32_t>(task),
                                  static_cast<std::uint32_t>(subTopology.tasks)};
        WEIR_TRY(openOnce(node, place, ports, unheard));
      }
    }
  }
  return {};
}

Error readBeyond(const std::string& node, const PartitionId& partition, Position position, Position end) {
  return corruptError(
      "The reader of topic '" + node + "' stands at position " + std::to_string(position.value()) + " of partition " +
      std::to_string(partition.partition) + ", and topic '" + partition.topic + "' ends at " +
      std::to_string(end.value()) +
      ". Either it read another topic before: then \"topic\" has to say its old name in the log. Or this "
      "home lost rows: restore it from a copy, or start with a new --home.");
}

// One start: gathers what the commit has to hold.
class HandOver {
 public:
  HandOver(const PreparedHome& prepared, const StartPorts& ports, HomeRegistry& registry)
      : plan_(prepared.plan), home_(prepared.home), ports_(ports), registry_(registry), sequence_(prepared.sequence) {}

  std::int64_t generationOf(std::size_t topic, bool untilEnd, bool joins) {
    const std::string& name = plan_.topics[topic].name;
    const std::vector<WriterGroup> groups = writersOf(plan_, topic);
    const WriterGeneration* const known = registry_.generation(name);
    if (known == nullptr && groups.empty()) return 0;
    // Writers that end do so once: another run has to be told from the one before.
    const bool goesOn =
        joins ? known != nullptr && known->ends == untilEnd : known != nullptr && !known->ends && !untilEnd;
    const bool same = goesOn && known->groups == groups;
    if (same) return known->number;
    const std::int64_t number = known == nullptr ? 0 : known->number + 1;
    if (known != nullptr) endWriters(plan_.topics[topic], *known, sequence_, commit_.outputs);
    registry_.setGeneration(name, {number, untilEnd, groups});
    return number;
  }

  Result<void> tasksOf(const topology::PlannedNode& node, std::int32_t before, std::int32_t after) {
    HomeNode known = *registry_.node(node.id);
    known.tasks = after;
    registry_.setNode(node.id, std::move(known));
    const bool moved = node.role == NodeRole::Source && registry_.splitRule(node.nameInHome()) != kSplitRule;
    if (node.role == NodeRole::Source) registry_.setSplitRule(node.nameInHome(), kSplitRule);
    if (before == after && (!moved || after == 1)) return {};
    if (node.role == NodeRole::Source) return moveSource(node, before, after);
    for (std::int32_t task = after; task < before && node.role == NodeRole::Sink; ++task) {
      WEIR_TRY(closeSink(node, task, before));
    }
    return {};
  }

  // Retention removes what nobody has still to read: with this commit the log learns of readers that it has never heard
  // of, which are new, or as old as a home that did not know of holding.
  Result<void> holdUnread() {
    for (const topology::SubTopology& subTopology : plan_.subTopologies) {
      for (const topology::PlannedNode& node : subTopology.nodes) {
        if (node.role != NodeRole::TopicRead || plan_.topics[node.topic].repartition) continue;
        ports_.state.log.nameReader(node.nameInHome(), node.id);  // its task knows better who is behind
        for (std::int32_t task = 0; task < subTopology.tasks; ++task) {
          NodeState state(node, task, ports_.state);
          WEIR_TRY_ASSIGN(committed, TopicInput::committedPosition(state));
          const Position position = committed.value_or(Position());
          const PartitionId partition{plan_.topics[node.topic].name, task};
          WEIR_TRY_ASSIGN(end, ports_.state.log.publishedEnd(partition));
          if (position > end) return readBeyond(node.id, partition, position, end);
          commit_.consumed.push_back({node.nameInHome(), partition, position});
        }
      }
    }
    return {};
  }

  Result<void> commit() {
    auto registry = registry_.takeChanges();
    if (registry) commit_.changelogs.push_back(std::move(*registry));
    WEIR_TRY(ports_.state.log.commit(commit_));
    return registry ? registry_.committed(ports_.state.log) : Result<void>();
  }

 private:
  Result<void> moveSource(const topology::PlannedNode& node, std::int32_t before, std::int32_t after) {
    std::vector<std::unique_ptr<NodeState>> states;
    states.reserve(static_cast<std::size_t>(std::max(before, after)));
    for (std::int32_t task = 0; task < std::max(before, after); ++task) {
      states.push_back(std::make_unique<NodeState>(node, task, ports_.state));
    }
    WEIR_TRY(moveSplits(states, before, after));
    for (const auto& state : states) {
      if (auto dirty = state->takeDirty()) commit_.changelogs.push_back(std::move(*dirty));
    }
    return {};
  }

  // A task of a sink that nobody will run any more: what it wrote after its last commit must not stay.
  Result<void> closeSink(const topology::PlannedNode& plan, std::int32_t task, std::int32_t tasks) {
    Bystander owner(ports_);
    TaskNode node(0, plan, owner, std::make_unique<NodeState>(plan, task, ports_.state), ports_.logger);
    WEIR_TRY_ASSIGN(blob, node.recovery());
    if (blob.empty()) return {};
    return openOnce(plan,
                    {plan_.name, home_, false, static_cast<std::uint32_t>(task), static_cast<std::uint32_t>(tasks)},
                    ports_, ports_.logger);
  }

  const topology::Plan& plan_;
  const HomeIdentity& home_;
  const StartPorts& ports_;
  HomeRegistry& registry_;
  std::int64_t sequence_;
  Commit commit_;
};

// No two homes have the same.
std::string randomId() {
  std::random_device random;
  std::string id;
  for (int i = 0; i < 4; ++i) {
    std::array<char, 9> digits{};
    std::snprintf(digits.data(), digits.size(), "%08x", random());
    id += digits.data();
  }
  return id;
}

bool changesTasks(const topology::Plan& plan, const HomeRegistry& registry) {
  return std::any_of(
      plan.subTopologies.begin(), plan.subTopologies.end(), [&](const topology::SubTopology& subTopology) {
        return std::any_of(subTopology.nodes.begin(), subTopology.nodes.end(), [&](const topology::PlannedNode& node) {
          const HomeNode* const known = registry.node(node.id);
          return known != nullptr && known->tasks != subTopology.tasks;
        });
      });
}

// Of the topic that a node keeps its state in, before anything was changed; 0: there is none.
std::int32_t partitionsBefore(const std::vector<TopicSpec>& topics, const std::string& name) {
  const auto found =
      std::find_if(topics.begin(), topics.end(), [&](const TopicSpec& topic) { return topic.name == name; });
  return found == topics.end() ? 0 : found->partitions;
}

}  // namespace

Result<PreparedHome> prepareHome(const topology::Plan& plan, const StartPorts& ports, const StartOptions& options) {
  Log& log = ports.state.log;
  WEIR_TRY_ASSIGN(before, log.topics());
  WEIR_TRY_ASSIGN(known, HomeRegistry::load(log));
  HomeRegistry registry = known;
  WEIR_TRY_ASSIGN(placed, claimHome(plan, log, registry, options.forget));
  WEIR_TRY_ASSIGN(topics, planTopics(placed, log, options.limits));
  WEIR_TRY(makeMissing(topics, log));
  // In a new home there is nothing that could be another thing afterwards; in a group others run these tasks now.
  const bool mayRehearse = !before.empty() && !options.joins;
  const bool becomesAnother = registry.changed() || topics.any || changesTasks(placed, registry);
  if (registry.id().empty()) registry.setId(ports.newHomeId.empty() ? randomId() : ports.newHomeId);
  const std::int64_t number = registry.countStart();
  PreparedHome prepared{
      std::move(placed), {}, {registry.id(), static_cast<std::uint64_t>(number)}, number * kSequencesPerStart};
  HandOver handOver(prepared, ports, registry);
  if (!options.joins) WEIR_TRY(handOver.holdUnread());
  if (becomesAnother && mayRehearse) WEIR_TRY(rehearse(prepared.plan, prepared.home, ports, options.untilEnd));
  WEIR_TRY(changeTopics(topics, log));
  WEIR_TRY(releaseGone(known, registry, log));
  for (std::size_t topic = 0; topic < prepared.plan.topics.size(); ++topic) {
    prepared.generations.push_back(handOver.generationOf(topic, options.untilEnd, options.joins));
  }
  for (const topology::SubTopology& subTopology : prepared.plan.subTopologies) {
    for (const topology::PlannedNode& node : subTopology.nodes) {
      if (!NodeState::keepsState(node)) continue;
      const std::int32_t partitions = partitionsBefore(before, changelogTopic(node.nameInHome()));
      const std::int32_t atLastStart = registry.node(node.id)->tasks;
      const std::int32_t tasks = partitions == 0 ? subTopology.tasks : atLastStart == 0 ? partitions : atLastStart;
      WEIR_TRY(handOver.tasksOf(node, tasks, subTopology.tasks));
    }
  }
  WEIR_TRY(handOver.commit());
  return prepared;
}

}  // namespace weir::runtime
