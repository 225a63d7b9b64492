// Writes a file that a person named, and destroys nothing else.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace weir {

// After it the file holds `text`. A regular file is replaced whole or not at all, and keeps its owner, its permissions
// and every name that it has: a link is written through. What cannot be kept in that way (a file with several names, of
// another owner, with a list of permissions) is written over in its place; so is what is no regular file, such as
// /dev/stdout.
Result<void> writeFile(const std::string& path, std::string_view text);

}  // namespace weir
