// Rows of a topic on the standard output, a line each, with the columns that they were written with.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "app/runner/stderr_logger.hpp"
#include "core/adapters/host/check/memory_services.hpp"
#include "core/adapters/host/load/loaded_plugins.hpp"
#include "core/runtime/codec/schema_versions.hpp"
#include "core/runtime/formats/record_reader.hpp"
#include "core/runtime/ports/log.hpp"

namespace weir::app {

class RowPrinter {
 public:
  explicit RowPrinter(std::int64_t limit) : left_(limit) {}
  // Nothing more is wanted, or nobody takes it.
  bool done() const;

  // As what its rows were written.
  Result<void> learn(const runtime::TopicSpec& topic);
  bool knows(const runtime::Run& run) const;

  // Records that are no rows are named on the standard error.
  Result<void> print(const runtime::Run& run, std::int32_t partition);

 private:
  struct Version {
    SchemaRef schema;
    std::unique_ptr<runtime::RecordReader> records;  // nullptr: blocks
  };
  Result<Version*> versionOf(const runtime::Run& run);
  Result<Batch> rowsOf(Version& version, const runtime::Run& run, const std::string& split);
  Result<std::unique_ptr<runtime::FormatInstance>> makeFormat(const runtime::RecordFormat& format,
                                                              const SchemaRef& schema);

  std::string topic_;
  std::int64_t left_;
  runtime::SchemaVersions versions_;
  std::string line_;
  // What formats need; plugins are looked for when there are records. Before the formats, which are gone first.
  StderrLogger logger_;
  SystemClock clock_;
  host::MemoryServices services_{0, clock_.now(), 1, 0};
  std::unique_ptr<host::LoadedPlugins> plugins_;
  std::map<std::uint64_t, Version> known_;
};

}  // namespace weir::app
