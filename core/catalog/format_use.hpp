// A format at work: its name, and its parameters.
#pragma once

#include <string>
#include <string_view>

#include "core/base/json.hpp"
#include "core/base/result.hpp"

namespace weir::catalog {

inline constexpr std::string_view kUse = "use";  // the member that names the format, beside its parameters

struct FormatUse {
  std::string use;            // plugin.format
  std::string params = "{}";  // JSON object
};

// The one text that stands for it in the parameters of an operator, which hands it to the host as it is: the name, or,
// with parameters, the object that a topology file has.
std::string formatText(std::string_view use, const json::Value& params);
Result<FormatUse> readFormat(std::string_view text);

}  // namespace weir::catalog
