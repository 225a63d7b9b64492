// Which node of a plan goes on from what in a home.
//
// A home keeps state, positions, changelogs and rows on their way under names of its own, which are the ids that nodes
// had when they were first there. A node that was renamed ("was") keeps these names: what a rename changes is one line
// of the registry, and it changes in the commit that hands the home over.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/runtime/engine/home_registry.hpp"
#include "core/runtime/ports/log.hpp"
#include "core/topology/plan/plan.hpp"

namespace weir::runtime {

// The plan with the names that the home has for its nodes and repartitions; the registry learns of them. `forget`:
// nodes, no longer drawn, whose state is given up. Refuses another topology's home, and one that keeps what no node
// goes on from. Writes nothing.
Result<topology::Plan> claimHome(const topology::Plan& plan, const Log& log, HomeRegistry& registry,
                                 const std::vector<std::string>& forget);

// The log forgets the readers that are in `before` and not in `now` any more, with its next commit.
Result<void> releaseGone(const HomeRegistry& before, const HomeRegistry& now, Log& log);

}  // namespace weir::runtime
