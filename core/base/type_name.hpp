// Type names as topology files, manifests and expressions write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "weir/sdk/types.hpp"

namespace weir {

// The inverse of `typeName`: "int64", "decimal(12,2)", "list<string not null>", "struct<name string, age int32 not
// null>". Names are lower case; a struct's field name that is not a plain word stands in double quotes, and a double
// quote in it is doubled. Elements of a list are named "item".
Result<DataType> parseType(std::string_view text);
// What is probably meant by a text that is no type: "list<strng>" -> "list<string>", "double" -> "float64".
std::optional<std::string> nearestType(std::string_view text);

// A word for a family of types: a type without what stands in brackets ("decimal", "list"), or "number" for every type
// that one can count with.
bool isTypeWord(std::string_view word);
bool matchesTypeWord(const DataType& type, std::string_view word);
// All of them, for messages.
std::string typeWords();

}  // namespace weir
