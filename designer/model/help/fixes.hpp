// Quick fixes of a problem: its own, and those that take a look at the whole topology.
#pragma once

#include <string>
#include <vector>

#include "core/catalog/manifest.hpp"
#include "core/topology/check/check.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::designer {

// Most likely first; each is one undo step by applyFix(), and has been tried: it mends the problem and makes no other.
// `before` is what the checks said when no column was missing: with it, "rename downstream too" can be offered. It may
// be null.
std::vector<topology::QuickFix> fixesFor(const topology::Problem& problem, const topology::Topology& topology,
                                         const catalog::Catalog& catalog, const topology::CheckOutcome& checked,
                                         const topology::CheckOutcome* before = nullptr);

// Whether a column that somebody names is not there, so that `checked` is no good `before` for fixesFor().
bool missesColumns(const topology::CheckOutcome& checked);

}  // namespace weir::designer
