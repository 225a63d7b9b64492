// Reads a file that a person named, whatever kind of file it is.
#pragma once

#include <cstddef>
#include <string>

#include "core/base/result.hpp"

namespace weir {

// All bytes of a file, a pipe or a device, to its end; "-" is the standard input. More than `mostBytes`, a folder, and
// a FIFO that nobody writes to are errors of kind Config.
Result<std::string> readFile(const std::string& path, std::size_t mostBytes);

}  // namespace weir
