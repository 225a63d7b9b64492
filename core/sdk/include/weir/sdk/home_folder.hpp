// How whoever reads or writes files knows what Weir keeps in a home: it is no input, and nobody else writes there.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace weir {

// What a home consists of. The lock is there first.
inline constexpr std::string_view kHomeLock = "home.lock";
inline constexpr std::string_view kHomeLog = "log";
inline constexpr std::string_view kHomeState = "state";

inline bool isHomePart(std::string_view name) {
  return name == kHomeLock || name == kHomeLog || name == kHomeState;
}

// A copy may have been made without the lock, but not without the journal.
inline bool isHome(const std::filesystem::path& folder) {
  std::error_code unknown;
  return std::filesystem::is_regular_file(folder / kHomeLock, unknown) ||
         std::filesystem::is_regular_file(folder / kHomeLog / "journal", unknown);
}

// The home that has what a path leads to, as one of its parts or in one; empty: none has.
inline std::string homeOf(const std::string& path) {
  std::error_code unknown;
  std::filesystem::path part =
      std::filesystem::weakly_canonical(std::filesystem::absolute(path.empty() ? "." : path, unknown), unknown);
  for (; part.has_relative_path(); part = part.parent_path()) {
    if (isHomePart(part.filename().string()) && isHome(part.parent_path())) return part.parent_path().string();
  }
  return "";
}

}  // namespace weir
