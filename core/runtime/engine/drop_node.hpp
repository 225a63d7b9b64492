// Removing what a home keeps of a node that nobody draws any more.
#pragma once

#include <string>

#include "base/result.hpp"
#include "runtime/ports/log.hpp"
#include "runtime/ports/state_store.hpp"

namespace weir::runtime {

// Everything of a node, by the id that it had, drawn or given up: changelog, state, and the rows on their way to it.
// The caller has the home's lock, and knows that no drawing goes on from it. After a crash it is given up, and can be
// dropped again.
Result<void> dropNode(Log& log, StateStore& state, const std::string& id);

}  // namespace weir::runtime
