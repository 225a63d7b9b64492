#include "core/testkit/driver_topics.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/adapters/host/call/row_reader.hpp"
#include "core/base/closest_name.hpp"
#include "core/runtime/batch/row_text.hpp"
#include "core/runtime/codec/batch_reader.hpp"
#include "core/runtime/formats/record_reader.hpp"
#include "core/runtime/formats/topic_formats.hpp"
#include "core/runtime/output/dead_letters.hpp"

namespace weir::testkit {

using topology::NodeRole;

Result<std::size_t> DriverTopics::find(const std::string& topic) const {
  std::vector<std::string_view> names;
  for (const topology::SubTopology& subTopology : plan_.subTopologies) {
    for (const topology::PlannedNode& node : subTopology.nodes) {
      if (node.role != NodeRole::TopicRead && node.role != NodeRole::TopicWrite) continue;
      if (node.id == topic) return node.topic;
      names.emplace_back(node.id);
    }
  }
  for (std::size_t i = 0; i < plan_.topics.size(); ++i) {
    if (plan_.topics[i].name == topic) return i;
    names.emplace_back(plan_.topics[i].name);
  }
  return configError("The topology has no topic '" + topic + "'." + didYouMean(topic, names));
}

bool DriverTopics::isWritten(std::size_t topic) const {
  return std::any_of(
      plan_.subTopologies.begin(), plan_.subTopologies.end(), [&](const topology::SubTopology& subTopology) {
        return std::any_of(subTopology.nodes.begin(), subTopology.nodes.end(), [&](const topology::PlannedNode& node) {
          return node.role == NodeRole::TopicWrite && node.topic == topic;
        });
      });
}

Result<runtime::TopicWriter*> DriverTopics::writer(std::size_t topic) {
  const auto known = writers_.find(topic);
  if (known != writers_.end()) return &known->second;
  constexpr runtime::WriterIdentity kSaysNothingAboutTime{0, 0, 0};
  WEIR_TRY_ASSIGN(format, formatOf(plan_.topics[topic]));
  const auto noKeys = [](const Batch&, const std::vector<std::uint32_t>&) {};
  WEIR_TRY_ASSIGN(made,
                  runtime::TopicWriter::make(plan_.topics[topic], kSaysNothingAboutTime, noKeys, std::move(format)));
  return &writers_.emplace(topic, std::move(made)).first->second;
}

Result<void> DriverTopics::send(const std::string& topic, std::string_view rows) {
  WEIR_TRY_ASSIGN(index, find(topic));
  const topology::PlannedTopic& planned = plan_.topics[index];
  if (isWritten(index)) {
    return configError("The topology itself writes topic '" + planned.name +
                       "': send rows to a topic that it only reads.");
  }
  WEIR_TRY_ASSIGN(batch, host::readRows(makeSchema(planned.schema), rows));
  if (!batch.steps().empty() || batch.get()->origin_steps != nullptr) {
    return configError("Topics that others write carry no watermarks: they follow from the \"event_time\" of topic '" +
                       planned.name + "'.");
  }
  WEIR_TRY_ASSIGN(target, writer(index));
  const std::int64_t before = target->rowsWritten();
  WEIR_TRY(target->write(batch));
  const std::int64_t placed = target->rowsWritten() - before;
  std::vector<runtime::PartitionAppend> appends;
  target->take(runtime::WriterState::Active, appends);
  if (placed != batch.rowCount()) {
    return configError("A row for topic '" + planned.name + "' has a null in its key, and so no place in it.");
  }
  std::erase_if(appends, [](const runtime::PartitionAppend& append) { return append.runs[0].header.rows == 0; });
  WEIR_TRY(log_.append(std::move(appends)));
  return {};
}

Result<std::unique_ptr<runtime::FormatInstance>> DriverTopics::formatOf(const topology::PlannedTopic& topic) const {
  if (topic.valueFormat.empty()) return std::unique_ptr<runtime::FormatInstance>();
  return plugins_.createFormat("topic " + topic.name, topic.valueFormat, topic.valueFormatParams,
                               makeSchema(topic.schema), nullptr);
}

Result<std::string> DriverTopics::read(const topology::PlannedTopic& topic) const {
  const SchemaRef schema = makeSchema(topic.schema);
  runtime::RecordReader records(schema,
                                [&](const runtime::RecordFormat&, const SchemaRef&) { return formatOf(topic); });
  const runtime::RowVersion version = runtime::versionOf(topic);
  if (version.format) WEIR_TRY(records.learn(version));
  std::string lines;
  for (std::int32_t partition = 0; partition < topic.partitions; ++partition) {
    WEIR_TRY_ASSIGN(reader, log_.read({topic.name, partition}, {}));
    while (true) {
      WEIR_TRY_ASSIGN(run, reader->next());
      if (!run) break;
      if (run->header.rows == 0) continue;
      std::optional<Batch> batch;
      if (version.format) {
        WEIR_TRY_ASSIGN(rows, records.read(run->body, topic.name, run->firstRow, [](auto&&...) {}));
        if (!rows) return retryableError("The format of topic '" + topic.name + "' is not ready to read it.");
        batch = std::move(*rows);
      } else {
        WEIR_TRY_ASSIGN(rows, runtime::decodeBatch(run->body, schema));
        batch = std::move(rows);
      }
      lines += runtime::batchText(*batch);
    }
  }
  return lines;
}

Result<std::string> DriverTopics::rows(const std::string& topic) const {
  WEIR_TRY_ASSIGN(index, find(topic));
  return read(plan_.topics[index]);
}

Result<std::string> DriverTopics::deadLetters() const {
  topology::PlannedTopic topic;
  topic.name = runtime::kDeadLetterTopic;
  topic.schema = runtime::deadLetterSchema();
  return read(topic);
}

}  // namespace weir::testkit
