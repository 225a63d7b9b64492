// The topics of a driver as the world outside sees them: written and read as JSON rows.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/runtime/output/topic_writer.hpp"
#include "core/runtime/ports/log.hpp"
#include "core/topology/plan/plan.hpp"

namespace weir::testkit {

// Topics go by their id in the topology, or by their name in the log.
class DriverTopics {
 public:
  // Plan, log and plugins outlive this.
  DriverTopics(const topology::Plan& plan, runtime::Log& log, runtime::PluginHost& plugins)
      : plan_(plan), log_(log), plugins_(plugins) {}

  // Appends rows as somebody who knows nothing of Weir would: placed by their key, without a word about time.
  Result<void> send(const std::string& topic, std::string_view rows);
  // Every row that is published, a line each: partition by partition, in the order of the log.
  Result<std::string> rows(const std::string& topic) const;
  Result<std::string> deadLetters() const;

 private:
  Result<std::size_t> find(const std::string& topic) const;
  bool isWritten(std::size_t topic) const;
  Result<runtime::TopicWriter*> writer(std::size_t topic);
  Result<std::string> read(const topology::PlannedTopic& topic) const;
  // Nothing where the topic holds blocks.
  Result<std::unique_ptr<runtime::FormatInstance>> formatOf(const topology::PlannedTopic& topic) const;

  const topology::Plan& plan_;
  runtime::Log& log_;
  runtime::PluginHost& plugins_;
  std::map<std::size_t, runtime::TopicWriter> writers_;  // by topic: rows without a key take turns over all calls
};

}  // namespace weir::testkit
