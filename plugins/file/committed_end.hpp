// What a commit keeps of an output file: where it ends, and what it is known by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace weir::file {

struct CommittedEnd {
  std::uint64_t length = 0;
  std::string tail;    // hash of the last bytes before it
  std::string beside;  // its name while it stands beside its place; empty: it is there
  std::string path;    // that the sink had then; empty: an earlier version did not keep it

  std::string text() const;
  // `path`: of the sink now. Nothing: a newer version wrote it.
  static std::optional<CommittedEnd> parse(std::string_view text, const std::string& path);
};

}  // namespace weir::file
