// Rows and records that could not be worked on: with the reason, the node, the position and the original bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/ports/run.hpp"
#include "core/topology/model/topic_names.hpp"
#include "weir/sdk/arrow_schema.hpp"
#include "weir/sdk/batch.hpp"
#include "weir/sdk/column_builder.hpp"
#include "weir/sdk/types.hpp"

namespace weir::runtime {

using topology::kDeadLetterTopic;

// at: when it was refused; node; reason; position: where the row came from, `file@offset` or `topic/partition@offset`,
// empty for rows that were made on the way; value: the original bytes, or the row as JSON.
Schema deadLetterSchema();

// [task] Dead letters of one task, kept until its commit like any output.
class DeadLetters {
 public:
  DeadLetters();
  void add(std::int64_t now, std::string_view node, std::string_view reason, std::string_view position,
           std::string_view value);
  // `nameOf`: of a split, for people; empty: the split itself.
  void addRows(std::int64_t now, std::string_view node, std::string_view reason, const Batch& batch,
               std::span<const std::uint32_t> rows, const std::function<std::string(std::string_view split)>& nameOf);
  std::int64_t count() const { return count_; }
  // That wait for the commit, about.
  std::size_t bytesBuffered() const { return bytes_; }
  // Moves what has gathered into `out`. An error: more than 2 GiB of them in one commit.
  Result<void> take(std::vector<PartitionAppend>& out);

 private:
  SchemaRef schema_;
  FixedBuilder<std::int64_t> at_;
  StringBuilder node_;
  StringBuilder reason_;
  StringBuilder position_;
  StringBuilder value_;
  std::int64_t count_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace weir::runtime
