// Rows as records, on their way into a topic that holds those.
#pragma once

#include <memory>
#include <vector>

#include "core/runtime/codec/schema_versions.hpp"
#include "core/runtime/output/key_placement.hpp"
#include "core/runtime/ports/plugin_host.hpp"

namespace weir::runtime {

// [task]
class RecordEncoder {
 public:
  // `format` encodes rows of the version's schema.
  RecordEncoder(const RowVersion& version, std::unique_ptr<FormatInstance> format)
      : columns_(makeSchema(recordColumns(version))), format_(std::move(format)) {}

  // The columns of its blocks.
  const SchemaRef& columns() const { return columns_; }

  // A record for each selected row, and everything else that belongs to the rows. The key is the one that places the
  // row; where the topic has none, the one that the row came with. Valid until the next call, and no longer than
  // `rows`.
  Result<Batch> encode(const Batch& rows, KeyPlacement& placement);

 private:
  Result<void> encodeValues(const Batch& rows);

  SchemaRef columns_;
  std::unique_ptr<FormatInstance> format_;
  std::vector<std::int32_t> ends_;
  const void* buffers_[3] = {};
};

}  // namespace weir::runtime
