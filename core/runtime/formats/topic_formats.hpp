// The formats of one topic node: those that its records need.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "core/runtime/codec/schema_versions.hpp"
#include "core/runtime/formats/format_services.hpp"
#include "core/runtime/ports/plugin_host.hpp"
#include "core/topology/plan/plan.hpp"

namespace weir::runtime {

// As what rows are written into a topic of the plan.
RowVersion versionOf(const topology::PlannedTopic& topic);

// [task], but for `metrics`. Outlives what it makes.
class TopicFormats {
 public:
  // All of them outlive it.
  TopicFormats(const topology::PlannedTopic& topic, std::string node, PluginHost& plugins, NodeServices& services)
      : topic_(topic), node_(std::move(node)), plugins_(plugins), services_(services) {}

  Result<std::unique_ptr<FormatInstance>> make(const RecordFormat& format, const SchemaRef& schema);
  // [any] Figures of all of them.
  std::map<std::string, const Metric*> metrics() const { return services_.metrics(); }

 private:
  const topology::PlannedTopic& topic_;
  std::string node_;
  PluginHost& plugins_;
  FormatServices services_;
};

}  // namespace weir::runtime
