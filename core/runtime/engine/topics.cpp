#include "runtime/engine/topics.hpp"

#include <algorithm>

#include "runtime/codec/schema_versions.hpp"
#include "runtime/engine/home_registry.hpp"
#include "runtime/task/dead_letters.hpp"
#include "runtime/task/node_state.hpp"
#include "topology/topic_names.hpp"

namespace weir::runtime {

namespace {

constexpr std::int64_t kSmallestSegment = 64 << 10;
constexpr std::int64_t kRegistrySegment = 64 << 10;  // small: each start replaces what stands in it

Result<bool> isUsed(const Log& log, const TopicSpec& topic) {
  for (std::int32_t partition = 0; partition < topic.partitions; ++partition) {
    auto end = log.publishedEnd({topic.name, partition});
    if (!end) return end.error();
    if (*end != 0) return true;
  }
  return false;
}

const TopicSpec* find(const std::vector<TopicSpec>& topics, const std::string& name) {
  const auto found =
      std::find_if(topics.begin(), topics.end(), [&](const TopicSpec& topic) { return topic.name == name; });
  return found == topics.end() ? nullptr : &*found;
}

// State that was written with another meaning must not be read with this one. The stamp stands beside the changelog
// from the first entry on: the state store learns of it only when entries reach it.
Result<void> checkMeaning(const Log& log, const TopicSpec* known, const TopicSpec& changelog,
                          const topology::PlannedNode& node) {
  if (known == nullptr) return {};
  // Sources and sinks are handed over; what a processor keeps belongs to the keys or rows of its task.
  const bool moved = known->partitions != changelog.partitions && node.role == topology::NodeRole::Processor;
  if (!moved && known->description == changelog.description) return {};
  auto used = isUsed(log, *known);
  if (!used) return used.error();
  if (!*used) return {};
  if (moved) {
    return configError("The home holds state of node '" + node.id + "' for " + std::to_string(known->partitions) +
                       " tasks, and it would now run in " + std::to_string(changelog.partitions) +
                       ": state does not move between tasks. Give its source or topic the old number, or start with a "
                       "new --home.");
  }
  return configError("The home holds state of node '" + node.id + "' with another meaning ('" + known->description +
                     "', and now '" + changelog.description +
                     "'). Either the topology has changed (`weir diff` says what): start it with a new --home. Or an "
                     "earlier version of Weir, or of the plugin, kept this state otherwise: finish with the version "
                     "that wrote it (--until-end), and start with a new --home.");
}

// The topic's description: every schema that rows of it were written with, and the one that they will be written with.
// What lies in a topic that people named has to stay readable; what lies in a repartition has been read, mostly.
Result<std::string> describe(const Log& log, const TopicSpec* known, const std::string& name, const Schema& schema,
                             bool mustStayReadable) {
  SchemaVersions versions;
  if (known != nullptr) {
    auto used = isUsed(log, *known);
    if (!used) return used.error();
    if (*used) {
      auto before = SchemaVersions::parse(known->description);
      if (!before) return before.error();
      versions = std::move(*before);
    }
  }
  for (const Schema& written : versions.all()) {
    const std::optional<std::string> why = whyUnreadable(written, schema);
    if (!why || !mustStayReadable) continue;
    return configError("Topic '" + name + "' holds rows that could not be read with its new schema: " + *why +
                       ". New columns must be nullable, and old ones keep their type. Give the topic another name, or "
                       "start with a new --home.");
  }
  versions.add(schema);
  return versions.description();
}

// Whole segments go: a bound holds only where a few of them fit under it. A negative bound is none.
std::int64_t segmentBytesUnder(std::int64_t bound, std::int64_t usual) {
  return bound < 0 ? usual : std::min(usual, std::max(bound / 4, kSmallestSegment));
}

// The number of partitions of a repartition follows from the number of tasks before it, unless the node says it.
Result<void> checkPartitions(const TopicSpec* known, const topology::PlannedTopic& topic) {
  if (known == nullptr || known->partitions == topic.partitions || !topic.repartition) return {};
  return configError("Topic '" + topic.name + "', through which rows move to other tasks, has " +
                     std::to_string(known->partitions) + " partitions in this home, and would now have " +
                     std::to_string(topic.partitions) + ": say \"partitions\": " + std::to_string(known->partitions) +
                     " on the node that it leads to, or start with a new --home.");
}

TopicSpec changelogOf(const topology::SubTopology& part, const topology::PlannedNode& node, const TopicLimits& limits) {
  TopicSpec changelog;
  changelog.name = changelogTopic(node.nameInHome());
  changelog.partitions = part.tasks;
  changelog.segmentBytes = limits.segmentBytes;
  changelog.description = node.stateStamp;
  changelog.mayGrow = true;
  return changelog;
}

// Before anything is written: the version that wrote a home has to be able to go on where this one is refused.
Result<void> checkMeanings(const topology::Plan& plan, const Log& log, const std::vector<TopicSpec>& known) {
  for (const topology::SubTopology& part : plan.parts) {
    for (const topology::PlannedNode& node : part.nodes) {
      const TopicSpec changelog = changelogOf(part, node, {});
      const TopicSpec* const before = find(known, changelog.name);
      if (!NodeState::keepsState(node)) {
        // It has one only when it has kept something to recover from.
        const bool own = before != nullptr && before->description == changelog.description;
        if (!own || node.role != topology::NodeRole::Processor) continue;
      }
      WEIR_TRY(checkMeaning(log, before, changelog, node));
    }
  }
  return {};
}

}  // namespace

Result<void> createTopics(const topology::Plan& plan, Log& log, const TopicLimits& limits) {
  const auto known = log.topics();
  if (!known) return known.error();
  WEIR_TRY(checkMeanings(plan, log, *known));
  for (const topology::PlannedTopic& topic : plan.topics) {
    if (const auto reason = topology::whyNoTopicName(topic.name); reason && !topic.repartition) {
      return configError("The name of topic '" + topic.name + "' " + *reason + ".");
    }
    WEIR_TRY(checkPartitions(find(*known, topic.name), topic));
    TopicSpec spec;
    spec.name = topic.name;
    spec.partitions = topic.partitions;
    const std::int64_t bound = topic.repartition ? limits.repartitionBound : topic.retentionBytes;
    spec.segmentBytes = segmentBytesUnder(bound, limits.segmentBytes);
    spec.retentionTime = topic.retentionTime;
    spec.retentionBytes = topic.retentionBytes;
    WEIR_TRY_ASSIGN(description, describe(log, find(*known, topic.name), topic.name, topic.schema, !topic.repartition));
    spec.description = description;
    WEIR_TRY(log.ensureTopic(spec));
  }
  TopicSpec deadLetters;
  deadLetters.name = kDeadLetterTopic;
  deadLetters.segmentBytes = segmentBytesUnder(limits.deadLetterBytes, limits.segmentBytes);
  deadLetters.retentionTime = limits.deadLetterTime;
  deadLetters.retentionBytes = limits.deadLetterBytes;
  WEIR_TRY_ASSIGN(deadLettersAre,
                  describe(log, find(*known, kDeadLetterTopic), kDeadLetterTopic, deadLetterSchema(), true));
  deadLetters.description = deadLettersAre;
  WEIR_TRY(log.ensureTopic(deadLetters));
  TopicSpec registry;
  registry.name = kRegistryTopic;
  registry.segmentBytes = kRegistrySegment;
  WEIR_TRY(log.ensureTopic(registry));
  for (const topology::SubTopology& part : plan.parts) {
    for (const topology::PlannedNode& node : part.nodes) {
      if (NodeState::keepsState(node)) WEIR_TRY(log.ensureTopic(changelogOf(part, node, limits)));
    }
  }
  return {};
}

}  // namespace weir::runtime
