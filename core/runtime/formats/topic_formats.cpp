#include "core/runtime/formats/topic_formats.hpp"

namespace weir::runtime {

RowVersion versionOf(const topology::PlannedTopic& topic) {
  RowVersion version{topic.schema};
  if (!topic.valueFormat.empty()) version.format = RecordFormat{topic.valueFormat, topic.valueFormatShown};
  return version;
}

// What a description shows has no secrets; those that the topology gives are for its own format.
Result<std::unique_ptr<FormatInstance>> TopicFormats::make(const RecordFormat& format, const SchemaRef& schema) {
  const bool own = versionOf(topic_).format == format;
  return plugins_.createFormat(node_, format.use, own ? topic_.valueFormatParams : format.params, schema, &services_);
}

}  // namespace weir::runtime
