// The character NUL ends a text for the system and for much else: no text of a topology may hold it.
#pragma once

#include <optional>

#include "base/json.hpp"

namespace weir::topology {

// Where in `value`, at whatever depth, a text or the name of a member holds one.
std::optional<json::Position> nulIn(const json::Value& value);

}  // namespace weir::topology
