// What the scripts of all shells are made from.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/command_line/command.hpp"

namespace weir::app {

std::vector<std::string> verbsOf(const std::vector<std::unique_ptr<Command>>& forms);

// With blanks between them.
std::string joined(const std::vector<std::string>& words);

// What may stand between single quotation marks; `special` get a backslash.
std::string quoted(std::string_view text, std::string_view special, std::string_view quotationMark);

}  // namespace weir::app
