#include "core/runtime/engine/topics.hpp"

#include <algorithm>

#include "core/runtime/codec/schema_versions.hpp"
#include "core/runtime/engine/home_registry.hpp"
#include "core/runtime/formats/topic_formats.hpp"
#include "core/runtime/output/dead_letters.hpp"
#include "core/runtime/state/node_state.hpp"
#include "core/topology/model/topic_names.hpp"

namespace weir::runtime {

namespace {

constexpr std::int64_t kSmallestSegment = 64 << 10;
constexpr std::int64_t kRegistrySegment = 64 << 10;  // small: each start replaces what stands in it

Result<bool> isUsed(const Log& log, const TopicSpec& topic) {
  for (std::int32_t partition = 0; partition < topic.partitions; ++partition) {
    auto end = log.publishedEnd({topic.name, partition});
    if (!end) return end.error();
    if (*end != Position()) return true;
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

// The topic's description: every version that rows of it were written as, and the one as which they will be written.
// What lies in a topic that people named has to stay readable; what lies in a repartition has been read, mostly.
Result<std::string> describe(const Log& log, const TopicSpec* known, const std::string& name, const RowVersion& version,
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
  for (const RowVersion& written : versions.all()) {
    const std::optional<std::string> why = whyUnreadable(written.schema, version.schema);
    if (!why || !mustStayReadable) continue;
    return configError("Topic '" + name + "' holds rows that could not be read with its new schema: " + *why +
                       ". New columns must be nullable, and old ones keep their type. Give the topic another name, or "
                       "start with a new --home.");
  }
  versions.add(version);
  return versions.description();
}

// Whole segments go: a bound holds only where a few of them fit under it. A negative bound is none.
std::int64_t segmentBytesUnder(std::int64_t bound, std::int64_t usual) {
  return bound < 0 ? usual : std::min(usual, std::max(bound / 4, kSmallestSegment));
}

Error otherPartitions(const TopicSpec& known, const topology::PlannedTopic& topic) {
  const std::string before = std::to_string(known.partitions);
  const std::string now = std::to_string(topic.partitions);
  if (!topic.repartition) {
    return configError("Topic '" + topic.name + "' has " + before + " partitions in this home, and not " + now +
                       ": give it the old number, another name in the log (\"topic\"), or start with a new --home.");
  }
  // It follows from the number of tasks before it, unless the node says it.
  return configError("Topic '" + topic.name + "', through which rows move to other tasks, has " + before +
                     " partitions in this home, and would now have " + now + ": say \"partitions\": " + before +
                     " on the node that it leads to, or start with a new --home.");
}

TopicSpec changelogOf(const topology::SubTopology& subTopology, const topology::PlannedNode& node,
                      const TopicLimits& limits) {
  TopicSpec changelog;
  changelog.name = changelogTopic(node.nameInHome());
  changelog.partitions = subTopology.tasks;
  changelog.segmentBytes = limits.segmentBytes;
  changelog.description = node.stateStamp;
  changelog.mayGrow = true;
  return changelog;
}

// Before anything is written: the version that wrote a home has to be able to go on where this one is refused.
Result<void> checkMeanings(const topology::Plan& plan, const Log& log, const std::vector<TopicSpec>& known) {
  for (const topology::SubTopology& subTopology : plan.subTopologies) {
    for (const topology::PlannedNode& node : subTopology.nodes) {
      const TopicSpec changelog = changelogOf(subTopology, node, {});
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

bool isSame(const TopicSpec& known, const TopicSpec& wanted) {
  const bool partitions =
      wanted.mayGrow ? known.partitions >= wanted.partitions : known.partitions == wanted.partitions;
  return partitions && known.segmentBytes == wanted.segmentBytes && known.retentionTime == wanted.retentionTime &&
         known.retentionBytes == wanted.retentionBytes && known.description == wanted.description;
}

class Gathering {
 public:
  Gathering(const Log& log, std::vector<TopicSpec> known) : log_(log), known_(std::move(known)) {}

  const TopicSpec* known(const std::string& name) const { return find(known_, name); }

  void add(TopicSpec spec) {
    const TopicSpec* const before = known(spec.name);
    changes_.any = changes_.any || before == nullptr || !isSame(*before, spec);
    if (before == nullptr) {
      changes_.missing.push_back(spec);
    } else if (before->partitions < spec.partitions && spec.mayGrow) {
      changes_.missing.push_back(*before);
      changes_.missing.back().partitions = spec.partitions;
      changes_.missing.back().mayGrow = true;
    }
    changes_.topics.push_back(std::move(spec));
  }

  Result<void> addDeclared(TopicSpec spec, const topology::PlannedTopic& topic) {
    const TopicSpec* const before = known(spec.name);
    if (before != nullptr && before->partitions != spec.partitions) {
      WEIR_TRY_ASSIGN(used, isUsed(log_, *before));
      if (used) return otherPartitions(*before, topic);
      changes_.remade.push_back(spec.name);
      changes_.missing.push_back(spec);
    }
    add(std::move(spec));
    return {};
  }

  TopicChanges take() { return std::move(changes_); }

 private:
  const Log& log_;
  std::vector<TopicSpec> known_;
  TopicChanges changes_;
};

}  // namespace

Result<TopicChanges> planTopics(const topology::Plan& plan, const Log& log, const TopicLimits& limits) {
  WEIR_TRY_ASSIGN(known, log.topics());
  WEIR_TRY(checkMeanings(plan, log, known));
  Gathering gathering(log, std::move(known));
  for (const topology::PlannedTopic& topic : plan.topics) {
    if (const auto reason = topology::whyNoTopicName(topic.name); reason && !topic.repartition) {
      return configError("The name of topic '" + topic.name + "' " + *reason + ".");
    }
    TopicSpec spec;
    spec.name = topic.name;
    spec.partitions = topic.partitions;
    const std::int64_t bound = topic.repartition ? limits.repartitionBound : topic.retentionBytes;
    spec.segmentBytes = segmentBytesUnder(bound, limits.segmentBytes);
    spec.retentionTime = topic.retentionTime;
    spec.retentionBytes = topic.retentionBytes;
    WEIR_TRY_ASSIGN(description,
                    describe(log, gathering.known(topic.name), topic.name, versionOf(topic), !topic.repartition));
    spec.description = description;
    WEIR_TRY(gathering.addDeclared(std::move(spec), topic));
  }
  TopicSpec deadLetters;
  deadLetters.name = kDeadLetterTopic;
  deadLetters.segmentBytes = segmentBytesUnder(limits.deadLetterBytes, limits.segmentBytes);
  deadLetters.retentionTime = limits.deadLetterTime;
  deadLetters.retentionBytes = limits.deadLetterBytes;
  WEIR_TRY_ASSIGN(deadLettersAre,
                  describe(log, gathering.known(kDeadLetterTopic), kDeadLetterTopic, {deadLetterSchema()}, true));
  deadLetters.description = deadLettersAre;
  gathering.add(std::move(deadLetters));
  TopicSpec own;
  own.name = kRegistryTopic;
  own.segmentBytes = kRegistrySegment;
  gathering.add(std::move(own));
  for (const topology::SubTopology& subTopology : plan.subTopologies) {
    for (const topology::PlannedNode& node : subTopology.nodes) {
      if (NodeState::keepsState(node)) gathering.add(changelogOf(subTopology, node, limits));
    }
  }
  return gathering.take();
}

Result<void> makeMissing(const TopicChanges& changes, Log& log) {
  for (const std::string& name : changes.remade) WEIR_TRY(log.dropTopic(name));
  for (const TopicSpec& topic : changes.missing) WEIR_TRY(log.ensureTopic(topic));
  return {};
}

Result<void> changeTopics(const TopicChanges& changes, Log& log) {
  for (const TopicSpec& topic : changes.topics) WEIR_TRY(log.ensureTopic(topic));
  return {};
}

}  // namespace weir::runtime
