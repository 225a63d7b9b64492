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
  for (const topology::SubTopology& part : plan.parts) {
    for (const topology::PlannedNode& node : part.nodes) {
      if (!NodeState::keepsState(node)) continue;
      TopicSpec changelog;
      changelog.name = changelogTopic(node.id);
      changelog.partitions = part.tasks;
      changelog.segmentBytes = segmentBytes;
      WEIR_TRY(log.ensureTopic(changelog));
    }
  }
  return {};
}

}  // namespace weir::runtime
