#include "runtime/engine/topics.hpp"

#include "base/type_name.hpp"
#include "runtime/task/dead_letters.hpp"
#include "runtime/task/node_state.hpp"

namespace weir::runtime {

namespace {

// How a topic's description names its schema; `weir topic read` needs it.
std::string describe(const Schema& schema) {
  return typeName(DataType::structure(schema.fields));
}

// State that was written with another meaning must not be read with this one. The stamp stands beside the changelog
// from the first entry on: the state store learns of it only when entries reach it.
Result<void> checkMeaning(const Log& log, const std::vector<TopicSpec>& topics, const TopicSpec& changelog,
                          const std::string& node) {
  for (const TopicSpec& known : topics) {
    if (known.name != changelog.name || known.description == changelog.description) continue;
    bool used = false;
    for (std::int32_t partition = 0; partition < known.partitions; ++partition) {
      auto end = log.publishedEnd({known.name, partition});
      if (!end) return end.error();
      used = used || *end != 0;
    }
    if (used) {
      return configError("The home holds state of node '" + node + "' with another meaning ('" + known.description +
                         "', and now '" + changelog.description +
                         "'): start the changed topology with a new --home; `weir diff` says what has changed.");
    }
  }
  return {};
}

}  // namespace

Result<void> createTopics(const topology::Plan& plan, Log& log, std::int64_t segmentBytes) {
  for (const topology::PlannedTopic& topic : plan.topics) {
    TopicSpec spec;
    spec.name = topic.name;
    spec.partitions = topic.partitions;
    spec.segmentBytes = segmentBytes;
    spec.retentionTime = topic.retentionTime;
    spec.retentionBytes = topic.retentionBytes;
    spec.description = describe(topic.schema);
    WEIR_TRY(log.ensureTopic(spec));
  }
  TopicSpec deadLetters;
  deadLetters.name = kDeadLetterTopic;
  deadLetters.segmentBytes = segmentBytes;
  deadLetters.description = describe(deadLetterSchema());
  WEIR_TRY(log.ensureTopic(deadLetters));
  const auto known = log.topics();
  if (!known) return known.error();
  for (const topology::SubTopology& part : plan.parts) {
    for (const topology::PlannedNode& node : part.nodes) {
      if (!NodeState::keepsState(node)) continue;
      TopicSpec changelog;
      changelog.name = changelogTopic(node.id);
      changelog.partitions = part.tasks;
      changelog.segmentBytes = segmentBytes;
      changelog.description = node.stateStamp;
      WEIR_TRY(checkMeaning(log, *known, changelog, node.id));
      WEIR_TRY(log.ensureTopic(changelog));
    }
  }
  return {};
}

}  // namespace weir::runtime
