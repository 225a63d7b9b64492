// What a check asks about the paths of a drawing.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace weir::topology {

enum class PathKind : std::uint8_t {
  Absent,
  File,
  Folder,
  Link,
  Stream,  // a FIFO, a terminal or another character device, a socket: without positions
  Disk,    // a block device
};

struct PathFacts {
  std::string canonical;               // absolute, without links as far as the path is there
  PathKind own = PathKind::Absent;     // of the very name
  PathKind behind = PathKind::Absent;  // of what it leads to
};

// A lookup that is empty stands for a machine that cannot be asked: then paths are compared as they are written.
using PathLookup = std::function<PathFacts(const std::string& path)>;

PathLookup pathsOfThisMachine();

}  // namespace weir::topology
