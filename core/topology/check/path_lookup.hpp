// What a check asks about the paths of a topology.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace weir::topology {

enum class PathKind : std::uint8_t {
  Absent,
  File,
  Folder,
  Link,
  Stream,  // a FIFO, a terminal or another character device, a socket: without positions
  Disk,    // a block device
  Memory,  // /dev/null, /dev/zero and their like: as an input they have no row, or no end
};

struct PathFacts {
  std::string canonical;               // absolute, without links as far as the path is there
  PathKind own = PathKind::Absent;     // of the very name
  PathKind behind = PathKind::Absent;  // of what it leads to
  // Why this process may not read what is there, or write into it, in sentences; empty: it may, or nobody knows.
  std::string unreadable = {};
  std::string unwritable = {};
  std::string file = {};  // the same for each name of a file that is there, and for no other file
  std::string home = {};  // to which it belongs
  // Of a pattern:
  std::string unreadablePath = {};         // the first thing that it means and that `unreadable` is about
  std::vector<std::string> homesMet = {};  // in which it would have met something
};

// Of a path, or of a pattern: its fixed beginning, and all that it means.
using PathLookup = std::function<PathFacts(const std::string& path)>;

// As a start finds them.
PathLookup pathsOfThisMachine();
// As a start on this machine will find them: its standard input is not known yet, and counts as a stream.
PathLookup pathsOfALaterStart();
// For a machine that cannot be asked: paths are compared as they are written.
PathLookup pathsAsWritten();

}  // namespace weir::topology
