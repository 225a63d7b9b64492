// The schemas that the rows of a topic were written with. A block names its own by a fingerprint; the topic keeps what
// the fingerprints stand for in its description, durably before the first block.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "weir/sdk/types.hpp"

namespace weir::runtime {

class SchemaVersions {
 public:
  // Of a topic's description: a type a line, the newest last.
  static Result<SchemaVersions> parse(std::string_view description);
  std::string description() const;

  // Rows are written with this one from here on.
  void add(const Schema& schema);
  // The schema with this fingerprint, or nullptr.
  const Schema* find(std::uint64_t fingerprint) const;
  const std::vector<Schema>& all() const { return all_; }

 private:
  std::vector<Schema> all_;
};

// Why rows that were written as `written` cannot be read as `wanted`; nothing when they can: columns may come, if they
// may be null, go, and change places.
std::optional<std::string> whyUnreadable(const Schema& written, const Schema& wanted);

}  // namespace weir::runtime
