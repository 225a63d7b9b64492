// How the rows of a topic were written: with which columns, and as what. A block names its own version by a
// fingerprint; the topic keeps what the fingerprints stand for in its description, durably before the first block.
//
// A topic holds rows in one of two ways, and may have changed from one to the other:
//  - blocks: the columns of the rows themselves (block_format.hpp). Only Weir reads them.
//  - records, as logs such as Kafka keep them: a key, a value that a format plugin wrote, a time and headers. A run of
//    them is a block of one column, the values; key, time (the event time, where the writer knows it), headers and what
//    the writer says about time stand where every block has them. A null value is a record without one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "weir/sdk/types.hpp"

namespace weir::runtime {

// The format of records, as far as a description may show it: without the values of secret parameters.
struct RecordFormat {
  std::string use;  // plugin.format
  std::string params = "{}";
  friend bool operator==(const RecordFormat&, const RecordFormat&) = default;
};

struct RowVersion {
  Schema schema;
  std::optional<RecordFormat> format = std::nullopt;  // nothing: blocks
};

// What a block of this version says of itself.
std::uint64_t fingerprintOf(const RowVersion& version);
// The columns of a block of records: one, of bytes. Its name is the version, so that its fingerprint is too.
Schema recordColumns(const RowVersion& version);

class SchemaVersions {
 public:
  // Of a topic's description: a version a line, the newest last. Blocks are a type; records are "records", the format,
  // its parameters, a tab and the type of the rows.
  static Result<SchemaVersions> parse(std::string_view description);
  std::string description() const;

  // Rows are written with this one from here on.
  void add(const RowVersion& version);
  // The version with this fingerprint, or nullptr.
  const RowVersion* find(std::uint64_t fingerprint) const;
  const std::vector<RowVersion>& all() const { return all_; }

 private:
  std::vector<RowVersion> all_;
};

// Why rows that were written as `written` cannot be read as `wanted`; nothing when they can: columns may come, if they
// may be null, go, and change places.
std::optional<std::string> whyUnreadable(const Schema& written, const Schema& wanted);

}  // namespace weir::runtime
