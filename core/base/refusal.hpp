// Why the system refused something, and what a person can do about it.
#pragma once

#include <cstdint>
#include <string>

namespace weir {

enum class Access : std::uint8_t {
  Read,   // a file, or the names in a folder
  Write,  // into a file, or a name into its folder: to make, rename or remove it
};

// What comes behind "Cannot open PATH: ", as whole sentences: the system's own words for `code`, and what helps. Where
// it is a matter of permissions: who runs this process, and which part of the path belongs to whom. Looks at the file
// system as it is now.
std::string whyRefused(int code, const std::string& path, Access wanted);

}  // namespace weir
