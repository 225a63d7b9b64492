// Where the files of parts come from.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace weir::topology {

// Answers the text of a file, or a sentence that says why not.
using PartReader = std::function<Result<std::string>(const std::string& path)>;

// Files of this machine, up to a mebibyte.
PartReader partsOfThisMachine();

// The path of the file that `use` names, from the folder of the file `user` that says so; empty: it has none.
std::string partPath(std::string_view use, const std::string& user);

}  // namespace weir::topology
