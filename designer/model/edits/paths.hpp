// Members of a topology by address, as problems and quick fixes name them: a target ("per_minute", "a.out -> b.in", or
// nothing for the topology itself) and a path in it ("use", "params.size", "aggregates.0.field", "from").
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/json.hpp"
#include "core/base/result.hpp"
#include "core/topology/model/problem.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::designer {

// The value that stands there; null where nothing does.
json::Value valueAt(const topology::Topology& topology, std::string_view target, std::string_view path);

// Sets or removes one member. Objects on the way are made; the error says what is not there.
Result<void> applyStep(topology::Topology& topology, const topology::FixStep& step);

}  // namespace weir::designer
