// The character NUL ends a text for the system and for much else: no text of a topology may hold it.
#pragma once

#include <string>
#include <vector>

#include "core/base/json.hpp"

namespace weir::topology {

// Where in `value`, at whatever depth, texts and names of members hold one.
std::vector<json::Position> nulsIn(const json::Value& value);

// As it is once they are taken out: with that, the rest of a topology is checked.
std::string withoutNul(std::string text);
json::Value withoutNul(json::Value value);

}  // namespace weir::topology
