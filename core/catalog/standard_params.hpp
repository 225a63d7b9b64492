// Parameters that Weir gives to operators of a kind, so that no plugin has to declare them.
#pragma once

#include <string_view>

#include "core/catalog/manifest.hpp"

namespace weir::catalog {

// Whether `name` is one that addStandardParams would add.
bool isStandardParam(const OperatorSpec& spec, std::string_view name);
void addStandardParams(OperatorSpec& spec);
// `event_time`, which topics have too.
ParamSpec eventTimeParam();

}  // namespace weir::catalog
