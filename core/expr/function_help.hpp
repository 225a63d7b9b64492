// The functions of the language by name, for completion and help.
#pragma once

#include <string_view>
#include <vector>

namespace weir::expr {

struct FunctionHelp {
  std::string_view name;   // "substring"
  std::string_view usage;  // "substring(string, start, length)"
};

// By name, without those of plugins (plugin_functions.hpp). The texts live as long as the program.
std::vector<FunctionHelp> functionHelp();

}  // namespace weir::expr
