// Changelog entries as the body of a run: what a commit says about the stores of one node and task.
//
// Body: version (u32), number of entries (u32), then entries. Store and segment stand once before the
// entries that share them; numbers are LEB128 varints, segments 8 bytes little-endian:
//   1 length name | 2 segment | 3 keyLength valueLength key value (put) | 4 keyLength key (delete) | 5 segment (drop
//   below)
// On Kafka one entry is one message: key = store, segment, key; value absent for a delete.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/ports/log.hpp"
#include "core/runtime/ports/state_store.hpp"

namespace weir::runtime {

// Collects the entries of one commit. They cost least when they arrive sorted by (store, segment, key).
class ChangelogWriter {
 public:
  ChangelogWriter() { reset(); }
  void append(const StateDelta& delta);
  std::int32_t entryCount() const { return count_; }
  std::size_t byteCount() const { return body_.size(); }
  // The run of everything appended so far (one row an entry, no mark); the writer starts anew.
  RunToAppend take();

 private:
  void reset();
  void number(std::uint64_t value);
  void bytes(std::string_view value);
  void fixed(std::int64_t value);

  std::vector<std::byte> body_;
  std::int32_t count_ = 0;
  std::optional<std::string> store_;
  std::optional<std::int64_t> segment_;
};

// Calls `visitor` for each entry; its views point into `body`. A damaged body gives an error, after the
// entries before the damage have been visited.
Result<void> decodeChangelog(std::span<const std::byte> body, const std::function<void(const StateDelta&)>& visitor);

}  // namespace weir::runtime
