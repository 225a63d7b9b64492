// JSON as Weir reads it: strictly.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/json.hpp"
#include "core/base/result.hpp"

namespace weir::json {

struct ParseError {
  Position position;
  std::string message;
  std::string help;
  bool duplicate = false;  // a member twice in one object
};

inline constexpr std::size_t kMaximumDepth = 64;

// Reads one value, with nothing but white space after it. Refuses duplicate members, comments, trailing
// commas, bytes that are not UTF-8 and nesting deeper than kMaximumDepth.
std::variant<Value, ParseError> parse(std::string_view text);
// The same, with the place in the message: "line 3, column 7: ...".
Result<Value> parseText(std::string_view text);

}  // namespace weir::json
