// Removing what a home keeps of a node that nobody draws any more.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/runtime/ports/log.hpp"
#include "core/runtime/ports/state_store.hpp"

namespace weir::runtime {

// What was given up of a node, by the id that it had: changelog, state, and the rows on their way to it. A node that
// has the same id now keeps its own; where nothing was given up, it is that node's, and the caller knows that no
// topology goes on from it. The caller has the home's lock. After a crash it is given up, and can be dropped again.
Result<void> dropNode(Log& log, StateStore& state, const std::string& id);

}  // namespace weir::runtime
